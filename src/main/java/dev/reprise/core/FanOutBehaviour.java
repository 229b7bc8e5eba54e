package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.CompletionOptions;
import dev.reprise.asl.CompletionOptions.ResultForm;
import dev.reprise.asl.State;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.ErrorNames;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.StatesError;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A state that runs children, each in a scope of its own: Parallel and Map. Here is what they have in common: starting
 * the children, and judging after each end whether the state is complete.
 */
abstract sealed class FanOutBehaviour extends GuardedBehaviour permits ParallelBehaviour, MapBehaviour {

    /** More children failed than are tolerated, in AWS's words. */
    static final StatesError TOLERANCE_EXCEEDED = new StatesError(
            ErrorNames.EXCEED_TOLERATED_FAILURE_THRESHOLD, "The specified tolerated failure threshold was exceeded");

    /** Of a result beyond this many bytes the history shows a summary. */
    private static final long LARGEST_SHOWN = 256 * 1024;

    /** Its number among the Map and Parallel states of its body. */
    private final int number;

    final CompletionOptions completion;
    private final @Nullable Expression summary;

    FanOutBehaviour(
            State.Guarded state,
            CompletionOptions completion,
            Compiler compiler,
            HistoryEventType entered,
            HistoryEventType exited) {
        super(state, compiler, entered, exited);
        this.number = compiler.nextFanOut();
        this.completion = completion;
        this.summary = compiler.template(state, completion.summary(), "Summary");
    }

    abstract CompletionRules rules();

    abstract ItemNames names();

    abstract FanOutEvents events();

    @Override
    abstract BodyProgram childBody(int index);

    /** A child's input; for a Map what {@code ItemSelector} makes of the item. */
    abstract JsonNode childInput(FanOut fanOut, @Nullable MapItem item, Execution execution);

    /** What a child takes for its execution: this one, unless it has one of its own. */
    ExecutionIdentity childIdentity(FanOut fanOut, int index, Execution execution) {
        return execution.identity;
    }

    /**
     * Whether {@link #childItem} gives the same again: what an {@code ItemSelector} makes of the items of a batch need
     * not be.
     */
    boolean repeatsItems() {
        return true;
    }

    /** The item that a child runs for; null in a Parallel. */
    abstract @Nullable MapItem childItem(FanOut fanOut, int index);

    /** Gives a child its name, where the definition names it and it has none yet. */
    abstract void name(FanOut fanOut, int index, Execution execution);

    /** The type of a summary. */
    abstract String summaryType();

    /** Works out what the children work on, and calls {@link #begin}, at once or later. */
    abstract void prepare(Scope scope, Execution execution);

    /** The state's error when a child fails and it tolerates none. */
    StatesError errorOf(StatesError child) {
        return rules().given() ? TOLERANCE_EXCEEDED : child;
    }

    @Override
    final void work(Scope scope, Execution execution) {
        try {
            prepare(scope, execution);
        } catch (EvaluationException e) {
            execution.fail(scope, execution.error(scope, e));
        }
    }

    /** The state itself failed, not one of its children, after its work had begun. */
    final void failRun(Scope scope, StatesError error, Execution execution) {
        FanOut fanOut = scope.fanOut;
        if (fanOut != null) {
            abandonOpen(fanOut, scope.lastEvent, execution);
            scope.fanOut = null;
        }
        if (!Execution.isFatal(error)) {
            events().runFailed(scope, error);
        }
        execution.fail(scope, error);
    }

    @Override
    final void recordFailed(Scope scope, StatesError error) {
        events().failed(scope, error);
    }

    /** From the outside in. */
    @Override
    final void recordAborted(Scope scope) {
        events().aborted(scope);
        FanOut fanOut = scope.fanOut;
        if (fanOut != null && !fanOut.isolated) {
            fanOut.forEachOpen(child -> recordAborted(fanOut, child, scope.lastEvent));
        }
    }

    private void recordAborted(FanOut fanOut, Scope child, long cause) {
        child.lastEvent = cause;
        events().childAborted(fanOut, child);
        if (!fanOut.isolated) {
            child.state.recordAborted(child);
        }
    }

    /** Tells that the children go on that have not succeeded, where AWS has an event for that. */
    void recordRedriven(FanOut fanOut, Execution execution) {}

    /** Counts the visit that is about to begin its work. */
    final int visit(Scope scope) {
        return scope.visit(number);
    }

    /** What {@link #visit} will count. */
    final int nextVisit(Scope scope) {
        return scope.visits == null ? 1 : scope.visits[number] + 1;
    }

