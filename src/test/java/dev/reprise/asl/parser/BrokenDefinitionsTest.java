package dev.reprise.asl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.query.check.QueryExpressionChecker;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However a definition is broken, the parser answers: with a machine, or with what is wrong. */
class BrokenDefinitionsTest {

    private static final QueryExpressionChecker CHECKER = new QueryExpressionChecker();

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String WHOLE = """
        {"StartAt": "M", "TimeoutSeconds": 60, "Reprise": {"Retention": "P3D"}, "States": {
          "M": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 2, "Label": "L", "Next": "P",
            "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "T", "States": {
              "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f", "Payload.$": "$"},
                "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 2, "JitterStrategy": "FULL"}],
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "F", "Assign": {"e.$": "$.Error"}}], "End": true},
              "F": {"Type": "Fail", "ErrorPath": "$.Error"}}},
            "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "Parameters": {"Bucket": "b"}, "ReaderConfig": {"InputType": "JSON", "MaxItems": 3}},
            "ItemBatcher": {"MaxItemsPerBatch": 2, "BatchInput": {"a.$": "$.a"}},
            "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "b"}}},
          "P": {"Type": "Parallel", "Next": "C", "Reprise": {"MinSuccessful": 1, "Result": "BATCH"}, "Branches": [
            {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 1, "End": true}}},
            {"StartAt": "J", "States": {"J": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": {"a": ["{% 1 %}"]}, "Assign": {"v": "{% 1 %}"}, "End": true}}}]},
          "C": {"Type": "Choice", "Choices": [
            {"And": [{"Variable": "$.a", "NumericEquals": 1}, {"Not": {"Variable": "$.b", "StringEqualsPath": "$.c"}}], "Next": "S"}], "Default": "S"},
          "S": {"Type": "Succeed"}}}
        """;

    private static final String[] REPLACEMENTS = {
        "null",
        "true",
        "-1",
        "1.5",
        "1e300",
        "\"\"",
        "\"$\"",
        "\"{% $states.input %}\"",
        "\"JSONata\"",
        "[]",
        "[[]]",
        "[1, null]",
        "{}",
        "{\"a.$\": 1}",
        "\"Task\"",
        "{\"Type\": \"Map\", \"ItemProcessor\": []}",
        "{\"StartAt\": 1, \"States\": {\"A\": []}}"
    };

    @Test
    void theWholeIsRight() {
        assertThat(Checked.machine(WHOLE)).isEmpty();
    }

    @Test
    void anyThreeValuesMayBeReplacedByAnything() throws Exception {
        Random random = new Random(20_261_120);
        int refused = 0;
        for (int i = 0; i < 1_500; i++) {
            JsonNode definition = JSON.readTree(WHOLE);
            for (int change = 0; change <= i % 3; change++) {
                replaceOne(definition, JSON.readTree(REPLACEMENTS[random.nextInt(REPLACEMENTS.length)]), random);
            }
            ParsedDefinition parsed = Definitions.parse("broken", definition.toString(), CHECKER);
            assertThat(parsed.machine() == null).isEqualTo(!parsed.errors().isEmpty());
            refused += parsed.errors().isEmpty() ? 0 : 1;
        }
        assertThat(refused).isBetween(700, 1_495);
    }

    private static void replaceOne(JsonNode root, JsonNode replacement, Random random) {
        List<Runnable> replacing = new ArrayList<>();
        collect(root, replacement, replacing);
        replacing.get(random.nextInt(replacing.size())).run();
    }

    private static void collect(JsonNode node, JsonNode replacement, List<Runnable> replacing) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> {
                replacing.add(() -> object.set(member.getKey(), replacement));
                collect(member.getValue(), replacement, replacing);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                replacing.add(() -> array.set(index, replacement));
                collect(array.get(i), replacement, replacing);
            }
        }
    }
}
