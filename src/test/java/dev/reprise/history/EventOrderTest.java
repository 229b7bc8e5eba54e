package dev.reprise.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.execution.TimerKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Which event follows from which, as histories recorded on AWS show it: each line is an event, and the number of the
 * one that it follows from.
 */
class EventOrderTest {

    private static final String CATCH = "'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Caught'}]";
    private static final String CAUGHT = "'Caught': {'Type': 'Succeed'}";

    @Test
    void aParallelGoesOnFromWhatItsBranchesDidLast() {
        assertThat(chain(new Replayed("""
            {'StartAt': 'Both', 'States': {'Both': {'Type': 'Parallel', 'End': true, 'Branches': [
            {'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}},
            {'StartAt': 'B', 'States': {'B': {'Type': 'Task', 'Resource': 'task:b', 'End': true}}}]}}}\
            """, "{}").succeeded("/Both[1]:1", "1").succeeded("/Both[0]:1", "2")))
                .containsExactly(
                        "ExecutionStarted 0",
                        "ParallelStateEntered 0",
                        "ParallelStateStarted 2",
                        "TaskStateEntered 3",
                        "TaskScheduled 4",
                        "TaskStarted 5",
                        "TaskStateEntered 3",
                        "TaskScheduled 7",
                        "TaskStarted 8",
                        "TaskSucceeded 9",
                        "TaskStateExited 10",
                        "TaskSucceeded 6",
                        "TaskStateExited 12",
                        "ParallelStateSucceeded 13",
                        "ParallelStateExited 13",
                        "ExecutionSucceeded 15");
    }

    @Test
    void iterationsThatStartTogetherFollowFromTheMapsStart() {
        assertThat(chain(map("", "{'Type': 'Pass', 'End': true}", "[1, 2]")))
                .containsExactly(
                        "ExecutionStarted 0",
                        "MapStateEntered 0",
                        "MapStateStarted 2",
                        "MapIterationStarted 3",
                        "PassStateEntered 4",
                        "PassStateExited 5",
                        "MapIterationSucceeded 6",
                        "MapIterationStarted 3",
                        "PassStateEntered 8",
                        "PassStateExited 9",
                        "MapIterationSucceeded 10",
                        "MapStateSucceeded 11",
                        "MapStateExited 11",
                        "ExecutionSucceeded 13");
    }

    @Test
    void anIterationThatHadToWaitFollowsFromWhatTheOneBeforeItDidLast() {
        assertThat(chain(map("'MaxConcurrency': 1, ", "{'Type': 'Pass', 'End': true}", "[1, 2]")))
                .contains("PassStateExited 5", "MapIterationSucceeded 6", "MapIterationStarted 6")
                .endsWith(
                        "MapIterationSucceeded 10",
                        "MapStateSucceeded 11",
                        "MapStateExited 11",
                        "ExecutionSucceeded 13");
    }

    @Test
    void aMapOfNothingExitsFromItsStart() {
        assertThat(chain(map("", "{'Type': 'Pass', 'End': true}", "[]")))
                .endsWith(
                        "MapStateEntered 0",
                        "MapStateStarted 2",
                        "MapStateSucceeded 3",
                        "MapStateExited 3",
                        "ExecutionSucceeded 5");
    }

    @Test
    void theRunOfADistributedMapComesBetween() {
        assertThat(chain(new Replayed("""
            {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true, 'ItemProcessor': {
            'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
            'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}}}}\
            """, "[1]")))
                .endsWith(
                        "MapStateStarted 2",
                        "MapRunStarted 3",
                        "MapRunSucceeded 4",
                        "MapStateSucceeded 5",
                        "MapStateExited 5",
                        "ExecutionSucceeded 7");
    }

    @Test
    void anIterationThatFailsCutsTheOthersShort() {
        assertThat(chain(map(CATCH + ", ", "{'Type': 'Task', 'Resource': 'task:a', 'End': true}", "[1, 2, 3]")
                        .failed("/Each[1]:1", "Oops")))
                .endsWith(
                        "TaskFailed 11",
                        "MapIterationFailed 16",
                        "TaskStateAborted 16",
                        "MapIterationAborted 16",
                        "TaskStateAborted 16",
                        "MapIterationAborted 16",
                        "TaskStateAborted 16",
                        "MapStateFailed 16",
                        "MapStateExited 23",
                        "SucceedStateEntered 24",
                        "SucceedStateExited 25",
                        "ExecutionSucceeded 26");
    }

