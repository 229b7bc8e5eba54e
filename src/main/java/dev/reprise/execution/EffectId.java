package dev.reprise.execution;

/**
 * Names one effect of an execution: the {@code step}-th thing that a scope asked the outside to do. A retried task, or
 * a state that a loop enters again, asks anew and so has a new step; an entry for an old one is recognised as late. The
 * numbering is deterministic, so a replay names the same effects.
 *
 * @param scope the scope that waits for it
 * @param step from 1 in each scope; 0 stands for the execution as a whole
 */
public record EffectId(ScopePath scope, long step) {

    /** The execution as a whole: its time-out belongs to no state. */
    public static final EffectId EXECUTION = new EffectId(ScopePath.ROOT, 0);

    public EffectId {
        if (step < 0) {
            throw new IllegalArgumentException("step must not be negative, was " + step);
        }
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException when {@code text} is no name of an effect
     */
    public static EffectId parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("Not an effect: '" + text + "'");
        }
        // A number that is none is an IllegalArgumentException too.
        return new EffectId(
                ScopePath.parse(text.substring(0, colon)), Long.parseLong(text, colon + 1, text.length(), 10));
    }

    /** Such as {@code /ProcessOrders[17]:2}. Unique within the execution. */
    @Override
    public String toString() {
        return scope + ":" + step;
    }
}
