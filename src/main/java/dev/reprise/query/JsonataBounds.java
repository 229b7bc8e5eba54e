package dev.reprise.query;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches one evaluation: how long it takes, how deep it goes, and how large what it makes becomes. Owned by the thread that evaluates. The texts are AWS's.
 */
final class JsonataBounds {

    /** How many steps pass between two looks at the clock. */
    private static final int STEPS_BETWEEN_LOOKS = 64;

    /** What an element of an array counts at least, in bytes. */
    private static final int ELEMENT = 8;

    private final QueryLimits limits;
    private final long start = System.nanoTime();
    private int depth;
    private int steps;

    JsonataBounds(QueryLimits limits) {
        this.limits = limits;
    }

    void watch(Frame frame) {
        frame.setEvaluateEntryCallback((expression, input, environment) -> enter());
        frame.setEvaluateExitCallback((expression, input, environment, result) -> leave(result));
    }

    private void enter() {
        if (++depth > limits.depth()) {
            throw tooDeep(depth, limits);
        }
        step();
    }

    /** Looks at the clock now and then. */
    void step() {
        if (++steps % STEPS_BETWEEN_LOOKS == 0
                && System.nanoTime() - start > limits.time().toNanos()) {
            throw new JException("Expression evaluation timeout: Check for infinite loop", -1);
        }
    }

    private void leave(@Nullable Object result) {
        depth--;
        switch (result) {
            case String text -> checkLength(text.length());
            // An array of the input costs nothing: it is only looked at.
            case JsonataValues.ArrayView view -> {}
            case List<?> list -> checkElements(list.size());
            case null, default -> {}
        }
    }

    /** Refuses a text that is, or will be, too long. */
    void checkLength(double characters) {
        if (characters > limits.resultBytes()) {
            throw tooLarge();
        }
    }

    /** Refuses an array that has, or will have, too many elements. */
    void checkElements(double elements) {
        if (elements * ELEMENT > limits.resultBytes()) {
            throw tooLarge();
        }
    }

    static JException tooDeep(int depth, QueryLimits limits) {
        return new JException(
                "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive. Depth="
                        + depth + " max=" + limits.depth(),
                -1);
    }

    static JException tooLarge() {
        return new JException("Expression evaluation memory limit exceeded: Check for excessive memory usage", -1);
    }
}
