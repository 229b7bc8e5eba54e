package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.Entry;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code Reprise} block of a Map and of a Parallel: when it is complete, and what it gives. */
class CompletionTest {

    private static final String TASK = "'Type': 'Task', 'Resource': 'task:t'";

    @Test
    void aMapIsCompleteWhenEnoughItemsHaveSucceededAndCancelsTheRest() {
        Scripted run = map("'MinSuccessful': 2").start("[1, 2, 3, 4]");
        run.effects();

        run.succeeded("/S[3]:1", "40");
        assertThat(run.succeeded("/S[1]:1", "20").effects())
                .containsExactly("abandon /S[0]:1", "abandon /S[2]:1", "succeeded [20,40]");
    }

    @Test
    void aResultThatComesAfterCompletionIsNotWaitedFor() {
        Scripted run = Scripted.of("""
            {'StartAt': 'S', 'States': {
            'S': {'Type': 'Map', 'Reprise': {'MinSuccessful': 1}, 'Next': 'After', %s},
            'After': {'Type': 'Task', 'Resource': 'task:after', 'End': true}}}\
            """.formatted(processor(TASK)));
        run.start("[1, 2]").succeeded("/S[0]:1", "10").effects();

        Entry late = new Entry.TaskSucceeded(
                Scripted.id("/S[1]:1"), run.interpreter().time(), Scripted.json("20"));
        assertThat(run.interpreter().expects(late)).isFalse();
        assertThat(run.succeeded("/S[1]:1", "20").effects()).isEmpty();
        assertThat(run.openEffects()).containsExactly("run /:1 task:after [10]");
    }

    @Test
    void whoeverGivesARuleNoLongerStopsAtTheFirstFailure() {
        Scripted run = map("'MinSuccessful': 2").start("[1, 2, 3]");
        run.failed("/S[0]:1", "E").failed("/S[1]:1", "E").effects();

        assertThat(run.succeeded("/S[2]:1", "30").effects()).containsExactly("succeeded [30]");
    }

    @Test
    void theLastFailureIsNamedWhenMoreFailThanIsTolerated() {
        Scripted run = map("'ToleratedFailureCount': 0").start("[1, 2, 3]");
        run.effects();

        assertThat(run.failed("/S[1]:1", "E").effects())
                .containsExactly(
                        "abandon /S[0]:1",
                        "abandon /S[2]:1",
                        "failed States.ExceedToleratedFailureThreshold: The specified tolerated failure threshold was"
                                + " exceeded: 1 of 3 failed, the last one (index 1) with E: because");
    }

    @Test
    void toleranceExceededMayBeCaught() {
        Scripted run = Scripted.of("""
            {'StartAt': 'S', 'States': {
            'S': {'Type': 'Map', 'Reprise': {'ToleratedFailurePercentage': 50}, 'End': true, %s,
                  'Catch': [{'ErrorEquals': ['States.ExceedToleratedFailureThreshold'], 'ResultPath': null, 'Next': 'Mend'}]},
            'Mend': {'Type': 'Pass', 'End': true}}}\
            """.formatted(processor(TASK)));

        assertThat(run.start("[1, 2]").failed("/S[0]:1", "E").outcome()).isNull();
        assertThat(run.failed("/S[1]:1", "E").outcome()).isEqualTo("succeeded [1,2]");
    }

    @ParameterizedTest
    @CsvSource({
        // percentage, items, failures, exceeded
        "29, 100, 29, false",
        "29, 100, 30, true",
        "33.3, 1000, 333, false",
        "33.3, 1000, 334, true",
        "0, 5, 1, true",
        "100, 5, 5, false",
        "25, 4, 1, false",
        "25, 3, 1, true",
    })
    void aShareOfFailuresIsExceededOnlyByALargerOne(String percentage, int items, int failures, boolean exceeded) {
        CompletionPolicy policy = new CompletionPolicy(null, null, new BigDecimal(percentage));

        assertThat(policy.judge(items, 0, failures) == CompletionReason.FAILURE_TOLERANCE_EXCEEDED)
                .isEqualTo(exceeded);
    }

    @ParameterizedTest
    @CsvSource({
        // min, tolerated, total, succeeded, failed, reason
        "2, , 3, 2, 0, MIN_SUCCESSFUL_REACHED",
        "2, , 2, 2, 0, ALL_COMPLETED",
        "2, , 3, 1, 1, ",
        "3, , 3, 2, 1, ALL_COMPLETED",
        "1, 0, 2, 1, 1, FAILURE_TOLERANCE_EXCEEDED",
        " , 2, 2, 0, 2, ALL_COMPLETED",
        " , 0, 0, 0, 0, ALL_COMPLETED",
    })
    void toleranceIsJudgedBeforeCompletionAndThatBeforeTheMinimum(
            Integer least, Long tolerated, int total, int succeeded, int failed, CompletionReason reason) {
        assertThat(new CompletionPolicy(least, tolerated, null).judge(total, succeeded, failed))
                .isEqualTo(reason);
    }

