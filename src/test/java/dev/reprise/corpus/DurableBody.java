package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Writes the states of one body, from the last operation to the first, so that each knows where it leads. */
final class DurableBody {

    private static final JsonNode NO_OPERATION = MissingNode.getInstance();

    private final DurableMachine machine;
    private final ObjectNode states = object();
    /** Where a return leads; null when it ends the body. */
    private final @Nullable String end;

    /**
     * A body without states.
     *
     * @param stores what becomes of the body's result before it is stored; null when it stays as it is
     */
    DurableBody(DurableMachine machine, @Nullable Serdes stores) {
        this.machine = machine;
        this.end = stores == null ? null : pass(DurableExpressions.braced(stores.serialized("$states.input")), null);
    }

    ObjectNode of(JsonNode program) {
        return startingAt(write(program, end, null));
    }

    /**
     * A body that does for each item of a Map what is said of its index, and gives back the item where nothing is said.
     */
    ObjectNode ofItems(JsonNode behaviour) {
        ArrayNode choices = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : behaviour) {
            choices.addObject()
                    .put("Condition", "{% $states.context.Map.Item.Index = " + item.path("index") + " %}")
                    .put("Next", write(item.path("program"), end, null));
        }
        String otherwise = pass(DurableExpressions.braced("$states.input"), end);
        if (choices.isEmpty()) {
            return startingAt(otherwise);
        }
        return startingAt(
                add(NO_OPERATION, "", state("Choice").put("Default", otherwise).set("Choices", choices)));
    }

    private ObjectNode startingAt(String first) {
        return object().put("StartAt", first).set("States", states);
    }

    /**
     * Writes a program.
     *
     * @param next where its last operation leads; null when that ends the body
     * @param handler where a failure leads; null when it fails the body
     * @return its first state
     */
    private String write(JsonNode program, @Nullable String next, @Nullable String handler) {
        String target = next;
        for (int i = program.size() - 1; i >= 0; i--) {
            target = operation(program.path(i), target, handler);
        }
        return target == null ? pass(DurableExpressions.braced("$states.input"), null) : target;
    }

    private String operation(JsonNode operation, @Nullable String next, @Nullable String handler) {
        String type = operation.path("op").asText();
        return switch (type) {
            case "step" -> add(operation, "Step", leading(DurableSteps.task(operation, handler), next));
            case "wait" ->
                add(operation, "Wait", leading(state("Wait").set("Seconds", operation.path("seconds")), next));
            case "return" -> pass(DurableExpressions.template(operation.path("value")), end);
            case "throw" -> failure(operation, handler);
            case "try" -> attempt(operation, next, handler);
            case "child" -> {
                ObjectNode child = state("Parallel").put("Output", "{% $states.result[0] %}");
                child.putArray("Branches").add(new DurableBody(machine, null).of(operation.path("program")));
                yield add(operation, "RunInChildContext", catching(leading(child, next), handler));
            }
            case "map", "parallel" -> fanOut(operation, next, handler);
            default -> throw new UnsupportedOperationException("Operation " + type);
        };
    }

    private String failure(JsonNode operation, @Nullable String handler) {
        if (handler != null) {
            return pass(DurableExpressions.braced("$states.input"), handler);
        }
        return add(
                NO_OPERATION,
                "",
                state("Fail")
                        .put("Error", operation.path("errorType").asText())
                        .put("Cause", operation.path("errorMessage").asText()));
    }

    private String attempt(JsonNode operation, @Nullable String next, @Nullable String handler) {
        String after = next == null ? pass(DurableExpressions.braced("$states.input"), null) : next;
        return write(operation.path("body"), after, write(operation.path("catch"), after, handler));
    }

    private String fanOut(JsonNode operation, @Nullable String next, @Nullable String handler) {
        DurableFanOut fanOut = new DurableFanOut(operation);
        String projection = operation
                .path(operation.has("project") ? "project" : "projection")
                .asText("results");
        String target = switch (projection) {
            case "results" -> results(next);
            case "summary", "accessors" -> pass(DurableFanOut.accessors(operation.path("projectionKeys")), next);
            case "throwIfError" -> throwIfError(next, handler);
            default -> throw new UnsupportedOperationException("Projection " + projection);
        };
        return add(operation, fanOut.kind(), catching(leading(fanOut.state(machine), target), handler));
    }

    /** The results of those that succeeded. JSONPath, for JSONata would take one result out of its array. */
    private String results(@Nullable String next) {
        return add(
                NO_OPERATION,
                "",
                leading(
                        object().put("Type", "Pass").put("InputPath", "$.all[?(@.status == 'SUCCEEDED')].result"),
                        next));
    }

    private String throwIfError(@Nullable String next, @Nullable String handler) {
        String first = "$states.input.all[status = 'FAILED'][0].error.";
        String thrown = handler == null
                ? add(
                        NO_OPERATION,
                        "",
                        state("Fail").put("Error", "{% " + first + "Error %}").put("Cause", "{% " + first + "Cause %}"))
                : handler;
        ObjectNode choice = state("Choice").put("Default", results(next));
        choice.putArray("Choices")
                .addObject()
                .put("Condition", "{% $states.input.status = 'FAILED' %}")
                .put("Next", thrown);
        return add(NO_OPERATION, "", choice);
    }

    private String pass(JsonNode output, @Nullable String next) {
        return add(NO_OPERATION, "", leading(state("Pass").set("Output", output), next));
    }

    private String add(JsonNode operation, String kind, ObjectNode state) {
        String name = machine.name(operation, kind);
        states.set(name, state);
        return name;
    }

    static ObjectNode state(String type) {
        return object().put("Type", type).put("QueryLanguage", "JSONata");
    }

    private static ObjectNode leading(ObjectNode state, @Nullable String next) {
        return next == null ? state.put("End", true) : state.put("Next", next);
    }

    /** A failure leads to {@code handler} with what the operation before gave. */
    static ObjectNode catching(ObjectNode state, @Nullable String handler) {
        if (handler != null) {
            state.putArray("Catch")
                    .addObject()
                    .put("Output", "{% $states.input %}")
                    .put("Next", handler)
                    .putArray("ErrorEquals")
                    .add("States.ALL");
        }
        return state;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