    /** @throws EvaluationException when there are fewer children than have to succeed */
    final void begin(FanOut fanOut, Execution execution) {
        rules().check(fanOut.children.policy, fanOut.children.total);
        fanOut.owner.fanOut = fanOut;
        if (execution.live != null) {
            Children children = fanOut.children;
            execution.live.childrenCounted(
                    fanOut.owner.path,
                    children.total,
                    children.concurrency == Integer.MAX_VALUE ? 0 : children.concurrency,
                    children.policy.toleratedFailureCount(),
                    children.policy.toleratedFailurePercentage());
        }
        execution.runChildren(fanOut);
    }

    /** Starts on the children; with none, the state is complete. */
    final void start(FanOut fanOut, Execution execution) {
        Scope scope = fanOut.owner;
        if (fanOut.children.total == 0) {
            complete(fanOut, execution);
        } else {
            scope.phase = Scope.Phase.SPAWNING;
            execution.enqueue(scope);
        }
    }

    /** Starts one child; the owner stays in the queue behind it while more may start. */
    final void spawn(FanOut fanOut, Execution execution) {
        Scope scope = fanOut.owner;
        if (!fanOut.children.canStart()) {
            scope.phase = Scope.Phase.WAITING;
            return;
        }
        int index = fanOut.children.toStart();
        execution.fuel.count(1);
        MapItem item;
        JsonNode input;
        try {
            item = childItem(fanOut, index);
            input = childInput(fanOut, item, execution);
            name(fanOut, index, execution);
        } catch (EvaluationException e) {
            failRun(scope, execution.error(scope, e), execution);
            return;
        }
        Scope child = new Scope(
                scope.path.child(name, fanOut.visit, index),
                childBody(index),
                fanOut,
                item,
                input,
                fanOut.isolated ? execution.isolatedHistory() : scope.history);
        execution.numberAnew(child);
        child.begunAt = execution.now();
        if (fanOut.isolated) {
            child.beginning = new Scope.Beginning(execution.now(), input);
        }
        if (fanOut.times != null) {
            fanOut.times.started(index, execution.now());
        }
        fanOut.started(child);
        events().childStarted(fanOut, child);
        if (execution.live != null) {
            execution.live.itemStarted(child.path, execution.now());
        }
        execution.enqueue(scope);
        execution.enqueue(child);
    }

    final void childSucceeded(FanOut fanOut, Scope child, JsonNode output, Execution execution) {
        fanOut.succeeded(child.path.index(), output);
        stopped(fanOut, child, execution);
        follow(fanOut, child);
        events().childSucceeded(fanOut, child);
        if (execution.live != null) {
            execution.live.itemSucceeded(child.path, execution.now());
        }
        execution.spans.childEnded(child, null);
        settle(fanOut, child, null, execution);
    }

    final void childFailed(FanOut fanOut, Scope child, StatesError error, Execution execution) {
        fanOut.failed(child.path.index(), error);
        stopped(fanOut, child, execution);
        follow(fanOut, child);
        events().childFailed(fanOut, child, error);
        if (execution.live != null) {
            execution.live.itemFailed(child.path, error, execution.now());
        }
        execution.spans.childEnded(child, error);
        // AWS has no event for the failure of a Task state, and shows it as aborted.
        if (!fanOut.isolated && !Execution.isFatal(error) && !(child.state instanceof FanOutBehaviour)) {
            child.state.recordAborted(child);
        }
        settle(fanOut, child, error, execution);
    }

    private static void stopped(FanOut fanOut, Scope child, Execution execution) {
        if (fanOut.times != null) {
            fanOut.times.stopped(child.path.index(), execution.now());
        }
    }

    /** A child that starts where another has ended follows from what that one did last. */
    private static void follow(FanOut fanOut, Scope child) {
        if (!fanOut.isolated && fanOut.children.hasBegun()) {
            fanOut.owner.lastEvent = child.lastEvent;
        }
    }

    private void settle(FanOut fanOut, Scope last, @Nullable StatesError error, Execution execution) {
        CompletionReason reason = fanOut.children.judge();
        if (reason == null) {
            resumeSpawning(fanOut, execution);
            return;
        }
        abandonOpen(fanOut, last.lastEvent, execution);
        if (!fanOut.isolated) {
            fanOut.owner.lastEvent = last.lastEvent;
        }
        if (reason == CompletionReason.FAILURE_TOLERANCE_EXCEEDED && completion.result() != ResultForm.BATCH) {
            exceed(fanOut, last, Objects.requireNonNull(error), execution);
        } else {
            complete(fanOut, execution);
        }
    }

    /** Whether a child's failure, of whatever kind, is for this state to judge; else it is the state's own. */
    final boolean judgesFailures(FanOut fanOut) {
        return fanOut.isolated || rules().given() || !fanOut.children.policy.equals(CompletionPolicy.ALL_SUCCESSFUL);
    }