    @Test
    void aCapturedFailureStandsInItsPlace() {
        Scripted run = map("'CaptureErrors': true").start("[1, 2, 3]");
        run.succeeded("/S[2]:1", "30").failed("/S[1]:1", "E");

        assertThat(run.succeeded("/S[0]:1", "10").outcome())
                .isEqualTo("succeeded [10,{\"Error\":\"E\",\"Cause\":\"because\"},30]");
    }

    @Test
    void aCapturedFailureIsNoSuccess() {
        Scripted run = map("'CaptureErrors': true, 'MinSuccessful': 1").start("[1, 2, 3]");
        run.failed("/S[0]:1", "E");

        assertThat(run.outcome()).isNull();
        assertThat(run.succeeded("/S[2]:1", "30").outcome())
                .isEqualTo("succeeded [{\"Error\":\"E\",\"Cause\":\"because\"},30]");
    }

    @Test
    void anErrorThatNothingMayCatchIsTheItemsOwnWhereTheMapJudgesFailures() {
        String definition = """
            {'StartAt': 'S', 'States': {'S': {'Type': 'Map', %s 'End': true, 'ItemProcessor': {
            'StartAt': 'I', 'States': {'I': {'Type': 'Pass', 'InputPath': '$.missing', 'End': true}}}}}}\
            """;

        assertThat(Scripted.of(definition.formatted("")).start("[{}]").outcome())
                .startsWith("failed States.Runtime");
        assertThat(Scripted.of(definition.formatted("'Reprise': {'CaptureErrors': true},"))
                        .start("[{}]")
                        .outcome())
                .startsWith("succeeded [{\"Error\":\"States.Runtime\"");
    }

    @Test
    void aBatchTellsOfEveryItem() {
        Scripted run = Scripted.ofState(
                "'Type': 'Map', 'MaxConcurrency': 3, 'Reprise': {'Result': 'BATCH', 'MinSuccessful': 1}, "
                        + processor(TASK));
        run.start("[1, 2, 3, 4]").failed("/S[1]:1", "E").effects();

        assertThat(run.succeeded("/S[0]:1", "null").outcome().replace('"', '\''))
                .isEqualTo("succeeded {'all':[{'index':0,'name':'S-iteration-0','status':'SUCCEEDED','result':null},"
                        + "{'index':1,'name':'S-iteration-1','status':'FAILED','error':{'Error':'E','Cause':'because'}},"
                        + "{'index':2,'name':'S-iteration-2','status':'STARTED'},"
                        + "{'index':3,'name':'S-iteration-3','status':'STARTED'}],"
                        + "'status':'FAILED','completionReason':'MIN_SUCCESSFUL_REACHED','successCount':1,'failureCount':1,"
                        + "'startedCount':2,'skippedCount':0,'totalCount':4}");
    }

    @Test
    void aBatchNeverFailsTheState() {
        Scripted run = Scripted.ofState(
                "'Type': 'Map', 'MaxConcurrency': 1, 'Reprise': {'Result': 'BATCH'}, " + processor(TASK));

        assertThat(run.start("[1, 2]").failed("/S[0]:1", "E").outcome())
                .startsWith("succeeded")
                .contains(
                        "\"status\":\"SKIPPED\"",
                        "\"completionReason\":\"FAILURE_TOLERANCE_EXCEEDED\"",
                        "\"skippedCount\":1");
    }

