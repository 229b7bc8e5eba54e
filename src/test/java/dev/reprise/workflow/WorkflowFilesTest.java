package dev.reprise.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.State;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.journal.store.Origin;
import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of a workflow may hold, and where their problems are said to be. */
class WorkflowFilesTest {

    private static final Map<QueryLanguage, Queries> LANGUAGES = Map.of(
            QueryLanguage.JSONPATH, new JsonPathQueries(),
            QueryLanguage.JSONATA, new JsonataQueries(QueryLimits.DEFAULT));

    private static final String CHARGE = """
        {
          "StartAt": "Charge",
          "States": {
            "Charge": {
              "Type": "Task", "Resource": "${ChargeFunction}", "TimeoutSeconds": ${Timeout}, "Next": "Recipt"
            },
            "Receipt": {"Type": "Pass", "End": true}
          }
        }
        """;

    @TempDir
    Path folder;

    private final Instant written = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void theStoredDefinitionIsTheSubstitutedOne() throws Exception {
        write("orders.asl.json", pass("${Name}"));
        write("orders.substitutions.json", "{\"Name\": \"Charge\"}");

        Workflow workflow = file(Substitutions.none()).workflow();

        assertThat(workflow).isNotNull();
        assertThat(workflow.definition().text()).isEqualTo(pass("Charge"));
        assertThat(workflow.program().machine().source()).isEqualTo(workflow.definition());
        assertThat(workflow.program().machine().body().states()).containsOnlyKeys("Charge");
    }

    @Test
    void aChangeOfTheSubstitutionsIsSeen() throws Exception {
        write("orders.asl.json", pass("${Name}"));
        WorkflowCatalogue catalogue = catalogue(Substitutions.none());
        assertThat(catalogue.all().getFirst().errors())
                .containsExactly(
                        folder.resolve("orders.asl.json") + ":1:14: ${Name} has no value (give it one in"
                                + " orders.substitutions.json, as"
                                + " reprise.substitutions.NAME, or in"
                                + " REPRISE_SUBSTITUTIONS)",
                        folder.resolve("orders.asl.json") + ":1:36: ${Name} has no value (give it one in"
                                + " orders.substitutions.json, as"
                                + " reprise.substitutions.NAME, or in"
                                + " REPRISE_SUBSTITUTIONS)");

        Path values = write("orders.substitutions.json", "{\"Name\": \"A\"}");
        assertThat(startOf(catalogue)).isEqualTo("A");

        Files.writeString(values, "{\"Name\": \"B\"}");
        Files.setLastModifiedTime(values, FileTime.from(written.plusSeconds(1)));
        assertThat(startOf(catalogue)).isEqualTo("B");

        Files.delete(values);
        assertThat(catalogue.all().getFirst().workflow()).isNull();
        assertThat(catalogue.all()).extracting(WorkflowFile::name).containsExactly("orders");
    }

    @Test
    void problemsStandWhereTheFileHasThem() throws Exception {
        write("orders.asl.json", CHARGE);
        write(
                "orders.substitutions.json",
                "{\"ChargeFunction\": \"arn:aws:lambda:us-east-1:111111111111:function:charge\", \"Timeout\": 0}");

        assertThat(file(Substitutions.none()).errors())
                .containsExactly(
                        folder.resolve("orders.asl.json") + ":5:56: /States/Charge/TimeoutSeconds: Minimum value is 1",
                        folder.resolve("orders.asl.json") + ":5:86: /States/Charge/Next: no state named 'Recipt' (did"
                                + " you mean 'Receipt'?)",
                        folder.resolve("orders.asl.json") + ":7:5: /States/Receipt: State \"Receipt\" is not reachable."
                                + " (lead to it from another state, or remove it)");
    }

    @Test
    void aValueThatBreaksTheTextIsNamed() throws Exception {
        write("orders.asl.json", CHARGE);
        write("orders.substitutions.json", "{\"ChargeFunction\": \"a\\\"b\", \"Timeout\": 5}");

        assertThat(file(Substitutions.none()).errors())
                .singleElement()
                .asString()
                .startsWith(folder.resolve("orders.asl.json") + ":5:36: ")
                .endsWith(" (in the value of ${ChargeFunction}, or behind it)");
    }

