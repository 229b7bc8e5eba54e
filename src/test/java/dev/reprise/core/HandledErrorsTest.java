package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;

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
}
