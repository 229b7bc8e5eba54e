package dev.reprise.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.testing.suite.Coverage.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of tests: what is read, what is refused, what is covered. */
class WorkflowSuiteTest {

    private static final String ORDERS = """
        {"StartAt": "Charge", "States": {
          "Charge": {"Type": "Task", "Resource": "task:charge",
            "Retry": [{"ErrorEquals": ["Busy"]}, {"ErrorEquals": ["Slow"]}],
            "Catch": [{"ErrorEquals": ["Declined"], "Next": "Refuse"}, {"ErrorEquals": ["States.ALL"], "Next": "Refuse"}],
            "Next": "Large"},
          "Large": {"Type": "Choice", "Choices": [
            {"Variable": "$.cents", "NumericGreaterThan": 1000, "Next": "Insure"},
            {"Variable": "$.cents", "NumericGreaterThan": 500, "Next": "Ship"}], "Default": "Ship"},
          "Insure": {"Type": "Pass", "Next": "Ship"},
          "Ship": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
            "Parameters": {"QueueUrl": "q", "MessageBody.$": "$"}, "End": true},
          "Refuse": {"Type": "Fail", "Error": "Refused"}}}
        """;

    private static final String SENT = "\"Ship\": {\"return\": {\"MessageId\": \"m\", \"MD5OfMessageBody\": \"d\"}}";

    @TempDir
    Path folder;

    private WorkflowSuite suite(String tests) throws IOException {
        Files.writeString(folder.resolve("orders.asl.json"), ORDERS);
        Files.writeString(folder.resolve("orders.test.json"), tests);
        return WorkflowSuite.in(folder);
    }

    private List<String> problems(String tests) {
        return Objects.requireNonNull(catchThrowableOfType(TestFileException.class, () -> suite(tests)))
                .problems();
    }

    @Test
    void aCaseThatDoesWhatIsExpectedPasses() throws IOException {
        WorkflowSuite suite = suite("""
            {"mocks": {%s}, "cases": [
              {"name": "small", "mocks": {"Charge": {"return": {"cents": 5}}},
               "expect": {"path": ["Charge", "Large", "Ship"]}},
              {"name": "declined", "mocks": {"task:charge": {"throw": {"error": "Declined"}}},
               "expect": {"error": "Refused"}}]}
            """.formatted(SENT));

        assertThat(suite.run(each -> true)).allMatch(CaseResult::passed).hasSize(2);
    }

    @Test
    void aCaseThatDoesNotSaysWhatItDid() throws IOException {
        WorkflowSuite suite = suite("""
            {"cases": [{"name": "small", "mocks": {"Charge": {"return": {"cents": 5}}, %s},
              "expect": {"output": {"MessageId": "other"}}}]}
            """.formatted(SENT));

        CaseResult result = suite.run(each -> true).get(0);

        assertThat(result.problem()).contains("At /MD5OfMessageBody nothing is expected", "TaskStateEntered");
        assertThat(JUnitXml.write(List.of(result)))
                .contains("<testsuite name=\"orders\" tests=\"1\" failures=\"1\"", "<failure message=\"Another output");
    }

