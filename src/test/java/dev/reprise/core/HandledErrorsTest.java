package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.TimerKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which errors a state's retriers and catchers see under which names. */
class HandledErrorsTest {

    private static final InterpreterLimits SMALL = new InterpreterLimits(300, 10_000);
    private static final String LARGE = "'" + "x".repeat(400) + "'";

    /** A Parallel of one branch that fails with E, and a catcher. */
    private static String parallel(String errorEquals) {
        return """
            {'StartAt': 'Both', 'States': {
              'Both': {'Type': 'Parallel', 'Branches': [{'StartAt': 'Broken', 'States': {'Broken': {'Type': 'Fail', 'Error': 'E', 'Cause': 'c'}}}],
                'Catch': [{'ErrorEquals': ['%s'], 'Next': 'Handled'}], 'End': true},
              'Handled': {'Type': 'Succeed'}}}\
            """.formatted(errorEquals);
    }

    @ParameterizedTest
    @ValueSource(strings = {"States.BranchFailed", "States.ALL", "States.TaskFailed", "E"})
    void aParallelSeesAFailedBranchUnderSeveralNames(String name) {
        assertThat(Scripted.of(parallel(name)).start("{}").outcome())
                .isEqualTo("succeeded {\"Error\":\"E\",\"Cause\":\"c\"}");
    }

    @Test
    void aParallelRetriesAFailedBranch() {
        Scripted run = Scripted.of("""
            {'StartAt': 'Both', 'States': {
              'Both': {'Type': 'Parallel', 'Branches': [{'StartAt': 'Broken', 'States': {'Broken': {'Type': 'Fail', 'Error': 'E'}}}],
                'Retry': [{'ErrorEquals': ['States.BranchFailed'], 'MaxAttempts': 1}], 'End': true}}}\
            """).start("{}");

        assertThat(run.outcome()).isNull();
        assertThat(run.fired("/:1", TimerKind.RETRY).outcome()).startsWith("failed E");
    }

    /** The Parallel's own data is no branch. */
    @Test
    void whatTheParallelItselfMakesIsNoFailedBranch() {
        String definition = parallel("States.BranchFailed")
                .replace("'Error': 'E', 'Cause': 'c'", "'Cause': 'c'")
                .replace("'Type': 'Fail'", "'Type': 'Succeed'")
                .replace(", 'Cause': 'c'", "")
                .replace("'Branches'", "'ResultSelector': {'a.$': 'States.StringToJson($[0])'}, 'Branches'");

        assertThat(Scripted.of(definition).start("'{'").outcome()).startsWith("failed States.IntrinsicFailure");
    }

    @Test
    void aMapHasNoBranches() {
        Scripted run = Scripted.of("""
            {'StartAt': 'Each', 'States': {
              'Each': {'Type': 'Map', 'ItemProcessor': {'StartAt': 'Broken', 'States': {'Broken': {'Type': 'Fail', 'Error': 'E'}}},
                'Catch': [{'ErrorEquals': ['States.BranchFailed'], 'Next': 'Handled'}], 'End': true},
              'Handled': {'Type': 'Succeed'}}}\
            """).start("[1]");

        assertThat(run.outcome()).startsWith("failed E");
    }

    /** One that a task gives is a failure of the task like any other. */
    @ParameterizedTest
    @ValueSource(strings = {"States.ALL", "States.TaskFailed", "States.DataLimitExceeded"})
    void aTasksResultThatIsTooLargeCanBeCaught(String name) {
        String definition = """
            {'StartAt': 'Ask', 'States': {
              'Ask': {'Type': 'Task', 'Resource': 'task:ask', 'Catch': [{'ErrorEquals': ['%s'], 'Next': 'Handled'}], 'End': true},
              'Handled': {'Type': 'Pass', 'Result': 'handled', 'End': true}}}\
            """.formatted(name);

        Scripted run = Scripted.of(definition, SMALL).start("{}").succeeded("/:1", LARGE);

        assertThat(run.outcome()).isEqualTo("succeeded \"handled\"");
    }

    /** One that a state makes of its data is what AWS calls terminal. */
    @ParameterizedTest
    @CsvSource({"States.ALL, failed States.DataLimitExceeded", "States.DataLimitExceeded, succeeded \"handled\""})
    void whatAStateMakesItselfIsNotCaughtByAll(String name, String outcome) {
        String definition = """
            {'StartAt': 'Ask', 'States': {
              'Ask': {'Type': 'Task', 'Resource': 'task:ask', 'ResultSelector': {'a.$': '$', 'b.$': '$'},
                'Catch': [{'ErrorEquals': ['%s'], 'Next': 'Handled'}], 'End': true},
              'Handled': {'Type': 'Pass', 'Result': 'handled', 'End': true}}}\
            """.formatted(name);

        Scripted run = Scripted.of(definition, SMALL).start("{}").succeeded("/:1", "'" + "x".repeat(200) + "'");

        assertThat(run.outcome()).startsWith(outcome);
    }

