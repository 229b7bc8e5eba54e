package dev.reprise.core;

/** Sees an execution's history as it is made. It must not throw, and must not change what it is shown. */
@FunctionalInterface
public interface ExecutionObserver {

    /** Something happened. */
    void on(HistoryEvent event);
}
