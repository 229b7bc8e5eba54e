package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.core.event.HistoryEventType;
import org.junit.jupiter.api.Test;

/**
 * The run of a distributed Map goes on where it failed: only its children that did not succeed run again, and what was
 * to be written is written anew.
 */
class RedrivenMapRunsTest {

    private static final String WRITTEN = "{'MapRunArn': 'run', 'ResultWriterDetails': {'Bucket': 'b', 'Key': 'k'}}";
    private static final String READER = """
        'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject', 'ReaderConfig': {'InputType': 'JSON'},
        'Parameters': {'Bucket': 'b', 'Key': 'k'}},\
        """;
    private static final String WRITER = """
        'ResultWriter': {'Resource': 'arn:aws:states:::s3:putObject', 'Parameters': {'Bucket': 'b'},
        'WriterConfig': {'Transformation': 'COMPACT', 'OutputType': 'JSON'}},\
        """;

    private static String map(String fields) {
        return Scripted.state("'Type': 'Map', " + fields + """
            'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
            'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': 'task:t', 'End': true}}}\
            """);
    }

    @Test
    void onlyChildrenThatFailedOrWereAbortedRunAgain() {
        Scripted run = Scripted.of(map(""))
                .start("[1, 2, 3]")
                .succeeded("/S[0]:1", "'a'")
                .failed("/S[1]:1", "Oops");
        assertThat(run.outcome()).startsWith("failed States.ExceedToleratedFailureThreshold");

        run.redriven();

        assertThat(run.effects()).containsExactly("run /S[1]:2 task:t 2", "run /S[2]:2 task:t 3");
        assertThat(run.details(HistoryEventType.MapRunRedriven))
                .matches(
                        "\\{\"mapRunArn\":\"arn:aws:states:us-east-1:111111111111:mapRun:test/S:.*\",\"redriveCount\":1}");
        assertThat(run.succeeded("/S[1]:2", "'b'").succeeded("/S[2]:2", "'c'").outcome())
                .isEqualTo("succeeded [\"a\",\"b\",\"c\"]");
        assertThat(run.chain())
                .endsWith(
                        "ExecutionFailed 6",
                        "ExecutionRedriven 7",
                        "MapRunRedriven 4",
                        "MapRunSucceeded 9",
                        "MapStateSucceeded 10",
                        "MapStateExited 10",
                        "ExecutionSucceeded 12");
    }

    @Test
    void theItemsThatWereReadAreNotReadAgain() {
        Scripted run = Scripted.reading("['x', 'y']", map(READER))
                .start("{}")
                .read("/:1", 2)
                .succeeded("/S[0]:1", "1")
                .failed("/S[1]:1", "Oops");

        assertThat(run.redriven().effects()).containsExactly("run /S[1]:2 task:t \"y\"");
    }

    @Test
    void aRunThatNeverStartedReadsItsItems() {
        Scripted run = Scripted.reading("['x']", map(READER)).start("{}").failed("/:1", "States.ItemReaderFailed");

        assertThat(run.redriven().openEffects()).singleElement().asString().startsWith("read /:2 ");
        assertThat(run.read("/:2", 1).openEffects()).containsExactly("run /S[0]:1099511627777 task:t \"x\"");
    }

    @Test
    void whenOnlyTheWriterFailedNothingRunsAgain() {
        Scripted run = Scripted.of(map(WRITER))
                .start("[1, 2]")
                .succeeded("/:1", WRITTEN)
                .succeeded("/S[0]:1", "'a'")
                .succeeded("/S[1]:1", "'b'")
                .succeeded("/:2", "{'Key': 's', 'Size': 2}")
                .failed("/:3", "States.ResultWriterFailed");
        assertThat(run.outcome()).isEqualTo("failed States.ResultWriterFailed: because");

        run.redriven();

        assertThat(run.openEffects()).containsExactly("write /:4 SUCCEEDED_0 [\"a\", \"b\"]");
        assertThat(run.succeeded("/:4", "{'Key': 's', 'Size': 2}")
                        .succeeded("/:5", WRITTEN)
                        .outcome())
                .isEqualTo("succeeded " + Scripted.json(WRITTEN));
    }

    @Test
    void theFailuresThatWereWrittenRunAgainAndAllIsWrittenAnew() {
        Scripted run = Scripted.of(map(WRITER))
                .start("[1, 2]")
                .succeeded("/:1", WRITTEN)
                .succeeded("/S[0]:1", "'a'")
                .failed("/S[1]:1", "Oops")
                .succeeded("/:2", "{'Key': 'f', 'Size': 1}")
                .succeeded("/:3", "{'Key': 's', 'Size': 1}")
                .succeeded("/:4", WRITTEN);
        assertThat(run.outcome()).startsWith("failed States.ExceedToleratedFailureThreshold");

        run.redriven();

        assertThat(run.effects()).containsExactly("run /S[1]:1099511627777 task:t 2");
        assertThat(run.succeeded("/S[1]:1099511627777", "'b'").effects())
                .containsExactly("write /:5 SUCCEEDED_0 [\"a\", \"b\"]");
    }

    @Test
    void aWriterThatCannotWriteItsTestBeginsTheStateAgain() {
        Scripted run = Scripted.of(map(WRITER)).start("[1]").failed("/:1", "States.ResultWriterFailed");

        assertThat(run.redriven().openEffects()).singleElement().asString().startsWith("write /:2 manifest ");
    }

    @Test
    void aFatalErrorInAChildIsTheChilds() {
        Scripted run = Scripted.of(
                        map("").replace("'Resource': 'task:t'", "'Resource': 'task:t', 'Parameters': {'x.$': '$.x'}"))
                .start("[{'x': 1}, {}]");
        assertThat(run.outcome()).startsWith("failed States.ExceedToleratedFailureThreshold");

        assertThat(run.redriven().outcome()).startsWith("failed States.ExceedToleratedFailureThreshold");
    }
}
