package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.execution.TimerKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entries in, effects out: what each state type does with the facts it is told. */
class InterpreterTest {

    @Test
    void taskIsAskedForAndItsResultIsTheOutput() {
        Scripted run = Scripted.ofState("'Type': 'Task', 'Resource': 'task:charge'");

        assertThat(run.start("{'id': 1}").effects()).containsExactly("run /:1 task:charge {\"id\":1}");
        assertThat(run.succeeded("/:1", "'paid'").effects()).containsExactly("succeeded \"paid\"");
    }

    @Test
    void jsonPathStagesApplyInTheirOrder() {
        Scripted run = Scripted.ofState("""
            'Type': 'Task', 'Resource': 'task:charge', 'InputPath': '$.order',
            'Parameters': {'amount.$': '$.total'}, 'ResultSelector': {'receipt.$': '$.number'},
            'ResultPath': '$.order.payment', 'OutputPath': '$.order'\
            """);

        assertThat(run.start("{'order': {'total': 12}, 'x': 1}").effects())
                .containsExactly("run /:1 task:charge {\"amount\":12}");
        assertThat(run.succeeded("/:1", "{'number': 7, 'y': 2}").effects())
                .containsExactly("succeeded {\"total\":12,\"payment\":{\"receipt\":7}}");
    }

    @Test
    void jsonataArgumentsAndOutput() {
        Scripted run = Scripted.of("""
            {'QueryLanguage': 'JSONata', 'StartAt': 'S', 'States': {'S': {
            'Type': 'Task', 'Resource': 'task:charge', 'Arguments': {'amount': '{% $states.input.total * 2 %}'},
            'Output': '{% $states.result.number %}', 'End': true}}}\
            """);

        assertThat(run.start("{'total': 12}").effects()).containsExactly("run /:1 task:charge {\"amount\":24}");
        assertThat(run.succeeded("/:1", "{'number': 7}").effects()).containsExactly("succeeded 7");
    }

    @Test
    void choiceTakesTheFirstRuleThatHolds() {
        String definition = """
            {'StartAt': 'Pick', 'States': {
            'Pick': {'Type': 'Choice', 'Choices': [
              {'Variable': '$.n', 'NumericGreaterThan': 10, 'Next': 'Big'},
              {'Variable': '$.n', 'NumericGreaterThan': 5, 'Next': 'Middle'}], 'Default': 'Small'},
            'Big': {'Type': 'Pass', 'Result': 'big', 'End': true},
            'Middle': {'Type': 'Pass', 'Result': 'middle', 'End': true},
            'Small': {'Type': 'Succeed'}}}\
            """;

        assertThat(Scripted.of(definition).start("{'n': 11}").outcome()).isEqualTo("succeeded \"big\"");
        assertThat(Scripted.of(definition).start("{'n': 6}").outcome()).isEqualTo("succeeded \"middle\"");
        assertThat(Scripted.of(definition).start("{'n': 1}").outcome()).isEqualTo("succeeded {\"n\":1}");
    }

    @Test
    void waitAsksForATimerUnlessItsTimeHasPassed() {
        Scripted run = Scripted.ofState("'Type': 'Wait', 'Seconds': 30");
        assertThat(run.start("{}").effects()).containsExactly("timer /:1 WAIT 1970-01-01T00:00:30Z");
        assertThat(run.fired("/:1", TimerKind.WAIT).outcome()).isEqualTo("succeeded {}");

        assertThat(Scripted.ofState("'Type': 'Wait', 'Timestamp': '1969-12-31T00:00:00Z'")
                        .start("{}")
                        .outcome())
                .isEqualTo("succeeded {}");
    }

    @Test
    void failEndsTheExecutionWithItsErrorAndCause() {
        Scripted run = Scripted.of(
                "{'StartAt': 'F', 'States': {'F': {'Type': 'Fail', 'Error': 'Bad', 'CausePath': '$.why'}}}");

        assertThat(run.start("{'why': 'so'}").effects()).containsExactly("failed Bad: so");
    }

    @Test
    void retryWaitsLongerEachTimeUpToItsCapAndThenFails() {
        Scripted run = Scripted.ofState("""
            'Type': 'Task', 'Resource': 'task:t', 'Retry': [{'ErrorEquals': ['E'],
            'IntervalSeconds': 2, 'BackoffRate': 3, 'MaxDelaySeconds': 5, 'MaxAttempts': 2}]\
            """);
        run.start("{}").effects();

        assertThat(run.failed("/:1", "E").effects()).containsExactly("timer /:2 RETRY 1970-01-01T00:00:03Z");
        assertThat(run.fired("/:2", TimerKind.RETRY).effects()).containsExactly("run /:3 task:t {}");
        assertThat(run.failed("/:3", "E").effects()).containsExactly("timer /:4 RETRY 1970-01-01T00:00:08Z");
        run.fired("/:4", TimerKind.RETRY).effects();
        assertThat(run.failed("/:5", "E").effects()).containsExactly("failed E: because");
    }

