package dev.reprise.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.dataset.NoObjects;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import dev.reprise.runtime.MapData;
import dev.reprise.task.InProcessTasks;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import dev.reprise.workflow.Substitutions;
import dev.reprise.workflow.UnknownResources;
import dev.reprise.workflow.WorkflowCatalogue;
import io.smallrye.mutiny.Uni;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowSamplesTest {

    private static final TaskRunners TASKS = new TaskRunners(new InProcessTasks(Map.of(
            "double",
            call -> Uni.createFrom().item(IntNode.valueOf(2 * call.input().intValue())))));

    @TempDir
    Path folder;

    @Test
    void aWaitOfADayTakesNoTime() throws Exception {
        write("waits.asl.json", """
            {"StartAt": "Wait", "States": {
              "Wait": {"Type": "Wait", "Seconds": 86400, "Next": "Double"},
              "Double": {"Type": "Task", "Resource": "task:double", "End": true}}}\
            """);

        ExecutionDescription ended = tester().run("waits", "21");

        assertThat(ended.output()).hasToString("42");
        assertThat(Duration.between(ended.startDate(), ended.stopDate())).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void whatAnExecutionStartsRunsToo() throws Exception {
        write("waits.asl.json", """
            {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 3600, "End": true}}}\
            """);
        write("parent.asl.json", """
            {"StartAt": "Start", "States": {"Start": {"Type": "Task", "End": true,
              "Resource": "arn:aws:states:::states:startExecution.sync:2",
              "Parameters": {"StateMachineArn": "workflow:waits", "Input": {"n": 1}}, "OutputPath": "$.Output"}}}\
            """);

        ExecutionDescription ended = tester().run("parent", "{}");

        assertThat(ended.status()).as("%s", ended).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(ended.output().path("n").intValue()).isEqualTo(1);
    }

    @Test
    void aWaitForSomebodyElseIsNoTestThatHangs() throws Exception {
        write("asks.asl.json", """
            {"StartAt": "Ask", "States": {"Ask": {"Type": "Task", "End": true,
              "Resource": "arn:aws:states:us-east-1:000000000000:activity:approve"}}}\
            """);

        assertThatThrownBy(() -> tester().run("asks", "{}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("waits for an answer from outside");
    }

    @Test
    void aSampleThatNeverEndsIsNoTestThatHangs() throws Exception {
        write("polls.asl.json", """
            {"StartAt": "Wait", "States": {
              "Wait": {"Type": "Wait", "Seconds": 60, "Next": "Again?"},
              "Again?": {"Type": "Choice", "Choices": [{"Variable": "$.never", "IsPresent": true, "Next": "End"}],
                "Default": "Wait"},
              "End": {"Type": "Succeed"}}}\
            """);

        assertThatThrownBy(() -> tester().run("polls", "{}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not end: it has been resumed 2000 times, and it is 2026-01-02T");
    }

    @Test
    void samplesAreTriedAndSaidWhatIsWrong() throws Exception {
        write("right.asl.json", task("double"));
        write("right.input.json", "21");
        write("right.output.json", "42");
        write("alone.asl.json", task("double"));
        assertThat(tester().problems()).isEmpty();

        write("other.asl.json", task("double"));
        write("other.input.json", "21");
        write("other.output.json", "43");
        write("same.asl.json", task("double"));
        write("same.input.json", "21");
        write("same.output.json", "42.0");
        write("fails.asl.json", """
            {"StartAt": "No", "States": {"No": {"Type": "Fail", "Error": "Sorry", "Cause": "as ever"}}}\
            """);
        write("fails.input.json", "{}");
        write("invalid.asl.json", "{}");
        write("missing.asl.json", task("triple"));
        write("missing.input.json", "1");
        write("orphan.asl.json", task("double"));
        write("orphan.output.json", "1");
        write("malformed.asl.json", task("double"));
        write("malformed.input.json", "{");

        assertThat(tester().problems())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .isEqualTo(folder.resolve("other.asl.json")
                                        + ": with other.input.json it gave 42, not what other.output.json says."
                                        + " At the top 43 is expected, not 42."),
                        line -> assertThat(line)
                                .isEqualTo(folder.resolve("fails.asl.json")
                                        + ": with fails.input.json it ended as FAILED with Sorry: as ever"),
                        line -> assertThat(line).contains("invalid.asl.json:", "[States, StartAt]"),
                        line -> assertThat(line).contains("missing.asl.json: with missing.input.json", "'task:triple'"),
                        line -> assertThat(line).contains("orphan.output.json: there is no orphan.input.json"),
                        line -> assertThat(line)
                                .isEqualTo(folder.resolve("malformed.input.json")
                                        + ": is no JSON: Unexpected end-of-input: expected close marker for Object"
                                        + " (line 1, column 2)"));
    }

    private static String task(String name) {
        return "{\"StartAt\": \"T\", \"States\": {\"T\": {\"Type\": \"Task\", \"Resource\": \"task:" + name
                + "\", \"End\": true}}}";
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(folder.resolve(name), text);
    }

    private WorkflowSamples tester() {
        WorkflowCatalogue workflows = new WorkflowCatalogue(
                folder,
                new QueryExpressionChecker(),
                language -> language == QueryLanguage.JSONATA
                        ? new JsonataQueries(QueryLimits.DEFAULT)
                        : new JsonPathQueries(),
                List.of(new UnknownResources(TASKS)),
                Substitutions.none());
        return new WorkflowSamples(
                workflows,
                TASKS,
                new MapData(new NoObjects(), new TaskThreads(Runnable::run)),
                InterpreterLimits.DEFAULT,
                Map::of);
    }
}
