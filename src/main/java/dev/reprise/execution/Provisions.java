package dev.reprise.execution;

import dev.reprise.query.EvaluationException;
import org.jspecify.annotations.Nullable;

/**
 * What an execution gets from its runtime in the midst of its work. All of it is in memory by the time it is asked for:
 * no answer waits for anything, and each is the same whenever the execution is replayed.
 */
public interface Provisions {

    /** Nothing: no task tokens, no data sets. */
    Provisions NONE = new Provisions() {
        @Override
        public String taskToken(EffectId task) {
            throw new EvaluationException(
                    ErrorNames.RUNTIME, "This execution has no task tokens: its runtime cannot be called back");
        }

        @Override
        public @Nullable ItemList items(Effect.ReadItems read, String version) {
            return null;
        }
    };

    /**
     * {@code $$.Task.Token}: what the worker of a task sends back.
     *
     * @throws EvaluationException when there are none
     */
    String taskToken(EffectId task);

    /**
     * The items of a data set that was read. Whoever has an interpreter take in {@link Entry.ItemsRead} has put them
     * here before, as {@code Interpreter.readBefore} tells, and so has whoever restores one from a snapshot ({@code
     * Interpreter.readBy}). They are asked for once.
     *
     * @param version what {@link Entry.ItemsRead} said it was
     * @return as many items as that entry said; null when they are not to be had. Then their Map stands still: that is
     *     for those who only look at what the execution has done. Whoever carries it on has to record what became of it
     */
    @Nullable
    ItemList items(Effect.ReadItems read, String version);
}
