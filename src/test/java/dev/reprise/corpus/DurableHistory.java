package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.execution.ScopePath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Our history in the words of the SDKs': the end of an invocation is an event, a step is one operation whatever its
 * attempts, a Map and each of its items is a context.
 */
final class DurableHistory {

    private record Failure(ObjectNode event, Instant at) {}

    private final DurableMachine machine;
    private final List<ObjectNode> events = new ArrayList<>();
    /** The state that each scope is in. */
    private final Map<ScopePath, String> states = new HashMap<>();
    /** What the latest state of each scope gave. */
    private final Map<ScopePath, JsonNode> outputs = new HashMap<>();
    /** Items and branches whose start was told. */
    private final Set<ScopePath> contexts = new HashSet<>();

    private final Map<String, Integer> attempts = new HashMap<>();
    /** Steps that failed, perhaps to be tried again. */
    private final Map<String, Failure> failures = new HashMap<>();

    private DurableHistory(DurableMachine machine) {
        this.machine = machine;
    }

    /**
     * The events in the SDKs' words.
     *
     * @param invocations what came about in each
     */
    static List<ObjectNode> of(List<List<HistoryEvent>> invocations, DurableMachine machine) {
        DurableHistory history = new DurableHistory(machine);
        for (List<HistoryEvent> invocation : invocations) {
            invocation.forEach(history::add);
            if (!history.hasEnded()) {
                history.add("InvocationCompleted");
            }
        }
        return history.events;
    }

    private boolean hasEnded() {
        String last = events.getLast().path("type").asText();
        return last.equals("ExecutionSucceeded") || last.equals("ExecutionFailed");
    }

    private void add(HistoryEvent event) {
        ScopePath scope = event.scope();
        String type = event.type().name();
        if (type.endsWith("StateEntered")) {
            states.put(scope, event.details().path("name").asText());
        } else if (type.endsWith("StateExited")) {
            outputs.put(scope, event.details().path("output"));
        }
        switch (event.type()) {
            case ExecutionStarted -> add("ExecutionStarted");
            case ExecutionSucceeded, ExecutionFailed -> {
                add("InvocationCompleted");
                told(add(type), event);
            }
            case TaskScheduled -> stepStarted(event);
            case TaskSucceeded -> attempted("StepSucceeded", event);
            case TaskFailed ->
                failures.put(operationId(scope), new Failure(attempted("StepFailed", event), event.timestamp()));
            case WaitStateEntered -> operation("WaitStarted", scope);
            case WaitStateExited -> operation("WaitSucceeded", scope);
            case MapStateStarted, ParallelStateStarted -> operation("ContextStarted", scope);
            case MapStateSucceeded, ParallelStateSucceeded -> operation("ContextSucceeded", scope);
            case MapStateFailed, ParallelStateFailed -> told(operation("ContextFailed", scope), event);
            case MapIterationStarted, ParallelBranchStarted -> {
                contexts.add(scope);
                context("ContextStarted", event);
            }
            case MapIterationSucceeded, ParallelBranchSucceeded ->
                context("ContextSucceeded", event).set("payload", outputs.get(scope));
            case MapIterationFailed, ParallelBranchFailed -> context("ContextFailed", event);
            default -> {}
        }
    }

    private void stepStarted(HistoryEvent event) {
        String id = operationId(event.scope());
        Failure before = failures.remove(id);
        if (before != null) {
            before.event()
                    .withObject("retry")
                    .put(
                            "NextAttemptDelaySeconds",
                            Duration.between(before.at(), event.timestamp()).toSeconds());
        }
        attempts.merge(id, 1, Integer::sum);
        operation("StepStarted", event.scope());
    }

    private ObjectNode attempted(String type, HistoryEvent event) {
        ObjectNode out = operation(type, event.scope());
        out.putObject("retry").put("CurrentAttempt", attempts.get(operationId(event.scope())));
        return told(out, event);
    }

    /** An event of the operation that the scope is in. */
    private ObjectNode operation(String type, ScopePath scope) {
        DurableMachine.Operation operation = machine.operation(states.get(scope));
        ObjectNode event = add(type).put("subType", operation.kind()).put("id", operationId(scope));
        return inside(scope, operation.name() == null ? event : event.put("name", operation.name()));
    }

    private String operationId(ScopePath scope) {
        return scope + " " + states.get(scope);
    }

    /** An event of an item or a branch as a whole. */
    private ObjectNode context(String type, HistoryEvent event) {
        ScopePath scope = event.scope();
        boolean isMap = machine.operation(scope.state()).kind().equals("Map");
        return add(type)
                .put("subType", isMap ? "MapIteration" : "ParallelBranch")
                .put("name", event.details().path("itemName").asText())
                .put("id", scope.toString())
                .put("parentId", scope.parent() + " " + scope.state());
    }

    /**
     * The innermost context around a scope: an item or branch, or where that is not told of, the whole Map or Parallel.
     */
    private ObjectNode inside(ScopePath scope, ObjectNode event) {
        ScopePath around = scope.parent();
        if (around == null) {
            return event;
        }
        return event.put("parentId", contexts.contains(scope) ? scope.toString() : around + " " + scope.state());
    }

    private static ObjectNode told(ObjectNode out, HistoryEvent event) {
        JsonNode output = event.details().get("output");
        if (output != null) {
            out.set("payload", output);
        }
        if (event.details().has("error")) {
            out.putObject("error")
                    .put("ErrorType", event.details().path("error").asText())
                    .put("ErrorMessage", event.details().path("cause").asText());
        }
        return out;
    }

    private ObjectNode add(String type) {
        ObjectNode event = DurableSteps.object().put("type", type);
        events.add(event);
        return event;
    }
}
