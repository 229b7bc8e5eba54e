package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the history's events. AWS quotes an event's number in the text of errors, which a state machine can see, so events are counted always, in the order of the journal; their details are
 * built only for an observer.
 */
final class History {

    private final @Nullable ExecutionObserver observer;
    private final Execution execution;
    private long lastId;

    History(Execution execution, @Nullable ExecutionObserver observer) {
        this.execution = execution;
        this.observer = observer;
    }

    long lastId() {
        return lastId;
    }

    void restore(long id) {
        lastId = id;
    }

    void stateEntered(Scope scope, Behaviour state) {
        scope.enteredEvent = record(scope, state.entered, "name", state.name, "input", scope.input);
    }

    void stateExited(Scope scope, Behaviour state, Exit exit) {
        record(
                scope,
                Objects.requireNonNull(state.exited),
                observer == null
                        ? null
                        : details("name", state.name, "output", exit.output(), "assignedVariables", exit.assigned()));
    }

    void ended(Scope root, Outcome outcome) {
        switch (outcome) {
            case Outcome.Succeeded succeeded ->
                record(root, HistoryEventType.ExecutionSucceeded, "output", succeeded.output(), "", null);
            case Outcome.Failed failed -> failed(root, HistoryEventType.ExecutionFailed, failed.error());
            case Outcome.TimedOut timedOut -> record(root, HistoryEventType.ExecutionTimedOut);
            case Outcome.Aborted aborted ->
                record(root, HistoryEventType.ExecutionAborted, "error", aborted.error(), "cause", aborted.cause());
        }
    }

    /** An event that tells nothing but that it happened. */
    void record(Scope scope, HistoryEventType type) {
        record(scope, type, (ObjectNode) null);
    }

    long record(
            Scope scope,
            HistoryEventType type,
            String name1,
            @Nullable Object value1,
            String name2,
            @Nullable Object value2) {
        return record(scope, type, observer == null ? null : details(name1, value1, name2, value2));
    }

    void failed(Scope scope, HistoryEventType type, StatesError error) {
        record(scope, type, "error", error.error(), "cause", error.cause());
    }

    /** @param details null when nobody observes */
    long record(Scope scope, HistoryEventType type, @Nullable ObjectNode details) {
        long id = ++lastId;
        if (observer != null) {
            observer.on(new HistoryEvent(
                    id,
                    scope.lastEvent,
                    type,
                    execution.now(),
                    scope.path,
                    details == null ? JsonNodeFactory.instance.objectNode() : details));
        }
        scope.lastEvent = id;
        return id;
    }

    /** An object of names and values, without those that are null; null when nobody observes. */
    @Nullable
    ObjectNode details(@Nullable Object... namesAndValues) {
        if (observer == null) {
            return null;
        }
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = (String) Objects.requireNonNull(namesAndValues[i]);
            Object value = namesAndValues[i + 1];
            if (value instanceof JsonNode json) {
                details.set(name, json);
            } else if (value instanceof Long number) {
                details.put(name, number);
            } else if (value != null) {
                details.put(name, value.toString());
            }
        }
        return details;
    }
}
