package dev.reprise.query;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation that goes on in a thread, for the functions that we give the engine: it hands them their arguments and nothing else.
 *
 * @param environment what the expression may see
 * @param bounds what it may take
 */
record JsonataEvaluation(Environment environment, JsonataBounds bounds) {

    private static final ThreadLocal<@Nullable JsonataEvaluation> CURRENT = new ThreadLocal<>();

    /** The evaluation in this thread. */
    static JsonataEvaluation current() {
        JsonataEvaluation current = CURRENT.get();
        if (current == null) {
            throw new IllegalStateException("A function of ours is called outside of an evaluation");
        }
        return current;
    }

    /** Does {@code work} as this evaluation. */
    <T> T run(Supplier<T> work) {
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            CURRENT.remove();
        }
    }
}
