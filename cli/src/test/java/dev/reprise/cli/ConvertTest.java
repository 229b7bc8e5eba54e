package dev.reprise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.State;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.testing.WorkflowRun;
import dev.reprise.testing.WorkflowTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What is converted gives what the original gives; what is not certain is left and named. */
class ConvertTest {

    @TempDir
    Path folder;

    /** Converts a definition of one language, whole; both then give the same. Tasks answer with what they are given. */
    private static void same(String definition, String... inputs) {
        ObjectNode original = (ObjectNode) JsonText.parse("definition", definition);
        ConvertedDefinition conversion = new ConvertedDefinition();
        ObjectNode converted = conversion.of(original);

        assertThat(conversion.left()).isEmpty();
        assertThat(converted.path("QueryLanguage").asText()).isEqualTo("JSONata");
        for (String input : inputs) {
            WorkflowRun expected = run(original, input);
            assertThat(expected.status()).as("%s: %s", input, expected.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            WorkflowRun run = run(converted, input);
            assertThat(run.output())
                    .as("%s of %s: %s", input, converted, run.cause())
                    .isEqualTo(expected.output());
        }
    }

    private static WorkflowRun run(JsonNode definition, String input) {
        WorkflowTest test = WorkflowTest.ofDefinition("test", definition.toString());
        test.states().forEach((name, state) -> {
            if (name.startsWith("Fails")) {
                test.state(name).fails("Odd", "why");
            } else if (state instanceof State.Task) {
                test.state(name).computes(call -> call.input());
            }
        });
        return test.run(input);
    }

    private static String one(String state) {
        return "{\"StartAt\": \"One\", \"States\": {\"One\": " + state + "}}";
    }

    @Test
    void pathsOfInputAndOutput() {
        String input = "{\"a\": {\"b\": [1, [2], []], \"in\": null, \"x-y\": \"é\"}, \"z\": 0}";
        for (String path : List.of(
                "$",
                "$.a",
                "$.a.b",
                "$.a.b[0]",
                "$.a.b[1]",
                "$.a.b[2]",
                "$.a.b[1][0]",
                "$.a.in",
                "$.a['x-y']",
                "$['a']['b']",
                "$.a.x-y",
                "$$.Execution.Input.z")) {
            same(
                    one("{\"Type\": \"Pass\", \"InputPath\": \"" + path.replace("\"", "\\\"") + "\", \"End\": true}"),
                    input);
            same(one("{\"Type\": \"Succeed\", \"OutputPath\": \"" + path.replace("\"", "\\\"") + "\"}"), input);
        }
        same(one("{\"Type\": \"Pass\", \"InputPath\": null, \"End\": true}"), input);
        same(one("{\"Type\": \"Wait\", \"Seconds\": 1, \"OutputPath\": null, \"End\": true}"), input);
        same(one("{\"Type\": \"Pass\", \"InputPath\": \"$.a\", \"OutputPath\": \"$.b\", \"End\": true}"), input);
        same(one("{\"Type\": \"Pass\", \"InputPath\": \"$[0]\", \"End\": true}"), "[[1]]", "[[]]", "[{\"a\": 1}, 2]");
    }

    @Test
    void whereAResultGoes() {
        String input = "{\"a\": {\"b\": 1}, \"result\": \"old\", \"list\": [[1]]}";
        for (String state : List.of(
                "\"Type\": \"Task\", \"Resource\": \"task:t\"",
                "\"Type\": \"Task\", \"Resource\": \"task:t\", \"Parameters\": {\"x.$\": \"$.a.b\", \"y\": [{\"z.$\":"
                        + " \"$\"}]}",
                "\"Type\": \"Task\", \"Resource\": \"task:t\", \"InputPath\": \"$.list\"",
                "\"Type\": \"Task\", \"Resource\": \"task:t\", \"InputPath\": null",
                "\"Type\": \"Pass\", \"Result\": {\"id.$\": \"$.a\", \"list\": [1, [2]]}",
                "\"Type\": \"Pass\", \"Parameters\": {\"x.$\": \"$$.Execution.Name\", \"y\": \"%\"}",
                "\"Type\": \"Pass\"")) {
            for (String resultPath :
                    List.of("\"$\"", "null", "\"$.result\"", "\"$.a.b\"", "\"$.new.er\"", "\"$['x y']\"")) {
                same(one("{" + state + ", \"ResultPath\": " + resultPath + ", \"End\": true}"), input);
            }
        }
        String task = "\"Type\": \"Task\", \"Resource\": \"task:t\", \"ResultSelector\": {\"n.$\": \"$.a.b\","
                + " \"all.$\": \"$.list\", \"deep\": {\"in.$\": \"$.result\"}, \"list\": [[1], {\"b.$\": \"$.a.b\"}]}";
        for (String rest : List.of(
                "",
                ", \"ResultPath\": \"$.r\"",
                ", \"ResultPath\": \"$.r\", \"OutputPath\": \"$.r.deep\"",
                ", \"OutputPath\": \"$.all\"",
                ", \"OutputPath\": \"$.list[0]\"")) {
            same(one("{" + task + rest + ", \"End\": true}"), input);
        }
    }

    @Test
    void whatIsCaught() {
        for (String resultPath : List.of("", ", \"ResultPath\": \"$.error\"", ", \"ResultPath\": null")) {
            same("""
                {"StartAt": "Fails", "States": {
                  "Fails": {"Type": "Task", "Resource": "task:t", "End": true,
                    "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 1}],
                    "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "After"%s}]},
                  "After": {"Type": "Pass", "End": true}}}
                """.formatted(resultPath), "{\"a\": 1}");
        }
    }

    private static String choice(String rule) {
        return """
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Choice", "Choices": [{%s, "Next": "Yes"}], "Default": "No"},
              "Yes": {"Type": "Pass", "Result": "yes", "End": true},
              "No": {"Type": "Pass", "Result": "no", "End": true}}}
            """.formatted(rule);
    }

    @Test
    void choices() {
        String[] inputs = Stream.of("\"a\"", "\"b\"", "\"\"", "1", "2", "1.5", "true", "false", "null", "[1]", "{}")
                .flatMap(value -> Stream.of("\"b\"", "2", "true", "null")
                        .map(other -> "{\"v\": " + value + ", \"o\": " + other + "}"))
                .toArray(String[]::new);
        for (String comparison : List.of(
                "StringEquals\": \"b\"",
                "StringLessThan\": \"b\"",
                "StringGreaterThan\": \"a\"",
                "StringLessThanEquals\": \"b\"",
                "StringGreaterThanEquals\": \"b\"",
                "NumericEquals\": 1",
                "NumericLessThan\": 2",
                "NumericGreaterThan\": 1",
                "NumericLessThanEquals\": 1.5",
                "NumericGreaterThanEquals\": 2",
                "BooleanEquals\": true",
                "BooleanEquals\": false",
                "IsNull\": true",
                "IsNull\": false",
                "IsPresent\": true",
                "IsPresent\": false",
                "IsString\": true",
                "IsNumeric\": true",
                "IsNumeric\": false",
                "IsBoolean\": true")) {
            same(choice("\"Variable\": \"$.v\", \"" + comparison), inputs);
        }
        String[] ofOneType =
                Stream.of(inputs).filter(each -> each.contains("\"b\"}")).toArray(String[]::new);
        same(choice("\"Variable\": \"$.v\", \"StringEqualsPath\": \"$.o\""), ofOneType);
        same(choice("\"Variable\": \"$.v\", \"StringLessThanPath\": \"$.o\""), ofOneType);
        same(choice("\"Variable\": \"$.none\", \"IsPresent\": false"), inputs);
        same(choice("""
            "And": [{"Variable": "$.w", "IsPresent": true}, {"Or": [{"Variable": "$.w", "StringEquals": "x"},
              {"Not": {"Variable": "$.w", "NumericLessThan": 5}}]}]\
            """), "{}", "{\"w\":" + " \"x\"}", "{\"w\":" + " 4}", "{\"w\":" + " 5}", "{\"w\":" + " \"y\"}");
        same("""
            {"StartAt": "Ask", "States": {
              "Ask": {"Type": "Choice", "InputPath": "$.in", "OutputPath": "$.out", "Default": "End",
                "Choices": [{"Variable": "$.n", "NumericEquals": 1, "Next": "End"}]},
              "End": {"Type": "Succeed"}}}
            """, "{\"in\": {\"n\": 1, \"out\": [7]}}", "{\"in\": {\"n\": 2, \"out\": [7]}}");
    }

    @Test
    void intrinsicFunctions() {
        String input = "{\"s\": \"a'é\", \"n\": 3, \"list\": [1, [2], 3, {\"x\": 1}], \"one\": [1], \"none\": [],"
                + " \"o\": {\"a\": 1, \"b\": {\"c\": 2}}, \"p\": {\"b\": 5}, \"json\": \"[{\\\"k\\\": [1]}]\"}";
        for (String call : List.of(
                "States.Format('{} and {}, {}', $.s, $.n, 'it\\\\'s')",
                "States.Format('{}', $.n)",
                "States.Format('\\\\{\\\\} {}{}', $.s, $.s)",
                "States.Format('none')",
                "States.StringToJson($.json)",
                "States.Base64Encode($.s)",
                "States.Hash($.s, 'SHA-256')",
                "States.ArrayPartition($.list, 3)",
                "States.ArrayPartition($.one, 3)",
                "States.ArrayPartition($.none, 3)",
                "States.ArrayRange(1, 9, 4)",
                "States.ArrayRange(1, 1, 4)",
                "States.ArrayLength($.list)",
                "States.ArrayLength($.none)",
                "States.ArrayGetItem($.list, 1)",
                "States.ArrayGetItem($.list, 3)",
                "States.MathAdd($.n, -1)",
                "States.JsonMerge($.o, $.p, false)",
                "States.Format('{}-{}', States.MathAdd($.n, 1), States.ArrayLength( $.list ))",
                "States.Array($.s, $.list, $.one, States.MathAdd(1, 2))",
                "States.Array()")) {
            same(one("{\"Type\": \"Pass\", \"Parameters\": {\"v.$\": \"" + call + "\"}, \"End\": true}"), input);
        }
        same(
                one("{\"Type\": \"Pass\", \"Parameters\": {\"id.$\": \"States.UUID()\"}, \"ResultPath\": \"$.x\","
                        + " \"OutputPath\": \"$.n\", \"End\": true}"),
                input);
    }

    @Test
    void mapsBranchesAndWaits() {
        same(
                """
                {"StartAt": "Each", "Comment": "all of it", "States": {
                  "Each": {"Type": "Map", "InputPath": "$.order", "ItemsPath": "$.lines", "MaxConcurrencyPath": "$.most",
                    "ItemSelector": {"line.$": "$$.Map.Item.Value", "at.$": "$$.Map.Item.Index", "shop.$": "$.shop"},
                    "ItemProcessor": {"StartAt": "In", "States": {
                      "In": {"Type": "Task", "Resource": "task:in", "TimeoutSecondsPath": "$.line", "End": true}}},
                    "ResultPath": "$.lines", "Next": "Old"},
                  "Old": {"Type": "Map", "ItemsPath": "$.lines", "Parameters": {"n.$": "$$.Map.Item.Value.line"},
                    "Iterator": {"StartAt": "Plain", "States": {"Plain": {"Type": "Pass", "End": true}}},
                    "ResultPath": "$.old", "Next": "Both"},
                  "Both": {"Type": "Parallel", "Parameters": {"o.$": "$.order", "x": 1}, "ResultPath": "$.both", "Next": "Wait",
                    "ResultSelector": {"first.$": "$[0]", "second.$": "$[1].o.shop"},
                    "Branches": [
                      {"StartAt": "L", "States": {"L": {"Type": "Pass", "OutputPath": "$.x", "End": true}}},
                      {"StartAt": "R", "States": {"R": {"Type": "Succeed"}}}]},
                  "Wait": {"Type": "Wait", "SecondsPath": "$.order.most", "Next": "Until"},
                  "Until": {"Type": "Wait", "TimestampPath": "$.until", "Next": "Done"},
                  "Done": {"Type": "Succeed"}}}
                """,
                "{\"order\": {\"lines\": [1, 2, 3], \"most\": 2, \"shop\": \"s\"}, \"until\":"
                        + " \"2026-01-02T00:00:00Z\"}",
                "{\"order\": {\"lines\": [4], \"most\": 1, \"shop\": {}}, \"until\": \"2026-01-02T00:00:00Z\"}");
    }

    @Test
    void whatFailsByAPathFailsWithTheSameError() {
        JsonNode original = JsonText.parse(
                "definition",
                one("{\"Type\": \"Fail\", \"ErrorPath\": \"$.e\", \"CausePath\": \"States.Format('{}!', $.c)\"}"));
        WorkflowRun run = run(new ConvertedDefinition().of((ObjectNode) original), "{\"e\": \"E\", \"c\": \"C\"}");

        assertThat(run.error()).isEqualTo("E");
        assertThat(run.cause()).isEqualTo("C!");
    }

    @Test
    void whatIsNotCertainIsLeftAndNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("orders.asl.json"), """
            {"StartAt": "Sure", "States": {
              "Sure": {"Type": "Pass", "Parameters": {"a.$": "$.b", "token": "${Token}"}, "Next": "Many"},
              "Many": {"Type": "Pass", "Parameters": {"in": {"a/b.$": "$.lines[*].price"}}, "Next": "Ask"},
              "Ask": {"Type": "Choice", "Default": "Last", "Choices": [
                {"And": [{"Variable": "$.v", "IsPresent": true}, {"Variable": "$.v", "StringMatches": "a*"}], "Next": "Last"}]},
              "Last": {"Type": "Task", "Resource": "task:t", "Next": "Set", "ResultSelector": {"s.$": "States.JsonToString($)"},
                "Catch": [{"ErrorEquals": ["States.Timeout"], "Next": "Set"}]},
              "Set": {"Type": "Pass", "Assign": {"v.$": "$.a"}, "Next": "Like"},
              "Like": {"Type": "Pass", "Result": {"x": "{% 1 %}"}, "Next": "Caught"},
              "Caught": {"Type": "Task", "Resource": "task:t", "End": true,
                "Retry": [{"ErrorEquals": ["States.Runtime"]}]}}}
            """);