    @Test
    void nothingToDoIsComplete() {
        assertThat(map("'Result': 'BATCH', 'MinSuccessful': 3").start("[]").outcome())
                .isEqualTo("succeeded"
                        + " {\"all\":[],\"status\":\"SUCCEEDED\",\"completionReason\":\"ALL_COMPLETED\",\"successCount\":0,"
                        + "\"failureCount\":0,\"startedCount\":0,\"skippedCount\":0,\"totalCount\":0}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {'MinSuccessfulPath': '$.n'}              | {'n': 4, 'items': [1]}    | MinSuccessful is 4, but there are only 1 items.
        {'MinSuccessfulPath': '$.n'}              | {'n': 0, 'items': [1]}    | MinSuccessful must be at least 1, was 0.
        {'MinSuccessfulPath': '$.n'}              | {'n': 'x', 'items': [1]}  | The MinSuccessfulPath field refers to value "x" which is not a valid integer: $.n
        {'ToleratedFailureCountPath': '$.n'}      | {'n': -1, 'items': [1]}   | ToleratedFailureCount cannot be negative.
        {'ToleratedFailurePercentagePath': '$.n'} | {'n': 101, 'items': [1]}  | ToleratedFailurePercentage must be between 0 and 100.
        {'ItemNamePath': '$.n'}                   | {'n': 7, 'items': [1]}    | The field 'ItemName' must give a string: 7
        """)
    void whatIsWrongWithAComputedRuleFailsTheState(String block, String input, String cause) {
        Scripted run =
                Scripted.ofState("'Type': 'Map', 'ItemsPath': '$.items', 'Reprise': " + block + ", " + processor(TASK));

        assertThat(run.start(input).outcome())
                .startsWith("failed States.Runtime: An error occurred while executing the state 'S'")
                .endsWith(cause);
    }

    @Test
    void rulesMayBeComputedInJsonata() {
        Scripted run = Scripted.of("""
            {'QueryLanguage': 'JSONata', 'StartAt': 'S', 'States': {'S': {'Type': 'Map', 'End': true,
            'Items': '{% $states.input.items %}', 'Reprise': {'MinSuccessful': '{% $states.input.least %}'},
            'ItemProcessor': {'StartAt': 'I', 'States': {'I': {'Type': 'Task', 'Resource': 'task:t', 'End': true}}}}}}\
            """);

        assertThat(run.start("{'least': 1, 'items': [1, 2]}")
                        .succeeded("/S[1]:1", "20")
                        .outcome())
                .isEqualTo("succeeded [20]");
        assertThat(Scripted.of("""
            {'QueryLanguage': 'JSONata', 'StartAt': 'S', 'States': {'S': {'Type': 'Map', 'End': true,
            'Items': [1], 'Reprise': {'ToleratedFailurePercentage': '{% 200 %}'},
            'ItemProcessor': {'StartAt': 'I', 'States': {'I': {'Type': 'Succeed'}}}}}}\
            """).start("{}").outcome()).startsWith("failed" + " States.QueryEvaluationError");
    }

    @Test
    void aParallelRunsAtMostMaxConcurrencyBranches() {
        Scripted run = parallel("'MaxConcurrency': 2", TASK, TASK, TASK);

        assertThat(run.start("1").effects()).containsExactly("run /S[0]:1 task:t 1", "run /S[1]:1 task:t 1");
        assertThat(run.succeeded("/S[1]:1", "'b'").effects()).containsExactly("run /S[2]:1 task:t 1");
    }

    @Test
    void aParallelIsCompleteWhenEnoughBranchesHaveSucceeded() {
        Scripted run =
                parallel("'MinSuccessfulPath': '$.least'", TASK, TASK, TASK).start("{'least': 1}");
        run.effects();

        assertThat(run.succeeded("/S[1]:1", "'b'").effects())
                .containsExactly("abandon /S[0]:1", "abandon /S[2]:1", "succeeded [\"b\"]");
    }

    @Test
    void aParallelForwardsTheErrorsItCaptures() {
        Scripted run = parallel("'CaptureErrors': true", TASK, "'Type': 'Pass'").start("1");

        assertThat(run.failed("/S[0]:1", "E").outcome())
                .isEqualTo("succeeded [{\"Error\":\"E\",\"Cause\":\"because\"},1]");
    }

    @Test
    void branchesHaveNames() {
        Scripted numbered = parallel("'Result': 'BATCH'", "'Type': 'Pass'").start("1");
        Scripted named = parallel(
                        "'Result': 'BATCH', 'ItemName': ['left', 'right']", "'Type': 'Pass'", "'Type': 'Pass'")
                .start("1");

        assertThat(numbered.outcome()).contains("\"name\":\"S-branch-0\"");
        assertThat(named.outcome()).contains("\"name\":\"left\"", "\"name\":\"right\"");
    }

    @Test
    void itemsAreNamedAfterTheirValuesAlsoThoseThatNeverStart() {
        Scripted run = Scripted.ofState("""
            'Type': 'Map', 'MaxConcurrency': 1, 'Reprise': {'Result': 'BATCH', 'MinSuccessful': 1,
            'ItemNamePath': '$$.Map.Item.Value.id'},\
            """ + processor("'Type': 'Pass'"));

        assertThat(run.start("[{'id': 'a'}, {'id': 'b'}]").outcome()).contains("\"name\":\"a\"", "\"name\":\"b\"");
    }

    @Test
    void aHistoryTellsOfEachBranchUnlessItIsFlat() {
        List<HistoryEventType> plain = Scripted.ofState("'Type': 'Parallel', " + branches("'Type': 'Pass'"))
                .start("1")
                .eventTypes();

        assertThat(parallel("'Nesting': 'NESTED'", "'Type': 'Pass'").start("1").eventTypes())
                .containsSubsequence(
                        HistoryEventType.ParallelStateStarted,
                        HistoryEventType.ParallelBranchStarted,
                        HistoryEventType.PassStateExited,
                        HistoryEventType.ParallelBranchSucceeded,
                        HistoryEventType.ParallelStateSucceeded);
        assertThat(parallel("'Nesting': 'FLAT'", "'Type': 'Pass'").start("1").eventTypes())
                .isEqualTo(plain)
                .doesNotContain(HistoryEventType.ParallelBranchStarted);
        assertThat(map("'Nesting': 'FLAT'").start("[1]").eventTypes())
                .contains(HistoryEventType.MapStateStarted)
                .doesNotContain(HistoryEventType.MapIterationStarted);
    }

    @Test
    void theHistoryShowsTheResultAndASummaryOfOneBeyond256Kilobytes() {
        Scripted small = parallel("'ItemName': ['only']", TASK).start("1");
        assertThat(small.succeeded("/S[0]:1", "'b'").details(HistoryEventType.ParallelStateSucceeded))
                .isEqualTo("{\"output\":[\"b\"]}");
        assertThat(small.details(HistoryEventType.ParallelBranchStarted))
                .isEqualTo("{\"name\":\"S\",\"index\":0,\"itemName\":\"only\"}");

        Scripted large = map("'MinSuccessful': 1").start("[1]").succeeded("/S[0]:1", "'" + "x".repeat(262_144) + "'");
        assertThat(large.details(HistoryEventType.MapStateSucceeded))
                .isEqualTo(
                        "{\"summary\":{\"type\":\"MapResult\",\"status\":\"SUCCEEDED\",\"completionReason\":\"ALL_COMPLETED\","
                                + "\"successCount\":1,\"failureCount\":0,\"startedCount\":0,\"skippedCount\":0,\"totalCount\":1}}");
    }

    @Test
    void theSummaryOfALargeResultMayBeGiven() {
        Scripted run = map("'Summary': {'first.$': '$[0].id'}").start("[1]");
        run.succeeded("/S[0]:1", "{'id': 7, 'text': '" + "x".repeat(262_144) + "'}");

        assertThat(run.details(HistoryEventType.MapStateSucceeded)).isEqualTo("{\"summary\":{\"first\":7}}");
    }

    @Test
    void aSnapshotKeepsTheRulesAndTheNames() {
        Scripted run = Scripted.ofState("""
            'Type': 'Map', 'MaxConcurrency': 2, 'Reprise': {'Result': 'BATCH', 'MinSuccessful': 2,
            'ToleratedFailurePercentage': 33.3, 'ItemNamePath': '$$.Map.Item.Value'},\
            """ + processor(TASK));
        run.start("['a', 'b', 'c']").succeeded("/S[0]:1", "1");

        Scripted resumed = run.restored();

        assertThat(resumed.interpreter().snapshot()).isEqualTo(run.interpreter().snapshot());
        assertThat(resumed.openEffects()).isEqualTo(run.openEffects());
        assertThat(resumed.succeeded("/S[2]:1", "3").outcome())
                .isEqualTo(run.succeeded("/S[2]:1", "3").outcome())
                .contains("\"name\":\"c\"", "MIN_SUCCESSFUL_REACHED");
    }

    private static Scripted map(String block) {
        return Scripted.ofState("'Type': 'Map', 'Reprise': {" + block + "}, " + processor(TASK));
    }

    private static Scripted parallel(String block, String... branches) {
        return Scripted.ofState("'Type': 'Parallel', 'Reprise': {" + block + "}, " + branches(branches));
    }

    /** Branches of one state each. */
    private static String branches(String... states) {
        StringBuilder out = new StringBuilder("'Branches': [");
        for (int i = 0; i < states.length; i++) {
            out.append(i == 0 ? "" : ", ")
                    .append("{'StartAt': 'B%d', 'States': {'B%d': {%s, 'End': true}}}".formatted(i, i, states[i]));
        }
        return out.append("]").toString();
    }

    private static String processor(String fields) {
        return "'ItemProcessor': {'StartAt': 'I', 'States': {'I': {" + fields + ", 'End': true}}}";
    }
}
