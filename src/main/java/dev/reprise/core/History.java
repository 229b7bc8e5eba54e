package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.event.Decision;
import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.StatesError;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the history's events. AWS quotes an event's number in the text of errors, which a state machine can see, so
 * events are counted always, in the order of the journal; their details are built only for an observer.
 */
final class History {

    /** Events that nothing follows from: what comes next in their scope follows from the event before them. */
    private static final Set<HistoryEventType> ASIDE = EnumSet.of(
            HistoryEventType.ExecutionStarted,
            HistoryEventType.MapIterationAborted,
            HistoryEventType.MapIterationFailed,
            HistoryEventType.MapStateAborted,
            HistoryEventType.MapStateSucceeded,
            HistoryEventType.ParallelBranchAborted,
            HistoryEventType.ParallelBranchFailed,
            HistoryEventType.ParallelStateAborted,
            HistoryEventType.ParallelStateSucceeded,
            HistoryEventType.TaskStateAborted,
            HistoryEventType.WaitStateAborted);

    /** Which part of an ARN. */
    private static final int REGION = 3;

    private @Nullable ExecutionObserver observer;
    private final Execution execution;
    private long lastId;

    History(Execution execution, @Nullable ExecutionObserver observer) {
        this.execution = execution;
        this.observer = observer;
    }

    /** Null when nobody wants to see what children of distributed Maps do. */
    @Nullable
    ExecutionObserver observerOfChildren() {
        return observer == null ? null : observer.ofChildren();
    }

    long lastId() {
        return lastId;
    }

    void restore(long id) {
        lastId = id;
    }

    /**
     * Goes on from where the history of the execution that was redriven ended.
     *
     * @param end number of the event that told of the end
     */
    void redriven(History before, Scope root, long end, int count) {
        lastId = before.lastId;
        observer = before.observer;
        long own = root.lastEvent;
        root.lastEvent = end;
        record(root, HistoryEventType.ExecutionRedriven, () -> object().put("redriveCount", count));
        root.lastEvent = own;
    }

    /** The region that the execution is in. */
    String region() {
        String[] arn = execution.identity.executionArn().split(":", -1);
        return arn.length > REGION ? arn[REGION] : "";
    }

    void stateEntered(Scope scope, Behaviour state) {
        scope.enteredEvent = record(
                scope, state.entered, () -> object().put("name", state.name).set("input", scope.input));
    }

    void stateExited(Scope scope, Behaviour state, Exit exit) {
        record(scope, Objects.requireNonNull(state.exited), () -> {
            ObjectNode details = object().put("name", state.name);
            details.set("output", exit.output());
            if (exit.assigned() != null) {
                details.set("assignedVariables", exit.assigned());
            }
            return details;
        });
    }

    void ended(Scope root, Outcome outcome) {
        if (outcome instanceof Outcome.Aborted || outcome instanceof Outcome.TimedOut) {
            // It comes from outside and follows from no event.
            root.lastEvent = 0;
        }
        switch (outcome) {
            case Outcome.Succeeded succeeded ->
                record(root, HistoryEventType.ExecutionSucceeded, () -> object().set("output", succeeded.output()));
            case Outcome.Failed failed -> failed(root, HistoryEventType.ExecutionFailed, failed.error());
            case Outcome.TimedOut timedOut -> record(root, HistoryEventType.ExecutionTimedOut);
            case Outcome.Aborted aborted ->
                failed(root, HistoryEventType.ExecutionAborted, new StatesError(aborted.error(), aborted.cause()));
        }
    }

    void failed(Scope scope, HistoryEventType type, StatesError error) {
        record(scope, type, () -> put(object(), error));
    }

    /** An event that tells nothing but that it happened. */
    void record(Scope scope, HistoryEventType type) {
        record(scope, type, History::object);
    }

    /**
     * Counts an event.
     *
     * @param details what it tells; asked for only when somebody observes
     * @return its number
     */
    long record(Scope scope, HistoryEventType type, Supplier<? extends JsonNode> details) {
        long id = ++lastId;
        if (observer != null && observer.sees(id)) {
            observer.on(new HistoryEvent(
                    id, scope.lastEvent, type, execution.now(), scope.path, (ObjectNode) details.get()));
        }
        if (!ASIDE.contains(type)) {
            scope.lastEvent = id;
        }
        return id;
    }

    /** A state was led on by one of its parts. */
    void decided(Scope scope, Behaviour state, Decision.Kind kind, int index) {
        if (observer != null) {
            observer.decided(new Decision(scope.path, state.name, kind, index));
        }
    }

    /** Adds an error to an event's details, as far as it has a name and a cause. */
    static ObjectNode put(ObjectNode details, StatesError error) {
        if (error.error() != null) {
            details.put("error", error.error());
        }
        if (error.cause() != null) {
            details.put("cause", error.cause());
        }
        return details;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
