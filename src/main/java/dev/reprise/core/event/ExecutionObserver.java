package dev.reprise.core.event;

import org.jspecify.annotations.Nullable;

/** Sees an execution's history as it is made. It must not throw, and must not change what it is shown. */
@FunctionalInterface
public interface ExecutionObserver {

    /** Something happened. */
    void on(HistoryEvent event);

    /** A state was led on by one of its own parts. The history that Step Functions shows does not tell which. */
    default void decided(Decision decision) {}

    /**
     * Who sees what the children of distributed Maps do, each of which has a history of its own, numbered from 1. Null
     * where nobody does: AWS shows it as other executions.
     */
    default @Nullable ExecutionObserver ofChildren() {
        return null;
    }

    /**
     * Whether to be shown the event of that number. Asked once for each event, in order: one that nobody sees is
     * counted, but its details are not built.
     */
    default boolean sees(long event) {
        return true;
    }
}