    private static void resumeSpawning(FanOut fanOut, Execution execution) {
        if (fanOut.owner.phase == Scope.Phase.WAITING && fanOut.children.canStart()) {
            fanOut.owner.phase = Scope.Phase.SPAWNING;
            execution.enqueue(fanOut.owner);
        }
    }

    private void exceed(FanOut fanOut, Scope last, StatesError lastError, Execution execution) {
        failed(fanOut, judgesFailures(fanOut) ? toleranceExceeded(fanOut, last, lastError) : lastError, execution);
    }

    /** More children failed than may. */
    void failed(FanOut fanOut, StatesError error, Execution execution) {
        events().runFailed(fanOut.owner, error);
        fanOut.owner.fanOut = null;
        failInside(fanOut.owner, error, execution);
    }

    /** The state fails for what failed among its children. */
    final void failInside(Scope scope, StatesError error, Execution execution) {
        if (Execution.isFatal(error)) {
            execution.fail(scope, error);
        } else {
            fail(scope, error, error.error(), failureOrigin(), execution);
        }
    }

    /** How retriers and catchers see the failure of a child. */
    abstract ErrorNames.Origin failureOrigin();

    /** AWS knows this error of a distributed Map only, and says no more of it. */
    private static StatesError toleranceExceeded(FanOut fanOut, Scope last, StatesError error) {
        if (fanOut.isolated) {
            return TOLERANCE_EXCEEDED;
        }
        String name = Objects.requireNonNullElse(error.error(), "an error without a name");
        return new StatesError(
                TOLERANCE_EXCEEDED.error(),
                TOLERANCE_EXCEEDED.cause() + ": " + fanOut.children.failedCount() + " of " + fanOut.children.total
                        + " failed, the last one (index " + last.path.index() + ") with " + name
                        + (error.cause() == null ? "" : ": " + error.cause()));
    }

    /**
     * The owner's own error, should its output fail to evaluate, is the owner's and not that of the child that ended
     * last.
     */
    final void complete(FanOut fanOut, Execution execution) {
        // Failures so far were tolerated.
        execution.failing = null;
        execution.within(fanOut.owner, () -> completed(fanOut, execution));
    }

    /** All children that were wanted have ended. */
    void completed(FanOut fanOut, Execution execution) {
        JsonNode result;
        ObjectNode told;
        execution.fuel.count(fanOut.children.total);
        try {
            result = completion.result() == ResultForm.BATCH ? batch(fanOut, execution) : values(fanOut, execution);
            told = told(fanOut, result, execution);
        } catch (EvaluationException e) {
            failRun(fanOut.owner, execution.error(fanOut.owner, e), execution);
            return;
        }
        succeedWith(fanOut, result, told, execution);
    }

    /** Children that never started are named only here. */
    private JsonNode batch(FanOut fanOut, Execution execution) {
        for (int i = fanOut.children.next(); i < fanOut.children.total; i++) {
            name(fanOut, i, execution);
        }
        return BatchResult.of(fanOut.children, names());
    }

    /** The children's outputs. */
    JsonNode values(FanOut fanOut, Execution execution) {
        return fanOut.children.outputs(completion.captureErrors());
    }

    /**
     * What the history shows of the result: itself, or when it is large a summary. Nothing is kept of either: the
     * result follows from the children's entries, on every resume.
     */
    private @Nullable ObjectNode told(FanOut fanOut, JsonNode result, Execution execution) {
        if (!completion.isGiven()) {
            return null;
        }
        ObjectNode told = History.object();
        if (execution.payloads.bytes(result, LARGEST_SHOWN) <= LARGEST_SHOWN) {
            return told.set("output", result);
        }
        Scope owner = fanOut.owner;
        return told.set(
                "summary",
                summary == null
                        ? BatchResult.summary(fanOut.children, summaryType())
                        : summary.evaluate(flow.ofResult(owner, result, execution)));
    }

    /** Leaves the state with its result. */
    final void succeedWith(FanOut fanOut, JsonNode result, @Nullable ObjectNode told, Execution execution) {
        Scope owner = fanOut.owner;
        long succeeded = events().succeeded(fanOut, told);
        owner.fanOut = null;
        long last = owner.lastEvent;
        owner.lastEvent = succeeded;
        Exit exit = flow.withResult(owner, result, execution);
        // What is wrong with the result follows from the success, but the exit from what the children did.
        owner.lastEvent = last;
        execution.leave(owner, exit, target);
    }

    /** @param cause the event that they are abandoned for */
    private void abandonOpen(FanOut fanOut, long cause, Execution execution) {
        execution.fuel.count(fanOut.children.next());
        fanOut.forEachOpen(child -> {
            recordAborted(fanOut, child, cause);
            execution.abandon(child);
            fanOut.aborted(child.path.index());
            stopped(fanOut, child, execution);
        });
    }
}