        Shell shell = Shell.run("convert", file.toString(), "-s", "Token=t");

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.err().lines())
                .containsExactly(
                        "/States/Many/Parameters/in/a~1b.$: '$.lines[*].price' is no path to a single value",
                        "/States/Ask/Choices/0/And/1/StringMatches: StringMatches has no certain counterpart in"
                                + " JSONata",
                        "/States/Last/ResultSelector/s.$: States.JsonToString has no certain counterpart in JSONata",
                        "/States/Set/Assign: it is not certain what $ stands for there",
                        "/States/Like/Result/x: would be an expression in JSONata",
                        "/States/Caught/Retry/0/ErrorEquals: States.Runtime is an error of JSONPath",
                        "1 states converted, 6 left");
        JsonNode written = JsonText.parse("out", shell.out());
        JsonNode original = JsonText.file(file);
        assertThat(written.has("QueryLanguage")).isFalse();
        assertThat(written.at("/States/Sure"))
                .hasToString(
                        "{\"Type\":\"Pass\",\"QueryLanguage\":\"JSONata\",\"Output\":{\"a\":\"{% $states.input.b %}\","
                                + "\"token\":\"${Token}\"},\"Next\":\"Many\"}");
        for (String left : List.of("Many", "Ask", "Last", "Set", "Like", "Caught")) {
            assertThat(written.at("/States/" + left)).isEqualTo(original.at("/States/" + left));
        }
    }

    @Test
    void aWholeMachineHasOneLanguageAndItsLabels() throws IOException {
        Path file = Files.writeString(folder.resolve("orders.asl.json"), """
            {"Comment": "c", "StartAt": "A", "Reprise": {"Labels": {"order.$": "$.id"}}, "States": {
              "A": {"Type": "Pass", "QueryLanguage": "JSONata", "Next": "B"}, "B": {"Type": "Succeed"}}}
            """);

        Shell shell = Shell.run("convert", file.toString());

        assertThat(shell.exitCode()).isZero();
        assertThat(JsonText.parse("out", shell.out()))
                .hasToString(
                        "{\"Comment\":\"c\",\"QueryLanguage\":\"JSONata\",\"StartAt\":\"A\",\"Reprise\":{\"Labels\":{\"order\":\"{%"
                                + " $states.input.id %}\"}},\"States\":{\"A\":{\"Type\":\"Pass\",\"Next\":\"B\"},"
                                + "\"B\":{\"Type\":\"Succeed\"}}}");
        Path again = Files.writeString(folder.resolve("again.asl.json"), shell.out());
        assertThat(Shell.run("convert", again.toString()))
                .isEqualTo(new Shell(0, shell.out(), "0 states converted, 0 left\n"));
    }

    @Test
    void whatIsWrongIsNotConverted() throws IOException {
        Path file =
                Files.writeString(folder.resolve("orders.asl.json"), one("{\"Type\": \"Pass\", \"Next\": \"Tow\"}"));

        Shell shell = Shell.run("convert", file.toString());

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains("no state named 'Tow'");
    }

    /** Recorded cases, where there are some: {@code -Dcorpus=DIR}, as for the root project's tests. */
    @Test
    @EnabledIfSystemProperty(named = "corpus", matches = ".+")
    void recordedCasesEndAlike() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of(System.getProperty("corpus"), "asl"))) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        List<String> different = new ArrayList<>();
        int compared = 0;
        for (Path file : files) {
            JsonNode recorded = JsonText.file(file);
            boolean alone = recorded.path("kind").asText().equals("execution")
                    && !recorded.has("tasks")
                    && !recorded.has("resources")
                    && recorded.at("/expected/status").asText().equals("SUCCEEDED");
            ConvertedDefinition conversion = new ConvertedDefinition();
            if (!alone) {
                continue;
            }
            JsonNode converted = conversion.of(recorded.path("definition").deepCopy());
            if (conversion.converted() == 0) {
                continue;
            }
            try {
                WorkflowRun expected =
                        run(recorded.path("definition"), recorded.path("input").toString());
                WorkflowRun run = run(converted, recorded.path("input").toString());
                compared++;
                if (expected.status() == ExecutionStatus.SUCCEEDED
                        && !String.valueOf(expected.output()).equals(String.valueOf(run.output()))) {
                    different.add(file.getFileName() + ": " + expected.output() + " became " + run.output() + " "
                            + run.cause() + "\n" + converted);
                }
            } catch (RuntimeException e) {
                different.add(file.getFileName() + ": " + e + "\n" + converted);
            }
        }

        assertThat(compared).isPositive();
        System.out.println(compared + " compared");
        assertThat(different).isEmpty();
    }

    /** Published definitions, where there are some: {@code -Dfield=DIR}. */
    @Test
    @EnabledIfSystemProperty(named = "field", matches = ".+")
    void publishedDefinitionsStayValid() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("field"), "definitions"))) {
            files = all.sorted().toList();
        }
        List<String> broken = new ArrayList<>();
        int converted = 0;
        for (Path file : files) {
            if (!Definitions.file(file, Map.of()).errors().isEmpty()) {
                continue;
            }
            ConvertedDefinition conversion = new ConvertedDefinition();
            Path written = Files.writeString(
                    folder.resolve(file.getFileName()),
                    conversion.of((ObjectNode) JsonText.file(file)).toString());
            converted += conversion.converted();
            Definitions.file(written, Map.of()).errors().forEach(broken::add);
            conversion.left().forEach(line -> System.out.println("LEFT " + line));
        }
        System.out.println("CONVERTED " + converted);

        assertThat(converted).isPositive();
        assertThat(broken).isEmpty();
    }
}