    @Test
    void everythingThatIsWrongWithAFileIsToldAtOnce() {
        assertThat(problems("""
            {"mocks": {"Chrage": {"return": 1}}, "cases": [
              {"name": "a", "inputs": {}, "mocks": {"Charge": {"retrun": 1}},
               "steps": [{"advanceSeconds": -1}, {"wait": 3}],
               "expect": {"path": ["Chrage"], "status": "DONE", "calls": {"Ship": "twice"}}},
              {"name": "a", "mocks": {"Charge": []}, "startAt": "noon", "objects": {"bucket": "x"}}]}
            """))
                .extracting(problem -> problem.substring(problem.indexOf(": /") + 2))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("/mocks/Chrage: there is no Task state of this name"),
                        each -> assertThat(each).startsWith("/cases/0/mocks/Charge: an answer is expected"),
                        each -> assertThat(each).startsWith("/cases/0/mocks/Charge/retrun: there is no such member"),
                        each -> assertThat(each).startsWith("/cases/0/steps/0/advanceSeconds: a number of seconds"),
                        each -> assertThat(each).startsWith("/cases/0/steps/1: a step is expected"),
                        each -> assertThat(each).startsWith("/cases/0/expect/calls/Ship: a number of calls"),
                        each -> assertThat(each).startsWith("/cases/0/expect/status: one of"),
                        each -> assertThat(each).startsWith("/cases/0/expect/path: there is no state 'Chrage'"),
                        each -> assertThat(each).startsWith("/cases/0/inputs: there is no such member"),
                        each -> assertThat(each).startsWith("/cases/1/mocks/Charge: a list of at least one answer"),
                        each -> assertThat(each).startsWith("/cases/1/startAt: a time such as"),
                        each -> assertThat(each).startsWith("/cases/1/objects/bucket: an object is named BUCKET/KEY"),
                        each -> assertThat(each).startsWith("/cases/1/name: another case is named 'a'"));
    }

    @Test
    void aMockIsHeldAgainstWhatItsServiceAnswers() {
        assertThat(problems("{\"cases\": [{\"mocks\": {\"Ship\": {\"return\": {\"MessageId\": 7}}}}]}"))
                .singleElement()
                .asString()
                .contains(
                        "/cases/0/mocks/Ship/return: Mock result schema validation error",
                        "\"validation\": \"PRESENT\"");
    }

    @Test
    void aMockThatIsNotCheckedMayBeAnything() throws IOException {
        WorkflowSuite suite = suite("{\"cases\": [{\"mocks\": {\"Charge\": {\"return\": {\"cents\": 1}},"
                + " \"Ship\": {\"return\": 7, \"validation\": \"NONE\"}}, \"expect\": {\"output\": 7}}]}");

        assertThat(suite.run(each -> true)).allMatch(CaseResult::passed);
    }

    @Test
    void aFileWithoutAWorkflowIsRefused() throws IOException {
        Files.writeString(folder.resolve("other.test.json"), "{}");
        Files.writeString(folder.resolve("other.json"), ORDERS);

        assertThat(problems("{\"cases\": [{}]}")).singleElement().asString().contains("other.asl.json is expected");
    }

    @Test
    void whatNoCaseCameToIsTold() throws IOException {
        WorkflowSuite suite = suite("""
            {"mocks": {%s}, "cases": [
              {"mocks": {"Charge": [{"throw": {"error": "Busy"}}, {"return": {"cents": 2000}}]}}]}
            """.formatted(SENT));
        assertThat(suite.run(each -> true)).allMatch(CaseResult::passed);

        Coverage coverage = Objects.requireNonNull(suite.coverage().get("orders"));

        assertThat(coverage.missed(Kind.STATE)).containsExactly("Refuse");
        assertThat(coverage.missed(Kind.TRANSITION))
                .containsExactly(
                        "Charge → Refuse (Declined)",
                        "Charge → Refuse (States.ALL)",
                        "Large → Ship (rule 2)",
                        "Large → Ship (Default)");
        assertThat(coverage.missed(Kind.CHOICE_RULE)).containsExactly("Large Choices[1]: rule 2", "Large Default");
        assertThat(coverage.missed(Kind.CATCHER))
                .containsExactly("Charge Catch[0]: Declined", "Charge Catch[1]: States.ALL");
        assertThat(coverage.missed(Kind.RETRIER)).containsExactly("Charge Retry[1]: Slow");
        assertThat(CoverageReport.text(suite.coverage()))
                .startsWith("orders: 47.4 % covered: 4 of 5 states")
                .contains("never reached: catcher Charge Catch[0]: Declined");
        assertThat(CoverageReport.json(suite.coverage()).at("/orders/retriers"))
                .hasToString("{\"reached\":1,\"total\":2,\"missed\":[\"Charge Retry[1]: Slow\"]}");
        assertThat(CoverageReport.svg("orders", coverage))
                .contains("<rect class=\"missed\"", "<rect class=\"reached\"", "class=\"catcher missed\"");
    }

    @Test
    void theCasesOfStepFunctionsLocalRunAsTheyAre() throws IOException {
        Files.writeString(folder.resolve("orders.asl.json"), ORDERS);
        Files.writeString(folder.resolve("MockConfigFile.json"), """
            {"StateMachines": {"orders": {"TestCases": {
               "Happy": {"Charge": "BusyThenPaid", "Ship": "Sent"}, "Declined": {"Charge": "Declined"}}}},
             "MockedResponses": {
               "BusyThenPaid": {"0-1": {"Throw": {"Error": "Busy", "Cause": "later"}}, "2": {"Return": {"cents": 1}}},
               "Sent": {"0": {"Return": {"MessageId": "m"}}},
               "Declined": {"0": {"Throw": {"Error": "Declined", "Cause": "no"}}}}}
            """);

        WorkflowSuite suite = WorkflowSuite.in(folder);

        assertThat(suite.cases()).extracting(WorkflowSuite.Case::name).containsExactly("Happy", "Declined");
        assertThat(suite.run(each -> true)).allMatch(CaseResult::passed);
        assertThat(suite.coverage().get("orders").missed(Kind.CATCHER)).containsExactly("Charge Catch[1]: States.ALL");
    }

    @Test
    void aCaseMayTakeItsMocksFromStepFunctionsLocal() throws IOException {
        Files.writeString(folder.resolve("mocks.json"), """
            {"StateMachines": {"orders": {"TestCases": {"Happy": {"Charge": "Paid"}}}},
             "MockedResponses": {"Paid": {"0": {"Return": {"cents": 1}}}}}
            """);

        WorkflowSuite suite = suite("{\"cases\": [{\"mockConfig\": {\"file\": \"mocks.json\", \"case\": \"Happy\"},"
                + " \"mocks\": {" + SENT + "}}]}");

        assertThat(suite.run(each -> true)).allMatch(CaseResult::passed);
        assertThat(problems("{\"cases\": [{\"mockConfig\": {\"file\": \"mocks.json\", \"case\": \"Sad\"}}]}"))
                .singleElement()
                .asString()
                .contains("there is no case 'Sad'. There are: Happy");
    }

    @Test
    void aResponseWithGapsIsRefused() throws IOException {
        Path file = folder.resolve("mocks.json");
        Files.writeString(file, """
            {"StateMachines": {"orders": {"TestCases": {"Happy": {"Charge": "Paid"}}}},
             "MockedResponses": {"Paid": {"1": {"Return": {"cents": 1}}}}}
            """);

        assertThat(catchThrowableOfType(
                        TestFileException.class, () -> MockConfigFile.read(file).mocks("orders", "Happy")))
                .hasMessageContaining("calls are numbered from 0, without gaps");
    }

    /** What the reader knows is what it names when it is given something else. */
    @Test
    void theSchemaKnowsTheMembersThatTheReaderDoes() throws IOException {
        assertMembers("", "{\"x\": 1, \"cases\": [{}]}");
        assertMembers("/definitions/case", "{\"cases\": [{\"x\": 1}]}");
        assertMembers("/definitions/expect", "{\"cases\": [{\"expect\": {\"x\": 1}}]}");
        assertMembers(
                "/definitions/answer",
                "{\"cases\": [{\"mocks\": {\"Charge\": {\"x\": 1}, \"Ship\": {\"return\": {}, \"x\": 1}}}]}");
    }

    private void assertMembers(String pointer, String tests) throws IOException {
        List<String> described = new ArrayList<>();
        schema().at(pointer + "/properties").fieldNames().forEachRemaining(described::add);
        described.remove("$schema");
        List<String> known = new ArrayList<>();
        for (String problem : problems(tests)) {
            Matcher names = Pattern.compile("Known are (.*)$").matcher(problem);
            if (names.find()) {
                known.addAll(Arrays.asList(names.group(1).split(", ", -1)));
            }
        }
        assertThat(known.stream().distinct()).containsExactlyInAnyOrderElementsOf(described);
    }

    private static JsonNode schema() throws IOException {
        try (InputStream schema = WorkflowSuite.class.getResourceAsStream("workflow-test.schema.json")) {
            return TestFile.JSON.readTree(schema);
        }
    }
}