    @Test
    void eachRetrierCountsItsOwnAttempts() {
        Scripted run = Scripted.ofState("""
            'Type': 'Task', 'Resource': 'task:t', 'Retry': [
            {'ErrorEquals': ['A'], 'MaxAttempts': 1}, {'ErrorEquals': ['States.ALL'], 'MaxAttempts': 1}]\
            """);
        run.start("{}");
        run.failed("/:1", "A").fired("/:2", TimerKind.RETRY);
        run.failed("/:3", "B").fired("/:4", TimerKind.RETRY).effects();

        assertThat(run.failed("/:5", "A").outcome()).isEqualTo("failed A: because");
    }

    @Test
    void fullJitterDrawsADelayUpToTheComputedOneAndAReplayDrawsTheSame() {
        String fields = """
            'Type': 'Task', 'Resource': 'task:t', 'Retry': [{'ErrorEquals': ['E'],
            'IntervalSeconds': 100, 'JitterStrategy': 'FULL'}]\
            """;
        String first = Scripted.ofState(fields)
                .start("{}")
                .failed("/:1", "E")
                .openEffects()
                .toString();
        String second = Scripted.ofState(fields)
                .start("{}")
                .failed("/:1", "E")
                .openEffects()
                .toString();

        assertThat(first).isEqualTo(second).doesNotContain("1970-01-01T00:01:41Z");
    }

    @Test
    void catcherGoesOnWithTheErrorWhereItsResultPathSays() {
        Scripted run = Scripted.of("""
            {'StartAt': 'S', 'States': {
            'S': {'Type': 'Task', 'Resource': 'task:t', 'End': true,
                  'Catch': [{'ErrorEquals': ['E'], 'ResultPath': '$.failure', 'Next': 'Mend'}]},
            'Mend': {'Type': 'Task', 'Resource': 'task:mend', 'End': true}}}\
            """);
        run.start("{'id': 1}").effects();

        assertThat(run.failed("/:1", "E").effects())
                .containsExactly("run /:2 task:mend {\"id\":1,\"failure\":{\"Error\":\"E\",\"Cause\":\"because\"}}");
    }

    @Test
    void statesAllDoesNotCatchStatesRuntime() {
        Scripted run = Scripted.of("""
            {'StartAt': 'S', 'States': {
            'S': {'Type': 'Task', 'Resource': 'task:t', 'ResultSelector': {'a.$': '$.missing'}, 'End': true,
                  'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Mend'}]},
            'Mend': {'Type': 'Pass', 'End': true}}}\
            """);

        assertThat(run.start("{}").succeeded("/:1", "{}").outcome()).startsWith("failed States.");
    }

    @Test
    void timeoutAbandonsTheTaskAndMayBeCaught() {
        Scripted run = Scripted.of("""
            {'StartAt': 'S', 'States': {
            'S': {'Type': 'Task', 'Resource': 'task:t', 'TimeoutSeconds': 10, 'End': true,
                  'Catch': [{'ErrorEquals': ['States.Timeout'], 'ResultPath': null, 'Next': 'Mend'}]},
            'Mend': {'Type': 'Pass', 'End': true}}}\
            """);
        run.start("{'id': 1}").effects();

        assertThat(run.fired("/:1", TimerKind.TIMEOUT).effects())
                .containsExactly("abandon /:1", "succeeded {\"id\":1}");
    }

    @Test
    void parallelGivesItsBranchesOutputsInOrder() {
        Scripted run = Scripted.ofState("""
            'Type': 'Parallel', 'Branches': [
            {'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}},
            {'StartAt': 'B', 'States': {'B': {'Type': 'Task', 'Resource': 'task:b', 'End': true}}}]\
            """);

        assertThat(run.start("1").effects()).containsExactly("run /S[0]:1 task:a 1", "run /S[1]:1 task:b 1");
        run.succeeded("/S[1]:1", "'b'");
        assertThat(run.succeeded("/S[0]:1", "'a'").effects()).endsWith("succeeded [\"a\",\"b\"]");
    }

