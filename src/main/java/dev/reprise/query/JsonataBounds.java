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

    /** More elements than any bound lets through. */
    private static final int MOST_ELEMENTS = 10_000_000;

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
        if (++steps % STEPS_BETWEEN_LOOKS == 0
                && System.nanoTime() - start > limits.time().toNanos()) {
            throw new JException("Expression evaluation timeout: Check for infinite loop", -1);
        }
    }

    private void leave(@Nullable Object result) {
        depth--;
        boolean tooLarge = switch (result) {
            case String text -> text.length() > limits.resultBytes();
            // An array of the input costs nothing: it is only looked at.
            case JsonataValues.ArrayView view -> false;
            case List<?> list -> (long) list.size() * ELEMENT > limits.resultBytes();
            case null, default -> false;
        };
        if (tooLarge) {
            throw tooLarge();
        }
    }

    /** For functions that make many elements at once: refuses a number that is out of all bounds before there is an array of them. */
    static void checkSize(double elements) {
        if (elements > MOST_ELEMENTS) {
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
