package dev.reprise.query;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.Frame;

/** Watches one evaluation: how long it takes and how deep it goes. Owned by the thread that evaluates. */
final class JsonataBounds {

    /** How many steps pass between two looks at the clock. */
    private static final int STEPS_BETWEEN_LOOKS = 64;

    private final int deepest;
    private final long allowed;
    private final long start = System.nanoTime();
    private int depth;
    private int steps;

    JsonataBounds(QueryLimits limits) {
        deepest = limits.depth();
        allowed = limits.time().toNanos();
    }

    void watch(Frame frame) {
        frame.setEvaluateEntryCallback((expression, input, environment) -> enter());
        frame.setEvaluateExitCallback((expression, input, environment, result) -> depth--);
    }

    private void enter() {
        if (++depth > deepest) {
            throw new JException("Stack overflow", -1);
        }
        if (++steps % STEPS_BETWEEN_LOOKS == 0 && System.nanoTime() - start > allowed) {
            throw new JException("Time limit exceeded", -1);
        }
    }
}
