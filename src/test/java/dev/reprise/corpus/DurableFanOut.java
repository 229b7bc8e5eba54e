package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map or parallel of a durable case as a Map or Parallel state that gives a batch. */
final class DurableFanOut {

    /** What a batch in an SDK can be asked for, where it does not just have a field of that name. */
    private static final Map<String, String> ACCESSORS = Map.of(
            // The SDKs leave those that never started out.
            "totalCount", "$states.input.totalCount - $states.input.skippedCount",
            "hasFailure", "$states.input.failureCount > 0",
            "succeededCount", "$states.input.successCount",
            "failedCount", "$states.input.failureCount",
            "errorCount", "$count($states.input.all.error)",
            "resultCount", "$count($states.input.all[status = 'SUCCEEDED'])");

    private final JsonNode operation;
    private final JsonNode config;
    private final boolean isMap;
    private final @Nullable Serdes serdes;

    DurableFanOut(JsonNode operation) {
        this.operation = operation;
        this.config = operation.path("config");
        this.isMap = operation.path("op").asText().equals("map");
        this.serdes = config.hasNonNull("itemSerdes")
                ? Serdes.of(config.path("itemSerdes").asText())
                : null;
    }

    String kind() {
        return isMap ? "Map" : "Parallel";
    }

    ObjectNode state(DurableMachine machine) {
        ObjectNode state = isMap || operation.path("branches").isEmpty() ? map(machine) : parallel(machine);
        if (serdes != null) {
            state.put(
                    "Output",
                    "{% $merge([$states.result, {'all': $states.result.all.$merge([$, {'result': "
                            + serdes.deserialized("result") + "}])}]) %}");
        }
        return state;
    }

    /** A Parallel without branches is refused, as Step Functions does; a Map without items is not. */
    private ObjectNode map(DurableMachine machine) {
        ObjectNode state = DurableBody.state("Map");
        state.set("Items", isMap ? DurableExpressions.template(operation.path("items")) : operation.path("branches"));
        if (config.hasNonNull("maxConcurrency")) {
            state.set("MaxConcurrency", config.path("maxConcurrency"));
        }
        ObjectNode block = block();
        if (config.hasNonNull("itemNamer")) {
            block.set(
                    "ItemName", DurableExpressions.name(config.path("itemNamer").asText()));
        }
        state.set("Reprise", block);
        return state.set("ItemProcessor", new DurableBody(machine, serdes).ofItems(operation.path("behaviour")));
    }

    private ObjectNode parallel(DurableMachine machine) {
        ObjectNode state = DurableBody.state("Parallel");
        ObjectNode block = block();
        if (config.hasNonNull("maxConcurrency")) {
            block.set("MaxConcurrency", config.path("maxConcurrency"));
        }
        if (operation.path("branches").findValues("name").stream().anyMatch(JsonNode::isTextual)) {
            ArrayNode names = block.putArray("ItemName");
            for (JsonNode branch : operation.path("branches")) {
                names.add(branch.path("name").asText("branch-" + names.size()));
            }
        }
        state.set("Reprise", block);
        ArrayNode branches = state.putArray("Branches");
        for (JsonNode branch : operation.path("branches")) {
            branches.add(new DurableBody(machine, serdes).of(branch.isArray() ? branch : branch.path("program")));
        }
        return state;
    }

    private ObjectNode block() {
        ObjectNode block = DurableSteps.object().put("Result", "BATCH");
        JsonNode completion = config.path("completion");
        copy(completion, "minSuccessful", block, "MinSuccessful");
        copy(completion, "toleratedFailureCount", block, "ToleratedFailureCount");
        copy(completion, "toleratedFailurePercentage", block, "ToleratedFailurePercentage");
        copy(config, "nesting", block, "Nesting");
        return block;
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String field) {
        if (from.hasNonNull(name)) {
            to.set(field, from.path(name));
        }
    }

    /** An object that holds what a batch, which is the state's input, says under each of these names. */
    static ObjectNode accessors(JsonNode names) {
        ObjectNode out = DurableSteps.object();
        for (JsonNode name : names) {
            String expression = ACCESSORS.getOrDefault(name.asText(), "$states.input." + name.asText());
            out.set(name.asText(), DurableExpressions.braced(expression));
        }
        return out;
    }
}
