package dev.reprise.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.DefinitionText;
import dev.reprise.core.Program;
import dev.reprise.runtime.TestPrograms;
import dev.reprise.workflow.Workflow;
import dev.reprise.workflow.Workflows;
import java.util.function.Supplier;

/** A Map that squares numbers, each with a task of its own, twenty at a time. An item that fails is tried once more. */
final class Squares implements Workflows {

    static final String NAME = "squares";
    static final int ITEMS = 1_000;

    private static final String DEFINITION = """
        {"StartAt": "Square", "States": {
        "Square": {"Type": "Map", "MaxConcurrency": 20, "End": true,
          "ItemProcessor": {"StartAt": "Work", "States": {
          "Work": {"Type": "Task", "Resource": "task:square", "End": true,
            "Retry": [{"ErrorEquals": ["java.io.IOException"], "IntervalSeconds": 1, "MaxAttempts": 1}]}}}}}}\
        """;

    private final Workflow workflow =
            new Workflow(NAME, DefinitionText.of(DEFINITION), TestPrograms.compile(DEFINITION));

    static JsonNode input() {
        ArrayNode numbers = JsonNodeFactory.instance.arrayNode();
        for (int number = 1; number <= ITEMS; number++) {
            numbers.add(number);
        }
        return numbers;
    }

    static JsonNode square(JsonNode number) {
        return JsonNodeFactory.instance.numberNode(number.intValue() * number.intValue());
    }

    @Override
    public Workflow named(String name) {
        return workflow;
    }

    @Override
    public Program compiled(String sha256, Supplier<String> text) {
        return workflow.program();
    }
}
