package dev.reprise.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.CompletionOptions;
import dev.reprise.asl.CompletionOptions.Nesting;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.StatesError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The history events of a Map or Parallel and its children. */
sealed interface FanOutEvents {

    void childStarted(FanOut fanOut, Scope child);

    void childSucceeded(FanOut fanOut, Scope child);

    void childFailed(FanOut fanOut, Scope child, StatesError error);

    void childAborted(FanOut fanOut, Scope child);

    /**
     * The state is complete.
     *
     * @param told what the history shows of the result; null when AWS shows nothing
     * @return the event's number
     */
    long succeeded(FanOut fanOut, @Nullable ObjectNode told);

    /** What was begun for the state failed; it may be begun again. */
    default void runFailed(Scope scope, StatesError error) {}

    /** The state failed, and is not tried again. */
    void failed(Scope scope, StatesError error);

    /** The state was cut short. */
    void aborted(Scope scope);

    /** Counts an event that shows {@code told}. */
    private static long record(Scope scope, HistoryEventType type, @Nullable ObjectNode told) {
        return scope.history.record(scope, type, () -> Objects.requireNonNullElseGet(told, History::object));
    }

    /** What every event of a child tells. */
    private static ObjectNode about(String state, Scope child) {
        return History.object().put("name", state).put("index", child.path.index());
    }

    /** Those of an inline Map: each item is an iteration. */
    record OfMap(String state, CompletionOptions options, ItemNames names) implements FanOutEvents {

        @Override
        public void childStarted(FanOut fanOut, Scope child) {
            child.lastEvent = fanOut.owner.lastEvent;
            iteration(fanOut, child, HistoryEventType.MapIterationStarted);
        }

        @Override
        public void childSucceeded(FanOut fanOut, Scope child) {
            iteration(fanOut, child, HistoryEventType.MapIterationSucceeded);
        }

        @Override
        public void childFailed(FanOut fanOut, Scope child, StatesError error) {
            iteration(fanOut, child, HistoryEventType.MapIterationFailed);
        }

        @Override
        public void childAborted(FanOut fanOut, Scope child) {
            iteration(fanOut, child, HistoryEventType.MapIterationAborted);
        }

        private void iteration(FanOut fanOut, Scope child, HistoryEventType type) {
            if (options.nesting() != Nesting.FLAT) {
                child.history.record(child, type, () -> {
                    ObjectNode details = about(state, child);
                    return options.isGiven()
                            ? details.put("itemName", names.of(fanOut.children, child.path.index()))
                            : details;
                });
            }
        }

        @Override
        public long succeeded(FanOut fanOut, @Nullable ObjectNode told) {
            return record(fanOut.owner, HistoryEventType.MapStateSucceeded, told);
        }

        @Override
        public void failed(Scope scope, StatesError error) {
            scope.history.failed(scope, HistoryEventType.MapStateFailed, error);
        }

        @Override
        public void aborted(Scope scope) {
            scope.history.record(scope, HistoryEventType.MapStateAborted);
        }
    }

    /** Those of a distributed Map: each child is an execution with a history of its own. */
    record OfMapRun() implements FanOutEvents {

        @Override
        public void childStarted(FanOut fanOut, Scope child) {
            child.history.record(child, HistoryEventType.ExecutionStarted);
        }

        @Override
        public void childSucceeded(FanOut fanOut, Scope child) {}

        @Override
        public void childFailed(FanOut fanOut, Scope child, StatesError error) {}

        @Override
        public void childAborted(FanOut fanOut, Scope child) {}

        @Override
        public long succeeded(FanOut fanOut, @Nullable ObjectNode told) {
            fanOut.owner.history.record(fanOut.owner, HistoryEventType.MapRunSucceeded);
            return record(fanOut.owner, HistoryEventType.MapStateSucceeded, told);
        }

        @Override
        public void runFailed(Scope scope, StatesError error) {
            scope.history.failed(scope, HistoryEventType.MapRunFailed, error);
        }

        @Override
        public void failed(Scope scope, StatesError error) {
            scope.history.failed(scope, HistoryEventType.MapStateFailed, error);
        }

        @Override
        public void aborted(Scope scope) {
            scope.history.record(scope, HistoryEventType.MapRunAborted);
            scope.history.record(scope, HistoryEventType.MapStateAborted);
        }
    }

    /**
     * Those of a Parallel. AWS's histories tell nothing of a branch as such, and without a {@code Reprise} block ours
     * do not either.
     */
    record OfParallel(String state, CompletionOptions options, ItemNames names) implements FanOutEvents {

        @Override
        public void childStarted(FanOut fanOut, Scope child) {
            child.lastEvent = fanOut.owner.lastEvent;
            branch(fanOut, child, HistoryEventType.ParallelBranchStarted, null);
        }

        @Override
        public void childSucceeded(FanOut fanOut, Scope child) {
            branch(fanOut, child, HistoryEventType.ParallelBranchSucceeded, null);
        }

        @Override
        public void childFailed(FanOut fanOut, Scope child, StatesError error) {
            branch(fanOut, child, HistoryEventType.ParallelBranchFailed, error);
        }

        @Override
        public void childAborted(FanOut fanOut, Scope child) {
            branch(fanOut, child, HistoryEventType.ParallelBranchAborted, null);
        }

        private void branch(FanOut fanOut, Scope child, HistoryEventType type, @Nullable StatesError error) {
            if (options.nesting() == Nesting.NESTED) {
                child.history.record(child, type, () -> {
                    ObjectNode details =
                            about(state, child).put("itemName", names.of(fanOut.children, child.path.index()));
                    return error == null ? details : History.put(details, error);
                });
            }
        }

        @Override
        public long succeeded(FanOut fanOut, @Nullable ObjectNode told) {
            return record(fanOut.owner, HistoryEventType.ParallelStateSucceeded, told);
        }

        @Override
        public void failed(Scope scope, StatesError error) {
            scope.history.failed(scope, HistoryEventType.ParallelStateFailed, error);
        }

        @Override
        public void aborted(Scope scope) {
            scope.history.record(scope, HistoryEventType.ParallelStateAborted);
        }
    }
}
