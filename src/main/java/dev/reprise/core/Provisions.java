package dev.reprise.core;

import dev.reprise.query.EvaluationException;

/** What an execution needs from outside in the midst of its work. Each answer must be the same whenever the execution is replayed. */
public interface Provisions {

    /** Nothing: no task tokens, no data sets. */
    Provisions NONE = new Provisions() {
        @Override
        public String taskToken(EffectId task) {
            throw new EvaluationException(
                    ErrorNames.RUNTIME, "This execution has no task tokens: its runtime cannot be called back");
        }

        @Override
        public ItemList items(Effect.ReadItems read, String version) {
            throw new EvaluationException(
                    ErrorNames.ITEM_READER_FAILED, "This execution has no data sets: its runtime cannot read any");
        }
    };

    /**
     * {@code $$.Task.Token}: what the worker of a task sends back.
     *
     * @throws EvaluationException when there are none
     */
    String taskToken(EffectId task);

    /**
     * The items of a data set that was read.
     *
     * @param version what {@link Entry.ItemsRead} said it was
     * @throws EvaluationException {@code States.ItemReaderFailed} when it is no longer what it was: this ends the execution
     */
    ItemList items(Effect.ReadItems read, String version);
}
