package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A durable case's program as a state machine. An operation is a state, and what it gives is the input of the next. */
final class DurableMachine {

    /**
     * What the SDKs' histories say of an operation.
     *
     * @param kind {@code Step}, {@code Wait}, {@code Map}, {@code Parallel}, {@code RunInChildContext}; empty for a
     *     state that is no operation
     * @param name null when it has none
     */
    record Operation(String kind, @Nullable String name) {}

    private final Map<String, Operation> operations = new HashMap<>();

    /** The whole state machine. */
    ObjectNode of(JsonNode testCase) {
        ArrayNode program = JsonNodeFactory.instance.arrayNode();
        if (testCase.has("program")) {
            program.addAll((ArrayNode) testCase.path("program"));
        } else {
            program.add(((ObjectNode) testCase.deepCopy())
                    .put("op", testCase.path("operation").asText()));
            testCase.path("after").forEach(program::add);
        }
        return new DurableBody(this, null).of(program);
    }

    /** The operation that a state stands for. */
    Operation operation(String state) {
        return operations.get(state);
    }

    /** A name that no other state has: the operation's own, where it is free, or a numbered one. */
    String name(JsonNode operation, String kind) {
        String own = operation.path("name").textValue();
        String name = own == null || operations.containsKey(own) ? "state-" + operations.size() : own;
        operations.put(name, new Operation(kind, own));
        return name;
    }
}