    @Test
    void whatIsWithinABranchIsCutShortFromTheOutsideIn() {
        assertThat(chain(new Replayed("""
            {'StartAt': 'Both', 'States': {'Both': {'Type': 'Parallel', 'End': true, 'Branches': [
            {'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}},
            {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true, 'ItemProcessor': {
            'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 9, 'End': true}}}}}}]}}}\
            """, "[1]").failed("/Both[0]:1", "Oops")))
                .endsWith(
                        "TaskFailed 6",
                        "TaskStateAborted 11",
                        "MapStateAborted 11",
                        "MapIterationAborted 11",
                        "WaitStateAborted 11",
                        "ParallelStateFailed 11",
                        "ExecutionFailed 16");
    }

    @Test
    void aMapThatIsTriedAgainHasNotFailedYet() {
        assertThat(chain(map(
                                "'Retry': [{'ErrorEquals': ['Oops'], 'MaxAttempts': 1}], ",
                                "{'Type': 'Fail', 'Error': 'Oops'}",
                                "[1]")
                        .fired("/:1", TimerKind.RETRY)))
                .endsWith(
                        "FailStateEntered 4",
                        "MapIterationFailed 5",
                        "MapStateStarted 5",
                        "MapIterationStarted 7",
                        "FailStateEntered 8",
                        "MapIterationFailed 9",
                        "MapStateFailed 9",
                        "ExecutionFailed 11");
    }

    @Test
    void aParallelWhoseCatcherFailsFailsTwice() {
        assertThat(chain(new Replayed("""
            {'QueryLanguage': 'JSONata', 'StartAt': 'One', 'States': {'One': {'Type': 'Parallel', 'End': true,
            'Catch': [{'ErrorEquals': ['States.ALL'], 'Output': '{% $states.input.none %}', 'Next': 'Caught'}],
            'Branches': [{'StartAt': 'F', 'States': {'F': {'Type': 'Fail', 'Error': 'Oops'}}}]},
            'Caught': {'Type': 'Succeed'}}}\
            """, "{}")))
                .endsWith(
                        "FailStateEntered 3",
                        "ParallelStateFailed 4",
                        "EvaluationFailed 4",
                        "ParallelStateFailed 6",
                        "ExecutionFailed 7");
    }

    @Test
    void anErrorThatNothingHandlesEndsTheExecutionFromWhereItHappened() {
        assertThat(chain(map(
                        "",
                        "{'Type': 'Task', 'Resource': 'task:a', 'Parameters': {'x.$': '$.none'}, 'End': true}",
                        "[1]")))
                .endsWith("MapIterationStarted 3", "TaskStateEntered 4", "ExecutionFailed 5");
    }

    @Test
    void whatIsWrongWithAResultFollowsFromTheSuccess() {
        assertThat(chain(map("'ResultSelector': {'x.$': '$.none'}, ", "{'Type': 'Pass', 'End': true}", "[1]")))
                .endsWith("MapIterationSucceeded 6", "MapStateSucceeded 7", "ExecutionFailed 8");
    }

    @Test
    void aRetriedTaskFollowsFromItsFailure() {
        assertThat(chain(new Replayed("""
            {'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true,
            'Retry': [{'ErrorEquals': ['Oops']}]}}}\
            """, "{}")
                        .failed("/:1", "Oops")
                        .fired("/:2", TimerKind.RETRY)
                        .succeeded("/:3", "1")))
                .endsWith(
                        "TaskFailed 4",
                        "TaskScheduled 5",
                        "TaskStarted 6",
                        "TaskSucceeded 7",
                        "TaskStateExited 8",
                        "ExecutionSucceeded 9");
    }

    @Test
    void aTimeOutOfTheExecutionFollowsFromNothing() {
        assertThat(chain(new Replayed("""
            {'StartAt': 'W', 'TimeoutSeconds': 5, 'States': {'W': {'Type': 'Wait', 'Seconds': 9, 'End': true}}}\
            """, "{}").fired("/:0", TimerKind.TIMEOUT)))
                .containsExactly("ExecutionStarted 0", "WaitStateEntered 0", "ExecutionTimedOut 0");
    }

    /** Each item goes through one state. */
    private static Replayed map(String fields, String state, String items) {
        String processor = "{'StartAt': 'Item', 'States': {'Item': " + state + "}}";
        String map = "{'Type': 'Map', 'End': true, " + fields + "'ItemProcessor': " + processor + "}";
        String states = "'Each': " + map + (fields.contains("Caught") ? ", " + CAUGHT : "");
        return new Replayed("{'StartAt': 'Each', 'States': {" + states + "}}", items);
    }

    private static List<String> chain(Replayed execution) {
        return execution.events().stream()
                .map(event -> event.path("type").textValue() + " " + event.path("previousEventId"))
                .toList();
    }
}
