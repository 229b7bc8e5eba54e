package dev.reprise.query;

import com.dashjoin.jsonata.Functions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls back into an expression. */
final class JsonataCalls {

    private JsonataCalls() {}

    /** What {@code function}, a lambda or a function of the engine's or ours, gives. */
    static @Nullable Object call(Object function, List<?> arguments) {
        try {
            return Functions.funcApply(function, arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
