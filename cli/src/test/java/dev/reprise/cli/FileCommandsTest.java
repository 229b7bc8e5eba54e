package dev.reprise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.task.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands about files. */
class FileCommandsTest {

    private static final String ORDERS = """
        {"StartAt": "Charge", "States": {
          "Charge": {"Type": "Task", "Resource": "task:charge", "Next": "Pause"},
          "Pause": {"Type": "Wait", "Seconds": 3600, "Next": "Done"},
          "Done": {"Type": "Succeed"}}}
        """;

    @TempDir
    Path folder;

    private Path orders;

    @BeforeEach
    void write() throws IOException {
        orders = write("orders.asl.json", ORDERS);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static JsonNode json(String text) {
        return JsonText.parse("the output", text);
    }

    // ---- validate

    @Test
    void aValidFileSaysNothing() {
        Shell shell = Shell.run("validate", orders.toString());

        assertThat(shell).isEqualTo(new Shell(0, "", "1 file, 0 errors, 0 warnings\n"));
    }

    @Test
    void allProblemsAreToldWithTheirPlaces() throws IOException {
        write(
                "orders.asl.json",
                ORDERS.replace("\"Next\": \"Done\"", "\"Next\": \"Dome\"").replace("3600", "-1"));

        Shell shell = Shell.run("validate", folder.toString());

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.out())
                .contains("orders.asl.json:3:")
                .contains("/States/Pause/Next: no state named 'Dome' (did you mean 'Done'?)")
                .contains("/States/Pause/Seconds");
    }

