package dev.reprise.journal.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reprise.journal.store.DataKeyUnavailableException;
import dev.reprise.journal.store.ExecutionStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A key service that keeps its data keys in memory, and can be told to refuse. */
public final class KeysInMemory implements KeyService {

    /** The key that wraps the data keys. */
    public static final String ARN = "arn:aws:kms:eu-central-1:111111111111:key/11111111-2222";

    private record Kept(String keyArn, SecretKey key, Map<String, String> context) {}

    private final Map<String, Kept> keys = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final SecureRandom random = new SecureRandom();
    private volatile boolean isOutOfReach;

    /** Such a store in front of {@code store}, whose processes share this service. */
    public SealingStore sealing(ExecutionStore store, InstantSource clock) {
        return new SealingStore(store, new DataKeys(store.documents(), store.table(), this, ARN, clock), random);
    }

    /** One that seals nothing. */
    public SealingStore opening(ExecutionStore store) {
        return new SealingStore(
                store, new DataKeys(store.documents(), store.table(), this, null, InstantSource.system()), random);
    }

    public void outOfReach(boolean so) {
        isOutOfReach = so;
    }

    int requests() {
        return requests.get();
    }

    @Override
    public NewKey make(String keyArn, Map<String, String> context) {
        answer(keyArn);
        byte[] plain = new byte[32];
        random.nextBytes(plain);
        String wrapped = Base64.getEncoder().encodeToString(("wrapped-" + keys.size()).getBytes(UTF_8));
        SecretKey key = new SecretKeySpec(plain, "HmacSHA256");
        keys.put(wrapped, new Kept(keyArn, key, context));
        return new NewKey(key, wrapped);
    }

    @Override
    public SecretKey open(String keyArn, String wrapped, Map<String, String> context) {
        answer(keyArn);
        @Nullable Kept kept = keys.get(wrapped);
        if (kept == null || !kept.keyArn().equals(keyArn) || !kept.context().equals(context)) {
            throw new DataKeyUnavailableException("memory", keyArn, "InvalidCiphertextException", null);
        }
        return kept.key();
    }

    private void answer(String keyArn) {
        requests.incrementAndGet();
        if (isOutOfReach) {
            throw new DataKeyUnavailableException("memory", keyArn, "the key service does not answer", null);
        }
    }
}
