package dev.reprise.core;

/**
 * Names one effect of an execution: the {@code step}-th thing that a scope asked the outside to do. A retried task, or a state that a loop enters again, asks anew and so has a new step; an
 * entry for an old one is recognised as late. The numbering is deterministic, so a replay names the same effects.
 *
 * @param scope the scope that waits for it
 * @param step from 1 in each scope; 0 stands for the execution as a whole
 */
public record EffectId(ScopePath scope, int step) {

    /** The execution as a whole: its time-out belongs to no state. */
    public static final EffectId EXECUTION = new EffectId(ScopePath.ROOT, 0);

    public EffectId {
        if (step < 0) {
            throw new IllegalArgumentException("step must not be negative, was " + step);
        }
    }

    /** Such as {@code /ProcessOrders[17]:2}. Unique within the execution. */
    @Override
    public String toString() {
        return scope + ":" + step;
    }
}