    @Test
    void aResultThatIsTooLargeIsToldInItsOwnWords() {
        Scripted run = Scripted.of(
                        "{'StartAt': 'Copy', 'States': {'Copy': {'Type': 'Pass', 'Result': " + LARGE
                                + ", 'End': true}}}",
                        SMALL)
                .start("{}");

        assertThat(run.outcome())
                .isEqualTo(
                        "failed States.DataLimitExceeded: The state/task 'Copy' returned a result with a size exceeding"
                                + " the maximum number of bytes service limit.");
    }

    /** The first is what AWS says, the second what its documentation says. */
    @ParameterizedTest
    @ValueSource(strings = {"States.ReferencePathConflict", "States.ResultPathMatchFailure", "States.ALL"})
    void aResultThatHasNoPlaceCanBeCaughtUnderTwoNames(String name) {
        String definition = """
            {'StartAt': 'Ask', 'States': {
              'Ask': {'Type': 'Task', 'Resource': 'task:ask', 'ResultPath': '$.answer',
                'Catch': [{'ErrorEquals': ['%s'], 'Next': 'Handled'}], 'End': true},
              'Handled': {'Type': 'Succeed'}}}\
            """.formatted(name);

        assertThat(Scripted.of(definition).start("['a']").succeeded("/:1", "1").outcome())
                .isEqualTo("succeeded {\"Error\":\"States.ReferencePathConflict\",\"Cause\":\"Unable to apply step"
                        + " \\\"answer\\\" to input [\\\"a\\\"]\"}");
    }

    @Test
    void aMapWithoutItemsIsNotStarted() {
        Scripted run = Scripted.of("""
            {'StartAt': 'Each', 'States': {
              'Each': {'Type': 'Map', 'ItemsPath': '$.orders', 'ItemProcessor': {'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}},
                'Catch': [{'ErrorEquals': ['States.ReferencePathConflict'], 'ResultPath': '$.error', 'Next': 'Handled'}], 'End': true},
              'Handled': {'Type': 'Pass', 'InputPath': '$.error.Cause', 'End': true}}}\
            """).start("{'order': 1}");

        assertThat(run.outcome())
                .isEqualTo("succeeded \"Unable to apply step \\\"orders\\\" to input {\\\"order\\\":1}\"");
        assertThat(run.eventTypes()).doesNotContain(HistoryEventType.MapStateStarted);
    }

    /** AWS says where in the state the expression stands, the catcher's index with it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Output': {'v': '{% $none %}'} | Catch[1]/Output/v",
                "'Assign': {'w': '{% $none %}'} | Catch[1]/Assign/w"
            })
    void aCatcherThatFailsIsTold(String field, String location) {
        Scripted run = Scripted.of("""
            {'QueryLanguage': 'JSONata', 'StartAt': 'Ask', 'States': {
              'Ask': {'Type': 'Task', 'Resource': 'task:ask', 'End': true,
                'Catch': [{'ErrorEquals': ['Other'], 'Next': 'Done'}, {'ErrorEquals': ['E'], %s, 'Next': 'Done'}]},
              'Done': {'Type': 'Succeed'}}}\
            """.formatted(field)).start("{}").failed("/:1", "E");

        assertThat(run.details(HistoryEventType.EvaluationFailed)).contains("\"location\":\"" + location + "\"");
    }

    /** A field of an object in the state is told with that object's place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject', 'Arguments': {'Bucket': '{% $none %}',"
                        + " 'Key': 'k'}} | ItemReader/Arguments/Bucket",
                "'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject', 'Arguments': {'Bucket': 'b', 'Key': 'k'},"
                        + " 'ReaderConfig': {'MaxItems': '{% $none %}'}} | ItemReader/ReaderConfig/MaxItems",
                "'ResultWriter': {'Resource': 'arn:aws:states:::s3:putObject', 'Arguments': {'Bucket': '{% $none %}'}}"
                        + " | ResultWriter/Arguments/Bucket",
                "'ItemBatcher': {'MaxItemsPerBatch': '{% $none %}'} | ItemBatcher/MaxItemsPerBatch",
                "'ItemBatcher': {'MaxItemsPerBatch': 1, 'BatchInput': {'a': '{% $none %}'}} | ItemBatcher/BatchInput/a"
            })
    void anExpressionWithinAFieldIsToldWithItsPlace(String field, String location) {
        Scripted run = Scripted.of("""
            {'QueryLanguage': 'JSONata', 'StartAt': 'Each', 'States': {
              'Each': {'Type': 'Map', 'Items': [1], 'End': true, %s, 'ItemProcessor': {
                'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
                'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}}}}\
            """.formatted(field)).start("{}");

        assertThat(run.details(HistoryEventType.EvaluationFailed)).contains("\"location\":\"" + location + "\"");
    }
}