    @Test
    void aFoldersTriggersAreLookedAtToo() throws IOException {
        write("triggers.json", "[{\"queue\": \"q\", \"workflow\": \"ordres\"}, {\"workflow\": \"orders\"}]");

        Shell shell = Shell.run("validate", folder.toString());

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.out())
                .isEqualTo(folder.resolve("triggers.json")
                        + ":1:40: /1: One of the following fields is required: [queue, topic, bucket, event]\n");
        write("triggers.json", "[{\"queue\": \"q\", \"workflow\": \"ordres\"}]");
        assertThat(Shell.run("validate", folder.toString()).out())
                .endsWith("triggers.json:1:17: warning: /0/workflow: no file of a workflow 'ordres' (did you mean"
                        + " 'orders'?)\n");
    }

    @Test
    void problemsAreToldAsSarif() throws IOException {
        write("orders.asl.json", ORDERS.replace("\"Next\": \"Done\"", "\"Next\": \"Dome\""));

        JsonNode log = json(
                Shell.run("validate", orders.toString(), "--format", "sarif").out());

        assertThat(log.path("version").asText()).isEqualTo("2.1.0");
        JsonNode result = log.at("/runs/0/results/0");
        assertThat(result.path("level").asText()).isEqualTo("error");
        assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt())
                .isEqualTo(3);
        assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .endsWith("orders.asl.json");
    }

    @Test
    void problemsAreToldAsJson() throws IOException {
        write("orders.asl.json", ORDERS.replace("\"Next\": \"Done\"", "\"Next\": \"Dome\""));

        JsonNode findings = json(
                Shell.run("validate", orders.toString(), "--format", "json").out());

        assertThat(findings.at("/0/location").asText()).isEqualTo("/States/Pause/Next");
        assertThat(findings.at("/0/severity").asText()).isEqualTo("ERROR");
    }

    @Test
    void aWarningIsAProblemForTheStrict() throws IOException {
        write("orders.asl.json", """
            {"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": {"id.$": "$.id"}, "End": true}}}
            """);

        assertThat(Shell.run("validate", orders.toString()).exitCode()).isZero();
        assertThat(Shell.run("validate", orders.toString(), "--strict").exitCode())
                .isEqualTo(1);
    }

    @Test
    void aFileThatIsNotThereIsNoProblemOfADefinition() {
        assertThat(Shell.run("validate", "nowhere.asl.json"))
                .isEqualTo(new Shell(3, "", "reprise: There is no file nowhere.asl.json\n"));
    }

    // ---- fmt

    @Test
    void aFileIsLaidOutOnce() throws IOException {
        Path file = write("a.json", "{\"b\":1.50,\"a\":[1,\n2],\"c\":{\"d\":{\"e\":\"\\u00e9\\n\"}},\"f\":{}}");

        assertThat(Shell.run("fmt", "--check", file.toString()).exitCode()).isEqualTo(1);
        assertThat(Shell.run("fmt", file.toString()).exitCode()).isZero();
        assertThat(Files.readString(file)).isEqualTo("""
            {
              "b": 1.50,
              "a": [1, 2],
              "c": {
                "d": { "e": "é\\n" }
              },
              "f": {}
            }
            """);
        assertThat(Shell.run("fmt", "--check", file.toString()).exitCode()).isZero();
    }

    @Test
    void whatIsNoJsonIsNotTouched() throws IOException {
        Path file = write("a.json", "{\"a\": 1, \"a\": 2}");

        assertThat(Shell.run("fmt", file.toString()).err()).contains("a.json: line 1, column", "Duplicate field 'a'");
        assertThat(Files.readString(file)).isEqualTo("{\"a\": 1, \"a\": 2}");
    }

    // ---- graph

    @Test
    void aDefinitionIsDrawn() {
        assertThat(Shell.run("graph", orders.toString()).out()).contains("[*] --> s1", "s1 --> s2");
        assertThat(Shell.run("graph", orders.toString(), "--format", "svg").out())
                .startsWith("<svg xmlns");
        assertThat(Shell.run("graph", orders.toString(), "--format", "dot").out())
                .startsWith("digraph \"orders\"");
    }

    // ---- run

    @Test
    void theResultStandsAloneOnStandardOutput() throws IOException {
        write("mocks.json", "{\"Charge\": {\"compute\": {\"paid\": \"{% $states.input.cents %}\"}}}");

        Shell shell =
                Shell.run("run", orders.toString(), "-i", "{\"cents\": 5}", "-m", folder.resolve("mocks.json") + "");

        assertThat(shell.exitCode()).isZero();
        assertThat(shell.out()).isEqualTo("{ \"paid\": 5 }\n");
        assertThat(shell.err()).contains("✓ Charge", "SUCCEEDED after 3600.0 s");
    }

    @Test
    void anInputMayBeAFile() throws IOException {
        Path input = write("input.json", "{\"cents\": 5}");
        Path mocks = write("mocks.json", "{\"Charge\": {\"compute\": \"{% $states.input.cents %}\"}}");

        assertThat(Shell.run("run", orders + "", "-q", "-m", mocks + "", "--input", "@" + input)
                        .out())
                .isEqualTo("5\n");
        assertThat(Shell.run("run", orders + "", "--input", "@none.json").err())
                .isEqualTo("reprise: There is no file none.json\n");
    }

    @Test
    void aRunThatFailsSaysSo() throws IOException {
        write("mocks.json", "{\"Charge\": {\"throw\": {\"error\": \"Declined\", \"cause\": \"no\"}}}");

        Shell shell = Shell.run("run", orders.toString(), "-m", folder.resolve("mocks.json") + "", "--output", "json");

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(json(shell.out()).path("error").asText()).isEqualTo("Declined");
        assertThat(shell.err()).contains("FAILED after 0.0 s: Declined: no");
    }

    @Test
    void aTaskWithoutAMockIsNamed() {
        Shell shell = Shell.run("run", orders.toString(), "--quiet");

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.err()).contains("State 'Charge' calls 'task:charge'");
    }

    @Test
    void aCaseOfAFileOfTestsGivesTheMocks() throws IOException {
        Path tests = write("orders.test.json", """
            {"cases": [{"name": "one", "mocks": {"Charge": {"return": 1}}},
              {"name": "two", "mocks": {"Charge": {"return": 2}}}]}
            """);

        assertThat(Shell.run("run", orders.toString(), "-q", "-m", tests + "#two")
                        .out())
                .isEqualTo("2\n");
        assertThat(Shell.run("run", orders.toString(), "-q", "-m", tests + "#three")
                        .err())
                .contains("there is no case 'three'. There are: one, two");
    }

    @Test
    void inRealTimeAWaitTakesItsTime() throws IOException {
        write(
                "orders.asl.json",
                "{\"StartAt\": \"W\", \"States\": {\"W\": {\"Type\": \"Wait\", \"Seconds\": 1, \"End\": true}}}");
        long begun = System.nanoTime();

        assertThat(Shell.run("run", orders.toString(), "--real-time").exitCode())
                .isZero();

        assertThat(System.nanoTime() - begun).isGreaterThan(900_000_000L);
    }

    /** A task of a user's own. */
    static final class Charging {
        @Task("charge")
        JsonNode charge(JsonNode input) {
            return JsonText.parse("paid", "{\"paid\": " + input.path("cents") + "}");
        }
    }

    @Test
    void tasksOfOnesOwnRun() throws Exception {
        String classes = Path.of(FileCommandsTest.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        write(
                "orders.test.json",
                "{\"cases\": [{\"name\": \"own\", \"input\": {\"cents\": 5}, \"expect\": {\"output\": {\"paid\":"
                        + " 5}}}]}");
        String tasks = Charging.class.getName();

        assertThat(Shell.run("run", orders + "", "-q", "-i", "{\"cents\": 5}", "--tasks", tasks, "-cp", classes))
                .isEqualTo(new Shell(0, "{ \"paid\": 5 }\n", ""));
        assertThat(Shell.run("test", folder + "", "--tasks", tasks, "--class-path", classes)
                        .out())
                .contains("1 cases, 0 failed");
        assertThat(Shell.run("run", orders + "", "--tasks", "org.example.None").err())
                .contains("There is no class org.example.None in target/classes");
    }

    private static final String SHIPPING = """
        {"StartAt": "P", "States": {"P": {"Type": "Pass", "Result": "${Carrier}", "End": true}}}
        """;

    @Test
    void tokensGetTheirValues() throws IOException {
        Path file = write("shipping.asl.json", SHIPPING);

        assertThat(Shell.run("run", file + "", "-q", "-s", "Carrier=post").out())
                .isEqualTo("\"post\"\n");
        assertThat(Shell.run("validate", file + "", "-s", "Carrier=post").exitCode())
                .isZero();
        assertThat(Shell.run("validate", file + "").out()).contains("${Carrier} has no value");
    }

    @Test
    void tokensGetTheirValuesOfTheEnvironment() throws Exception {
        Files.delete(orders);
        Path file = write("shipping.asl.json", SHIPPING);
        write("shipping.test.json", "{\"cases\": [{\"name\": \"c\", \"expect\": {\"output\": \"post\"}}]}");

        Map<String, String> environment = Map.of("REPRISE_SUBSTITUTIONS", "{\"Carrier\": \"post\"}");
        assertThat(Shell.runWith(environment, "run", file + "", "-q").out()).isEqualTo("\"post\"\n");
        assertThat(Shell.runWith(environment, "test", folder + "").out()).contains("1 cases, 0 failed");
        assertThat(Shell.runWith(environment, "validate", folder + "").err()).contains("1 file, 0 errors");
    }

    // ---- test

    @Test
    void aChangedFileIsSeen() throws Exception {
        FileStamps before = FileStamps.of(List.of(folder));
        Files.setLastModifiedTime(orders, FileTime.fromMillis(1));

        assertThat(before.awaitChange(List.of(folder))).isNotEqualTo(before);
    }

    @Test
    void testsRunAndTellWhatTheyCover() throws IOException {
        write("orders.test.json", """
            {"cases": [
              {"name": "good", "mocks": {"Charge": {"return": 1}}, "expect": {"output": 1, "elapsedSeconds": 3600}},
              {"name": "bad", "mocks": {"Charge": {"return": 1}}, "expect": {"output": 2}}]}
            """);

        Shell all = Shell.run("test", folder.toString(), "--junit", folder.resolve("out/junit.xml") + "");
        Shell good =
                Shell.run("test", folder.toString(), "--filter", "good", "--coverage", "text", "--threshold", "100");

        assertThat(all.exitCode()).isEqualTo(1);
        assertThat(all.out())
                .contains("orders: good", "orders: bad", "At the top 2 is expected, not 1", "2 cases, 1 failed");
        assertThat(Files.readString(folder.resolve("out/junit.xml"))).contains("tests=\"2\" failures=\"1\"");
        assertThat(good.exitCode()).isZero();
        assertThat(good.out()).contains("1 cases, 0 failed", "orders: 100.0 % covered: 3 of 3 states");
    }

    @Test
    void coloursAreForTerminalsAndForWhoWantsThem() throws Exception {
        write("orders.test.json", "{\"cases\": [{\"mocks\": {\"Charge\": {\"return\": 1}}}]}");

        assertThat(Shell.runWith(Map.of("REPRISE_TERMINAL", "out"), "test", folder + "")
                        .out())
                .startsWith("\u001b[32mok");
        assertThat(Shell.runWith(Map.of("REPRISE_TERMINAL", "out", "NO_COLOR", "1"), "test", folder + "")
                        .out())
                .startsWith("ok");
        assertThat(Shell.runWith(Map.of("REPRISE_TERMINAL", ""), "test", folder + "")
                        .out())
                .startsWith("ok");
    }

    @Test
    void coverageBelowTheThresholdFails() throws IOException {
        write(
                "orders.test.json",
                "{\"cases\": [{\"mocks\": {\"Charge\": {\"throw\": {\"error\": \"E\"}}},"
                        + " \"expect\": {\"error\": \"E\"}}]}");

        Shell shell = Shell.run("test", folder + "", "--threshold", "50", "--coverage-svg", folder.resolve("svg") + "");

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.err()).contains("orders is covered by 20.0 %, and 50.0 % are asked for");
        assertThat(folder.resolve("svg/orders.svg")).content().contains("class=\"missed\"");
    }

    @Test
    void everythingThatIsWrongWithTestsIsTold() throws IOException {
        write("orders.test.json", "{\"cases\": [{\"mocks\": {\"Chrage\": {\"return\": 1}}, \"inputs\": 1}]}");

        Shell shell = Shell.run("test", folder.toString());

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.err()).contains("/cases/0/mocks/Chrage", "/cases/0/inputs");
    }

    // ---- export and import

    @Test
    void plainAslHasNoBlockOfReprise() throws IOException {
        Path file = write("map.asl.json", """
            {"Reprise": {"Durability": "JOURNALED"}, "StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true,
              "Reprise": {"ToleratedFailureCount": 2, "MinSuccessful": 1},
              "ItemProcessor": {"StartAt": "Charge", "States": {
                "Charge": {"Type": "Task", "Resource": "task:charge", "End": true}}}}}}
            """);

        Shell shell =
                Shell.run("export", file.toString(), "-r", "task:charge=arn:aws:lambda:us-east-1:1:function:charge");

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.err()).isEqualTo("/States/Each/Reprise/MinSuccessful: ASL cannot say this\n");
        JsonNode plain = json(shell.out());
        assertThat(plain.toString()).doesNotContain("Reprise");
        assertThat(plain.at("/States/Each/ToleratedFailureCount").asInt()).isEqualTo(2);
        assertThat(plain.at("/States/Each/ItemProcessor/States/Charge/Resource").asText())
                .contains(":function:charge");
    }

    @Test
    void aTaskOfThisFunctionNeedsSomethingToStandForIt() {
        assertThat(Shell.run("export", orders.toString()).err()).contains("--resource task:charge=ARN");
    }

    @Test
    void aDeployedMachineBecomesAFile() throws IOException {
        JsonNode answer = StepFunctionsClient.object().put("name", "shop").put("definition", ORDERS);
        Path file = write("answer.json", answer.toString());

        Shell shell = Shell.run("import", file.toString(), "--folder", folder.resolve("workflows") + "");

        assertThat(shell.exitCode()).isZero();
        assertThat(folder.resolve("workflows/shop.asl.json")).content().startsWith("{\n  \"StartAt\": \"Charge\",");
        assertThat(Shell.run("import", file.toString(), "--folder", folder.resolve("workflows") + "")
                        .err())
                .contains("is there already; --force writes over it");
    }

    // ---- the rest

    @Test
    void aReplayTellsWhereADefinitionGoesAnotherWay() throws IOException {
        Path history = write("history.json", """
            {"events": [
              {"id": 1, "previousEventId": 0, "type": "ExecutionStarted", "executionStartedEventDetails": {"input": "{}"}},
              {"id": 2, "previousEventId": 0, "type": "PassStateEntered", "stateEnteredEventDetails": {"name": "Check"}},
              {"id": 3, "previousEventId": 2, "type": "PassStateExited", "stateExitedEventDetails": {"name": "Check"}},
              {"id": 4, "previousEventId": 3, "type": "ExecutionSucceeded", "executionSucceededEventDetails": {"output": "{}"}}]}
            """);

        Shell shell = Shell.run("test", orders.toString(), "--replay", history.toString());

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.out()).contains("After its start it went to state Check, and goes to state Charge now");
        assertThat(Shell.run("test", orders.toString(), "--replay", history.toString(), "--output", "json")
                        .out())
                .contains("\"verdict\": \"DIFFERENT\"", "\"kind\": \"OTHER_STATE\"", "\"state\": \"Charge\"");
    }

    @Test
    void everyCommandHasAnExampleAndAnExitCode() {
        for (String command : Reprise.commandLine(new PrintWriter(System.out), new PrintWriter(System.err))
                .getSubcommands()
                .keySet()) {
            Shell help = Shell.run(command, "--help");
            assertThat(help.exitCode()).as(command).isZero();
            assertThat(help.out()).as(command).contains("Example: ");
        }
        assertThat(Shell.run("nonsense").exitCode()).isEqualTo(2);
        assertThat(Shell.run().exitCode()).isEqualTo(2);
    }

    @Test
    void shellsCompleteCommands() {
        assertThat(Shell.run("completion").out()).contains("complete -F _complete_reprise", "validate");
    }
}
