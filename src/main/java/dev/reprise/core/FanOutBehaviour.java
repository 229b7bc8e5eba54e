package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.CompletionOptions;
import dev.reprise.asl.State;
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

    abstract void recordStarted(FanOut fanOut);

    abstract void recordChildStarted(FanOut fanOut, Scope child);

    abstract void recordChildSucceeded(FanOut fanOut, Scope child);

    abstract void recordChildFailed(FanOut fanOut, Scope child, StatesError error);

    abstract void recordChildAborted(FanOut fanOut, Scope child);

    abstract void recordSucceeded(FanOut fanOut);

    abstract void recordFailed(FanOut fanOut, StatesError error);

    /** The state's error when more children failed than it tolerates. */
    abstract StatesError toleranceExceeded(FanOut fanOut, StatesError last);

    /** The state's result when it is complete. */
    JsonNode result(FanOut fanOut) {
        return fanOut.outputs();
    }

    final void begin(
            Scope scope,
            int total,
            int concurrency,
            CompletionPolicy policy,
            boolean isolated,
            JsonNode work,
            Execution execution) {
        FanOut fanOut = new FanOut(scope, scope.visit(number), total, concurrency, policy, isolated, work);
        scope.fanOut = fanOut;
        recordStarted(fanOut);
        if (total == 0) {
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
        Scope child = new Scope(
                scope.path.child(name, fanOut.visit, index),
                childBody(index),
                fanOut,
                childItem(fanOut, index),
                childInput(fanOut, index, execution),
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
        recordFailed(fanOut, error);
        fanOut.owner.fanOut = null;
        fail(fanOut.owner, error, execution);
    }

    /** The owner's own error, should its output fail to evaluate, is the owner's and not that of the child that ended last. */
    private void complete(FanOut fanOut, Execution execution) {
        recordSucceeded(fanOut);
        Scope owner = fanOut.owner;
        JsonNode result = result(fanOut);
        owner.fanOut = null;
        execution.within(owner, () -> succeed(owner, result, execution));
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