    @Test
    void whatAWorkflowDoesNotUseIsAWarning() throws Exception {
        write("orders.asl.json", pass("${Name}"));
        write("orders.substitutions.json", "{\"Name\": \"A\",\n \"Tabel\": \"x\"}");

        WorkflowFile file = file(Substitutions.of(Map.of("orders/Other", "1", "Shared", "2", "returns/X", "3"), null));

        assertThat(file.workflow()).isNotNull();
        assertThat(file.warnings())
                .containsExactly(
                        folder.resolve("orders.substitutions.json")
                                + ":2:2: warning: nothing in orders.asl.json uses ${Tabel}",
                        "reprise.substitutions.\"orders/Other\": warning: nothing in orders.asl.json uses ${Other}");
    }

    @Test
    void whatNoWorkflowUsesIsAWarningOfTheCatalogue() throws Exception {
        write("orders.asl.json", pass("${Name}"));
        WorkflowCatalogue catalogue =
                catalogue(Substitutions.of(Map.of("Name", "A", "Nmae", "B", "returns/X", "3"), "{\"Y\": 1}"));

        assertThat(catalogue.all().getFirst().workflow()).isNotNull();
        assertThat(catalogue.unusedSubstitutions())
                .containsExactlyInAnyOrder(
                        "reprise.substitutions.Nmae: warning: no workflow in " + folder + " uses ${Nmae}",
                        "reprise.substitutions.\"returns/X\": warning: there is no workflow 'returns' in " + folder,
                        "REPRISE_SUBSTITUTIONS /Y: warning: no workflow in " + folder + " uses ${Y}");
    }

    @Test
    void whatOnlyTheTriggersUseIsUsed() throws Exception {
        write("orders.asl.json", pass("A"));
        write("triggers.json", "[{\"queue\": \"${Queue}\", \"workflow\": \"orders\"}]");
        WorkflowCatalogue catalogue =
                catalogue(Substitutions.of(Map.of("Queue", "q", "triggers/Queue", "r", "Qeue", "s"), null));

        assertThat(catalogue.all()).hasSize(1);
        assertThat(catalogue.unusedSubstitutions())
                .containsExactly("reprise.substitutions.Qeue: warning: no workflow in " + folder + " uses ${Qeue}");
    }

    /** A file of triggers says so beforehand; a state machine that was created by a request has none. */
    @Test
    void labelsForWhichThereIsNoRoomAreLeftOut() throws Exception {
        StringJoiner six = new StringJoiner(", ", "{", "}");
        for (int i = 0; i < 6; i++) {
            six.add("\"of-definition-" + i + "\": \"v\"");
        }
        write(
                "orders.asl.json",
                "{\"Reprise\": {\"Labels\": " + six
                        + "}, \"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}");
        Map<String, String> given = new TreeMap<>();
        for (int i = 0; i < 8; i++) {
            given.put("of-trigger-" + i, "v");
        }

        Map<String, String> all = Objects.requireNonNull(
                        file(Substitutions.none()).workflow())
                .newExecution(
                        new ExecutionIdentity("arn", "first", "machine", "orders", "role", null),
                        JsonNodeFactory.instance.objectNode(),
                        written,
                        null,
                        null,
                        Origin.NONE.labelled(given))
                .origin()
                .labels();

        assertThat(all).hasSize(10).containsAllEntriesOf(given).containsKeys("of-definition-0", "of-definition-1");
    }

    @Test
    void aBrokenFileOfSubstitutionsIsAnErrorAtItsPlace() throws Exception {
        write("orders.asl.json", pass("A"));
        Path values = folder.resolve("orders.substitutions.json");
        for (Map.Entry<String, String> broken : Map.of(
                        "{\"A\": [1]}", ":1:7: the value of A must be a text, a number or a boolean",
                        "{\"A\": 1,\n \"A\": 2}", ":2:7: A has a value twice",
                        "[]", ":1:1: substitutions are one JSON object: {\"TOKEN\": \"value\"}",
                        "{} 1", ":1:4: text follows the object",
                        "{\"A\" 1}", ":1:6: Unexpected character")
                .entrySet()) {
            write("orders.substitutions.json", broken.getKey());
            assertThat(file(Substitutions.none()).errors())
                    .singleElement()
                    .asString()
                    .startsWith(values + broken.getValue());
        }
    }

    @Test
    void aBrokenVariableIsToldWhereAValueIsMissing() throws Exception {
        write("orders.asl.json", pass("${Name}"));

        assertThat(file(Substitutions.of(Map.of(), "{")).errors().getFirst())
                .startsWith("REPRISE_SUBSTITUTIONS: is no JSON: ");
    }

