package dev.reprise.journal.seal;

import dev.reprise.journal.store.DataKeyUnavailableException;
import java.util.Map;
import javax.crypto.SecretKey;

/**
 * Makes data keys, and opens them again: it alone has the key that wraps them. Its methods run on the caller's thread,
 * and throw {@link DataKeyUnavailableException} when it does not do what it was asked for. Implementations are safe for
 * use by many threads.
 */
public interface KeyService {

    /**
     * A new data key.
     *
     * @param plain 32 bytes, for this process's memory alone
     * @param wrapped the same, which only the service can open, in base64
     */
    record NewKey(SecretKey plain, String wrapped) {}

    /**
     * Makes a data key.
     *
     * @param keyArn the key that wraps it
     * @param context has to be given again to open it, and stands in the service's log
     */
    NewKey make(String keyArn, Map<String, String> context);

    /**
     * Opens a data key.
     *
     * @param keyArn the key that wraps it
     * @param wrapped as {@link #make} gave it
     * @param context as it was given to {@link #make}
     */
    SecretKey open(String keyArn, String wrapped, Map<String, String> context);
}
