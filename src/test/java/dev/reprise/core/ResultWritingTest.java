package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Effect;
import dev.reprise.execution.MapResults;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a distributed Map asks to be written, and when. */
class ResultWritingTest {

    private static final String NOTHING = "{\"FAILED\":[],\"PENDING\":[],\"SUCCEEDED\":[]}";
    private static final String WRITTEN = "{'MapRunArn': 'run', 'ResultWriterDetails': {'Bucket': 'b', 'Key': 'k'}}";

    private static Scripted map(String writerConfig, String fields) {
        return Scripted.ofState("""
            'Type': 'Map', 'Label': 'Lines', %s
            'ResultWriter': {'Resource': 'arn:aws:states:::s3:putObject', %s
              'Parameters': {'Bucket': 'b', 'Prefix': 'p'}},
            'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
              'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': 'task:t', 'End': true}}}\
            """.formatted(fields, writerConfig));
    }

    private static Scripted compact(String fields) {
        return map("'WriterConfig': {'Transformation': 'COMPACT', 'OutputType': 'JSON'},", fields);
    }

    @Test
    void aTestIsWrittenBeforeAnyChildStarts() {
        Scripted run = compact("");

        assertThat(run.start("[1, 2]").effects()).containsExactly("write /:1 manifest " + NOTHING);
        assertThat(run.succeeded("/:1", WRITTEN).effects())
                .containsExactly("run /S[0]:1 task:t 1", "run /S[1]:1 task:t 2");
    }

    @Test
    void whenTheTestCannotBeWrittenNoChildStarts() {
        Scripted run = compact("").start("[1, 2]");
        run.effects();

        run.failed("/:1", "States.ResultWriterFailed", "Access Denied (Service: S3, Status Code: 403)");

        assertThat(run.effects())
                .containsExactly("failed States.ResultWriterFailed: An error occurred while executing the state 'S'"
                        + " (entered at the event id #2). Failed to write a test manifest into the specified output"
                        + " bucket. | Message from S3: Access Denied (Service: S3, Status Code: 403)");
    }

    @Test
    void filesComeOneAfterTheOtherAndTheManifestLast() {
        Scripted run = compact("'ToleratedFailureCount': 1,").start("[1, 2, 3]").succeeded("/:1", WRITTEN);
        run.succeeded("/S[2]:1", "'c'").failed("/S[1]:1", "E").effects();

        run.succeeded("/S[0]:1", "'a'");
        List<JsonNode> failed = values(run);
        assertThat(failed).extracting(child -> child.path("Error").asText()).containsExactly("E");
        run.effects();

        assertThat(run.succeeded("/:2", "{'Key': 'f', 'Size': 1}").effects())
                .containsExactly("write /:3 SUCCEEDED_0 [\"a\", \"c\"]");
        assertThat(run.succeeded("/:3", "{'Key': 's', 'Size': 2}").effects())
                .containsExactly("write /:4 manifest {\"FAILED\":[{\"Key\":\"f\",\"Size\":1}],\"PENDING\":[],"
                        + "\"SUCCEEDED\":[{\"Key\":\"s\",\"Size\":2}]}");
        assertThat(run.succeeded("/:4", WRITTEN).outcome()).isEqualTo("succeeded " + Scripted.json(WRITTEN));
    }

    @Test
    void withoutItemsThereIsStillAManifest() {
        Scripted run = compact("").start("[]").succeeded("/:1", WRITTEN);

        assertThat(run.effects()).endsWith("write /:2 manifest " + NOTHING);
    }

    @Test
    void whenTooManyFailedWhatThereIsIsWrittenAndTheStateFails() {
        Scripted run = compact("'MaxConcurrency': 2,").start("[1, 2, 3]").succeeded("/:1", WRITTEN);
        run.effects();

        assertThat(run.failed("/S[1]:1", "E").effects()).contains("abandon /S[0]:1");
        assertThat(values(run))
                .extracting(child -> child.path("Status").asText() + " "
                        + child.path("Input").asText())
                .containsExactly("ABORTED 1", "FAILED 2");
        run.succeeded("/:2", "{'Key': 'f', 'Size': 1}");
        assertThat(values(run))
                .extracting(child -> child.path("Status").asText() + " "
                        + child.path("Input").asText())
                .containsExactly("PENDING 3");
        run.succeeded("/:3", "{'Key': 'p', 'Size': 1}").effects();

        assertThat(run.succeeded("/:4", WRITTEN).effects())
                .containsExactly("failed States.ExceedToleratedFailureThreshold:"
                        + " The specified tolerated failure threshold was exceeded");
    }

    @Test
    void aFailureOfTheWriterDoesNotHideThatTooManyFailed() {
        Scripted run = compact("").start("[1]").succeeded("/:1", WRITTEN).failed("/S[0]:1", "E");

        assertThat(run.failed("/:2", "States.ResultWriterFailed").outcome())
                .startsWith("failed States.ExceedToleratedFailureThreshold");
    }