    @Test
    void aDefinitionMayBeYaml() throws Exception {
        write("orders.asl.yaml", """
            # Charges, then tells.
            StartAt: Charge
            States:
              Charge:
                Type: Task
                Resource: ${Function}
                TimeoutSeconds: 5
                Next: Wait
              Wait:
                Type: Wait
                SecondsPath: $.seconds
                End: true
            """);
        write("orders.substitutions.json", "{\"Function\": \"arn:aws:lambda:us-east-1:111111111111:function:charge\"}");

        WorkflowFile file = file(Substitutions.none());

        assertThat(file.errors()).isEmpty();
        Workflow workflow = file.workflow();
        assertThat(workflow.program().machine().body().states().get("Charge")).isInstanceOf(State.Task.class);
        // An execution that goes on later reads what is stored, and knows JSON only.
        assertThat(catalogue(Substitutions.none())
                        .compiled("hash", workflow.definition()::text)
                        .machine()
                        .body())
                .isEqualTo(workflow.program().machine().body());
    }

    @Test
    void problemsOfYamlStandAtLineAndColumn() throws Exception {
        write("orders.asl.yml", """
            StartAt: Charge
            States:
              Charge:
                Type: Pass
                Next: Recipt
              Second: {Type: Pass, Next: Charge, Comment: *x}
            """);
        assertThat(file(Substitutions.none()).errors())
                .containsExactly(
                        folder.resolve("orders.asl.yml")
                                + ":6:38: /States/Second/Comment: the alias *x is not followed (write the value out:"
                                + " CloudFormation would take the alias for a text)",
                        folder.resolve("orders.asl.yml") + ":5:5: /States/Charge/Next: no state named 'Recipt'",
                        folder.resolve("orders.asl.yml")
                                + ":2:1: /States: Workflow has no terminal state (give one state \"End\": true)");

        write("orders.asl.yml", "StartAt: A\nStates:\n  A: {Type: Succeed\n  B: {}\n");
        assertThat(file(Substitutions.none()).errors())
                .singleElement()
                .asString()
                .startsWith(folder.resolve("orders.asl.yml") + ":4:4: ")
                .doesNotContain("\n");
    }

    @Test
    void jsonThatIsOnlyYamlIsTakenAsCloudFormationTakesIt() throws Exception {
        write(
                "orders.asl.json",
                "{\n  \"StartAt\": \"A\", # first\n  \"States\": {\"A\": {\"Type\": \"Succeed\",},}\n}\n");

        WorkflowFile file = file(Substitutions.none());

        assertThat(file.workflow()).isNotNull();
        assertThat(file.workflow().definition().text()).startsWith("{").doesNotContain("#");
        assertThat(file.warnings())
                .singleElement()
                .asString()
                .startsWith(folder.resolve("orders.asl.json") + ":2:19: warning: no JSON: Unexpected character ('#'")
                .endsWith("(read as YAML, as CloudFormation would; Step Functions itself would refuse it)");
    }

    @Test
    void textThatIsNeitherIsReportedAsJson() throws Exception {
        write("orders.asl.json", "{\"StartAt\" \"A\"}");
        assertThat(file(Substitutions.none()).errors())
                .singleElement()
                .asString()
                .startsWith(folder.resolve("orders.asl.json") + ":1:12: Unexpected character ('\"'");

        write("orders.asl.json", "not a definition");
        assertThat(file(Substitutions.none()).errors())
                .singleElement()
                .asString()
                .startsWith(folder.resolve("orders.asl.json") + ":1:1: Unrecognized token 'not'");
    }

    @Test
    void ofTwoFilesOfOneNameTheSecondIsNamed() throws Exception {
        write("orders.asl.json", pass("A"));
        write("orders.asl.yaml", "{}");

        WorkflowFile file = file(Substitutions.none());

        assertThat(file.workflow()).isNotNull();
        assertThat(file.warnings())
                .containsExactly(folder.resolve("orders.asl.yaml")
                        + ": warning: is not read: orders.asl.json has the same name");
    }

    private WorkflowFile file(Substitutions substitutions) {
        List<WorkflowFile> all = catalogue(substitutions).all();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static String startOf(WorkflowCatalogue catalogue) {
        return catalogue.named("orders").program().machine().body().startAt();
    }

    private WorkflowCatalogue catalogue(Substitutions substitutions) {
        return new WorkflowCatalogue(folder, new QueryExpressionChecker(), LANGUAGES::get, List.of(), substitutions);
    }

    private Path write(String name, String text) throws Exception {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setLastModifiedTime(file, FileTime.from(written));
    }

    private static String pass(String state) {
        return "{\"StartAt\": \"" + state + "\", \"States\": {\"" + state + "\": {\"Type\": \"Pass\", \"End\": true}}}";
    }
}
