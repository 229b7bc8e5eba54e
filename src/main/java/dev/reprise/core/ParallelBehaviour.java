package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs its branches on the same input. */
final class ParallelBehaviour extends FanOutBehaviour {

    private final List<BodyProgram> branches;

    ParallelBehaviour(State.Parallel state, Compiler compiler) {
        super(
                state,
                state.completion(),
                compiler,
                HistoryEventType.ParallelStateEntered,
                HistoryEventType.ParallelStateExited);
        this.branches = state.branches().stream().map(compiler::body).toList();
    }

    @Override
    void prepare(Scope scope, Execution execution) {
        JsonNode worked = flow.workOn(scope, execution);
        scope.history.record(scope, HistoryEventType.ParallelStateStarted);
        begin(
                new FanOut(
                        scope, visit(scope), branches.size(), 0, CompletionPolicy.ALL_SUCCESSFUL, false, worked, null),
                execution);
    }

    @Override
    BodyProgram childBody(int index) {
        return branches.get(index);
    }

    @Override
    JsonNode childInput(FanOut fanOut, int index, Execution execution) {
        return fanOut.work;
    }

    @Override
    @Nullable
    MapItem childItem(FanOut fanOut, int index) {
        return null;
    }

    @Override
    void recordChildStarted(FanOut fanOut, Scope child) {
        child.lastEvent = fanOut.owner.lastEvent;
    }

    @Override
    void recordChildSucceeded(FanOut fanOut, Scope child) {}

    @Override
    void recordChildFailed(FanOut fanOut, Scope child, StatesError error) {}

    @Override
    void recordChildAborted(FanOut fanOut, Scope child) {}

    @Override
    void recordSucceeded(FanOut fanOut) {
        fanOut.owner.history.record(fanOut.owner, HistoryEventType.ParallelStateSucceeded);
    }

    @Override
    void recordFailed(Scope scope, StatesError error) {
        scope.history.failed(scope, HistoryEventType.ParallelStateFailed, error);
    }

    @Override
    StatesError toleranceExceeded(FanOut fanOut, StatesError last) {
        return last;
    }
}
