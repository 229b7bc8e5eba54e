package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.CompletionOptions;
import dev.reprise.asl.State;
import dev.reprise.query.EvaluationException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A state that runs children, each in a scope of its own: Parallel and Map. Here is what they have in common: starting the children, and judging after each end whether the state is complete. */
abstract sealed class FanOutBehaviour extends GuardedBehaviour permits ParallelBehaviour, MapBehaviour {

    /** Its number among the Map and Parallel states of its body. */
    private final int number;

    final CompletionOptions completion;

    FanOutBehaviour(
            State.Guarded state,
            CompletionOptions completion,
            Compiler compiler,
            HistoryEventType entered,
            HistoryEventType exited) {
        super(state, compiler, entered, exited);
        this.number = compiler.nextFanOut();
        this.completion = completion;
    }

    /** The body of one child. */
    abstract BodyProgram childBody(int index);

    /** The next child's input; for a Map what {@code ItemSelector} makes of the item. */
    abstract JsonNode childInput(FanOut fanOut, int index, Execution execution);

    /** The item that a child runs for; null in a Parallel. */
    abstract @Nullable MapItem childItem(FanOut fanOut, int index);

    abstract void recordChildStarted(FanOut fanOut, Scope child);

    abstract void recordChildSucceeded(FanOut fanOut, Scope child);

    abstract void recordChildFailed(FanOut fanOut, Scope child, StatesError error);

    abstract void recordChildAborted(FanOut fanOut, Scope child);

    abstract void recordSucceeded(FanOut fanOut);

    /** Records that the state failed; before its children were to start, or after one too many of them failed. */
    abstract void recordFailed(Scope scope, StatesError error);

    /** Works out what the children work on, and calls {@link #begin}, at once or later. */
    abstract void prepare(Scope scope, Execution execution);

    /** The state's error when more children failed than it tolerates. */
    abstract StatesError toleranceExceeded(FanOut fanOut, StatesError last);

    @Override
    final void work(Scope scope, Execution execution) {
        try {
            prepare(scope, execution);
        } catch (EvaluationException e) {
            failWhole(scope, execution.error(scope, e), execution);
        }
    }

    /** The state itself failed, not one of its children. */
    final void failWhole(Scope scope, StatesError error, Execution execution) {
        FanOut fanOut = scope.fanOut;
        if (fanOut != null) {
            abandonOpen(fanOut, execution);
            scope.fanOut = null;
        }
        if (!Execution.isFatal(error)) {
            recordFailed(scope, error);
        }
        execution.fail(scope, error);
    }

    /** Counts the visit that is about to begin its work. */
    final int visit(Scope scope) {
        return scope.visit(number);
    }

    final void begin(FanOut fanOut, Execution execution) {
        Scope scope = fanOut.owner;
        scope.fanOut = fanOut;
        if (fanOut.total == 0) {
            complete(fanOut, execution);
        } else {
            scope.phase = Scope.Phase.SPAWNING;
            execution.enqueue(scope);
        }
    }

    /** Starts one child; the owner stays in the queue behind it while more may start. */
    final void spawn(Scope scope, Execution execution) {
        FanOut fanOut = Objects.requireNonNull(scope.fanOut);
        if (!fanOut.canStart()) {
            scope.phase = Scope.Phase.WAITING;
            return;
        }
        int index = fanOut.next();
        JsonNode input;
        try {
            input = childInput(fanOut, index, execution);
        } catch (EvaluationException e) {
            failWhole(scope, execution.error(scope, e), execution);
            return;
        }
        Scope child = new Scope(
                scope.path.child(name, fanOut.visit, index),
                childBody(index),
                fanOut,
                childItem(fanOut, index),
                input,
                fanOut.isolated ? execution.isolatedHistory() : scope.history);
        fanOut.started(child);
        recordChildStarted(fanOut, child);
        execution.enqueue(scope);
        execution.enqueue(child);
    }

    final void childSucceeded(FanOut fanOut, Scope child, JsonNode output, Execution execution) {
        fanOut.succeeded(child.path.index(), output);
        recordChildSucceeded(fanOut, child);
        settle(fanOut, null, execution);
    }

    final void childFailed(FanOut fanOut, Scope child, StatesError error, Execution execution) {
        fanOut.failed(child.path.index(), error);
        recordChildFailed(fanOut, child, error);
        settle(fanOut, error, execution);
    }

    private void settle(FanOut fanOut, @Nullable StatesError last, Execution execution) {
        CompletionReason reason = fanOut.policy.judge(fanOut.total, fanOut.succeededCount(), fanOut.failedCount());
        if (reason == null) {
            resumeSpawning(fanOut, execution);
        } else if (reason == CompletionReason.FAILURE_TOLERANCE_EXCEEDED) {
            exceed(fanOut, Objects.requireNonNull(last), execution);
        } else {
            abandonOpen(fanOut, execution);
            complete(fanOut, execution);
        }
    }

    private static void resumeSpawning(FanOut fanOut, Execution execution) {
        if (fanOut.owner.phase == Scope.Phase.WAITING && fanOut.canStart()) {
            fanOut.owner.phase = Scope.Phase.SPAWNING;
            execution.enqueue(fanOut.owner);
        }
    }

    private void exceed(FanOut fanOut, StatesError last, Execution execution) {
        abandonOpen(fanOut, execution);
        StatesError error = toleranceExceeded(fanOut, last);
        recordFailed(fanOut.owner, error);
        fanOut.owner.fanOut = null;
        fail(fanOut.owner, error, execution);
    }

    /** The owner's own error, should its output fail to evaluate, is the owner's and not that of the child that ended last. */
    private void complete(FanOut fanOut, Execution execution) {
        execution.within(fanOut.owner, () -> completed(fanOut, execution));
    }

    /** All children that were wanted have ended. */
    void completed(FanOut fanOut, Execution execution) {
        succeedWith(fanOut, fanOut.outputs(), execution);
    }

    /** Leaves the state with its result. */
    final void succeedWith(FanOut fanOut, JsonNode result, Execution execution) {
        recordSucceeded(fanOut);
        fanOut.owner.fanOut = null;
        succeed(fanOut.owner, result, execution);
    }

    private void abandonOpen(FanOut fanOut, Execution execution) {
        for (int i = 0; fanOut.running() > 0 && i < fanOut.next(); i++) {
            Scope child = fanOut.child(i);
            if (child != null) {
                execution.abandon(child);
                recordChildAborted(fanOut, child);
                fanOut.aborted(i);
            }
        }
    }
}