    @Test
    void oneFailedBranchFailsTheParallelAndAbandonsTheOthers() {
        Scripted run = Scripted.ofState("""
            'Type': 'Parallel', 'Branches': [
            {'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}},
            {'StartAt': 'B', 'States': {'B': {'Type': 'Wait', 'Seconds': 60, 'End': true}}}]\
            """);
        run.start("1").effects();

        assertThat(run.failed("/S[0]:1", "E").effects()).containsExactly("abandon /S[1]:1", "failed E: because");
    }

    @Test
    void mapKeepsAtMostMaxConcurrencyItemsInFlight() {
        Scripted run = Scripted.ofState(
                "'Type': 'Map', 'MaxConcurrency': 2, " + processor("'Type': 'Task', 'Resource': 'task:t'"));

        assertThat(run.start("[1, 2, 3]").effects()).containsExactly("run /S[0]:1 task:t 1", "run /S[1]:1 task:t 2");
        assertThat(run.succeeded("/S[1]:1", "20").effects()).containsExactly("run /S[2]:1 task:t 3");
        run.succeeded("/S[2]:1", "30");
        assertThat(run.succeeded("/S[0]:1", "10").effects()).containsExactly("succeeded [10,20,30]");
    }

    @Test
    void mapToleratesFailuresUpToItsCount() {
        String fields =
                "'Type': 'Map', 'ToleratedFailureCount': 1, " + processor("'Type': 'Task', 'Resource': 'task:t'");
        Scripted run = Scripted.ofState(fields).start("[1, 2, 3]");
        run.effects();

        assertThat(run.failed("/S[0]:1", "E").effects()).isEmpty();
        assertThat(run.failed("/S[1]:1", "E").outcome()).startsWith("failed States.ExceedToleratedFailureThreshold");
    }

    /** A failure that is tolerated takes its place; of two tolerances, one of 0 says nothing. */
    @Test
    void aDistributedMapTellsTheFailuresThatItTolerates() {
        for (String tolerance : List.of(
                "'ToleratedFailureCount': 1",
                "'ToleratedFailureCount': 0, 'ToleratedFailurePercentage': 50",
                "'ToleratedFailureCount': 5, 'ToleratedFailurePercentage': 0")) {
            Scripted run = Scripted.ofState("'Type': 'Map', " + tolerance + ", 'ItemProcessor': {'ProcessorConfig':"
                            + " {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'}, 'StartAt': 'T', 'States': {'T':"
                            + " {'Type': 'Task', 'Resource': 'task:t', 'End': true}}}")
                    .start("[1, 2]");
            run.effects();

            assertThat(run.failed("/S[0]:1", "E").succeeded("/S[1]:1", "7").outcome())
                    .as(tolerance)
                    .startsWith("succeeded [{\"Status\":\"FAILED\",\"Error\":\"E\",\"Cause\":")
                    .endsWith("},7]");
        }
        Scripted both = Scripted.ofState("'Type': 'Map', 'ToleratedFailureCount': 5, 'ToleratedFailurePercentage': 10,"
                        + " 'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},"
                        + " 'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': 'task:t', 'End': true}}}")
                .start("[1, 2]");
        both.effects();
        assertThat(both.failed("/S[0]:1", "E").outcome()).startsWith("failed States.ExceedToleratedFailureThreshold");
    }

    @Test
    void mapInsideMapNumbersScopesByItem() {
        Scripted run = Scripted.ofState("'Type': 'Map', "
                + processor("'Type': 'Map', " + processor("J", "'Type': 'Task', 'Resource': 'task:t'")));

        assertThat(run.start("[[1], [2, 3]]").effects())
                .containsExactly("run /S[0]/I[0]:1 task:t 1", "run /S[1]/I[0]:1 task:t 2", "run /S[1]/I[1]:1 task:t 3");
        run.succeeded("/S[1]/I[1]:1", "30").succeeded("/S[0]/I[0]:1", "10");
        assertThat(run.succeeded("/S[1]/I[0]:1", "20").outcome()).isEqualTo("succeeded [[10],[20,30]]");
    }

    @Test
    void aRetriedMapNumbersItsVisit() {
        Scripted run = Scripted.ofState("'Type': 'Map', 'Retry': [{'ErrorEquals': ['E']}], "
                + processor("'Type': 'Task', 'Resource': 'task:t'"));
        run.start("[1]").failed("/S[0]:1", "E").effects();

        assertThat(run.fired("/:1", TimerKind.RETRY).effects()).containsExactly("run /S#2[0]:1 task:t 1");
    }