    @Test
    void aFailureOfTheWriterFailsTheState() {
        Scripted run = compact("").start("[1]").succeeded("/:1", WRITTEN).succeeded("/S[0]:1", "1");

        assertThat(run.failed("/:2", "States.ResultWriterFailed").outcome())
                .isEqualTo("failed States.ResultWriterFailed: because");
    }

    @Test
    void withoutATransformationChildrenAreDescribedAsExecutions() {
        Scripted run =
                map("", "'ToleratedFailureCount': 1,").start("['x', 'y']").succeeded("/:1", WRITTEN);
        run.failed("/S[1]:1", "E").succeeded("/S[0]:1", "{'n': 1}");

        JsonNode failed = values(run).get(0);
        JsonNode succeeded = values(run.succeeded("/:2", "{}")).get(0);

        String arns = "arn:aws:states:us-east-1:111111111111:";
        String name = succeeded.path("Name").asText();
        assertThat(succeeded).isEqualTo(Scripted.json("""
            {'ExecutionArn': '%sexecution:test/Lines:%s', 'Input': '\\"x\\"',
             'InputDetails': {'Included': true}, 'Name': '%s', 'Output': '{\\"n\\":1}',
             'OutputDetails': {'Included': true}, 'RedriveCount': 0, 'RedriveStatus': 'NOT_REDRIVABLE',
             'RedriveStatusReason': 'Execution is SUCCEEDED and cannot be redriven',
             'StartDate': '1970-01-01T00:00:01.000Z', 'StateMachineArn': '%sstateMachine:test/Lines',
             'Status': 'SUCCEEDED', 'StopDate': '1970-01-01T00:00:03.000Z'}\
            """.formatted(arns, name, name, arns)));
        assertThat(failed.path("Error").asText()).isEqualTo("E");
        assertThat(failed.path("Cause").asText()).isEqualTo("because");
        assertThat(failed.path("StopDate").asText()).isEqualTo("1970-01-01T00:00:02.000Z");
        assertThat(failed.has("Output")).isFalse();
    }

    @Test
    void flattenTakesArraysApart() {
        Scripted run = map("'WriterConfig': {'Transformation': 'FLATTEN', 'OutputType': 'JSONL'},", "")
                .start("[1, 2]")
                .succeeded("/:1", WRITTEN);
        run.succeeded("/S[0]:1", "[1, [2]]").effects();

        assertThat(run.succeeded("/S[1]:1", "3").effects()).containsExactly("write /:2 SUCCEEDED_0 [1, [2], 3]");
    }

    @Test
    void largeResultsFillSeveralFiles() {
        String large = "'" + "x".repeat(5_900_000) + "'";
        Scripted run = compact("").start("[1, 2, 3, 4, 5, 6, 7]").succeeded("/:1", WRITTEN);
        for (int i = 0; i < 7; i++) {
            run.succeeded("/S[" + i + "]:1", large);
        }

        assertThat(file(run).number()).isZero();
        assertThat(values(run)).hasSize(6);
        run.succeeded("/:2", "{'Key': 'one', 'Size': 1}");
        assertThat(file(run).number()).isEqualTo(1);
        assertThat(values(run)).hasSize(1);
        run.succeeded("/:3", "{'Key': 'two', 'Size': 1}");
        assertThat(manifest(run).files().path("SUCCEEDED")).hasSize(2);
    }

    @Test
    void theWritingIsTakenUpWhereASnapshotLeftIt() {
        Scripted run = compact("'ToleratedFailureCount': 1,");
        List<Runnable> steps = List.of(
                () -> run.start("[1, 2]"),
                () -> run.succeeded("/:1", WRITTEN),
                () -> run.failed("/S[0]:1", "E"),
                () -> run.succeeded("/S[1]:1", "'b'"),
                () -> run.succeeded("/:2", "{'Key': 'f', 'Size': 1}"),
                () -> run.succeeded("/:3", "{'Key': 's', 'Size': 1}"));
        for (Runnable step : steps) {
            step.run();
            Scripted restored = run.restored();
            assertThat(restored.openEffects()).isEqualTo(run.openEffects());
            assertThat(restored.interpreter().snapshot())
                    .hasToString(run.interpreter().snapshot().toString());
        }
    }

    @Test
    void aFailureThatIsYetToComeIsTakenUpToo() {
        Scripted run = compact("").start("[1]").succeeded("/:1", WRITTEN).failed("/S[0]:1", "E");

        Scripted restored =
                run.restored().succeeded("/:2", "{'Key': 'f', 'Size': 1}").restored();

        assertThat(restored.succeeded("/:3", WRITTEN).outcome())
                .startsWith("failed States.ExceedToleratedFailureThreshold");
    }

    private static List<JsonNode> values(Scripted run) {
        return file(run).values();
    }

    private static MapResults.File file(Scripted run) {
        return (MapResults.File) results(run).part();
    }

    private static MapResults.Manifest manifest(Scripted run) {
        return (MapResults.Manifest) results(run).part();
    }

    private static MapResults results(Scripted run) {
        List<Effect> open = run.interpreter().openEffects();
        assertThat(open).hasSize(1);
        return ((Effect.WriteResults) open.get(0)).results();
    }
}