    @Test
    void anItemSelectorSeesTheItemAndTheState() {
        Scripted run = Scripted.ofState("""
            'Type': 'Map', 'ItemsPath': '$.items',
            'ItemSelector': {'i.$': '$$.Map.Item.Index', 'v.$': '$$.Map.Item.Value', 'k.$': '$.k'},\
            """ + processor("'Type':" + " 'Pass'"));

        assertThat(run.start("{'items': ['x'], 'k': 9}").outcome())
                .isEqualTo("succeeded [{\"i\":0,\"v\":\"x\",\"k\":9}]");
    }

    @Test
    void variablesOfAnItemAreItsOwnAndThoseAroundItAreSeen() {
        Scripted run = Scripted.of("""
            {'StartAt': 'Set', 'States': {
            'Set': {'Type': 'Pass', 'Assign': {'k': 5}, 'Next': 'Each'},
            'Each': {'Type': 'Map', 'Next': 'After', 'ItemProcessor': {'StartAt': 'A', 'States': {
              'A': {'Type': 'Pass', 'Assign': {'mine.$': 'States.MathAdd($, $k)'}, 'Next': 'B'},
              'B': {'Type': 'Pass', 'InputPath': '$mine', 'End': true}}}},
            'After': {'Type': 'Pass', 'Parameters': {'k.$': '$k', 'r.$': '$'}, 'End': true}}}\
            """);

        assertThat(run.start("[1, 2]").outcome()).isEqualTo("succeeded {\"k\":5,\"r\":[6,7]}");
    }

    @Test
    void anEntryThatNobodyWaitsForChangesNothing() {
        Scripted run = Scripted.ofState("'Type': 'Task', 'Resource': 'task:t', 'TimeoutSeconds': 10, "
                + "'Retry': [{'ErrorEquals': ['States.Timeout']}]");
        run.start("{}").fired("/:1", TimerKind.TIMEOUT).effects();

        assertThat(run.succeeded("/:1", "'late'").effects()).isEmpty();
        assertThat(run.openEffects()).hasSize(1).first().asString().startsWith("timer /:2 RETRY");
    }

    @Test
    void stopAbortsAndAbandons() {
        Scripted run = Scripted.ofState("'Type': 'Task', 'Resource': 'task:t'").start("{}");
        run.effects();

        assertThat(run.stopped("E", "enough").effects()).containsExactly("abandon /:1", "aborted E: enough");
    }

    @Test
    void theMachinesTimeoutEndsTheExecution() {
        Scripted run = Scripted.of(
                "{'TimeoutSeconds': 60, 'StartAt': 'S', 'States': {'S': {'Type': 'Task', 'Resource': 'task:t', 'End':"
                        + " true}}}");

        assertThat(run.start("{}").effects()).contains("timer /:0 TIMEOUT 1970-01-01T00:01:00Z");
        assertThat(run.fired("/:0", TimerKind.TIMEOUT).effects()).containsExactly("abandon /:1", "timed out");
    }

    @Test
    void anErrorInTheOutputOfAMapIsTheMapsAndNotItsLastItems() {
        Scripted run = Scripted.of("""
            {'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'ResultSelector': {'a.$': '$.missing'}, 'End': true,
            'ItemProcessor': {'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': 'task:t', 'End': true,
              'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Caught'}]}, 'Caught': {'Type': 'Pass', 'End': true}}}}}}\
            """);

        assertThat(run.start("[1]").succeeded("/M[0]:1", "1").outcome()).contains("the state 'M'");
    }

    @Test
    void anExecutionThatHasEndedGivesNoSnapshot() {
        Scripted run = Scripted.ofState("'Type': 'Pass'").start("{}");

        assertThatThrownBy(() -> run.interpreter().snapshot())
                .hasMessage("The execution has ended, there is nothing to go on from");
    }

    @Test
    void aLongStretchOfStatesIsWorkedOffInSlices() {
        Scripted run = Scripted.of("""
            {'StartAt': 'N', 'States': {
            'N': {'Type': 'Pass', 'Parameters': {'n.$': 'States.MathAdd($.n, 1)'}, 'Next': 'More'},
            'More': {'Type': 'Choice', 'Choices': [{'Variable': '$.n', 'NumericLessThan': 1000, 'Next': 'N'}], 'Default': 'Done'},
            'Done': {'Type': 'Succeed'}}}\
            """, new InterpreterLimits(1000, 100));

        assertThat(run.start("{'n': 0}").outcome()).isEqualTo("succeeded {\"n\":1000}");
    }

    private static String processor(String fields) {
        return processor("I", fields);
    }

    private static String processor(String state, String fields) {
        return "'ItemProcessor': {'StartAt': '" + state + "', 'States': {'" + state + "': {" + fields
                + ", 'End': true}}}";
    }
}
