package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.core.event.HistoryEventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields whose values come to light only when a state runs. */
class FieldsAtRunTimeTest {

    private static final String AT = "An error occurred while executing the state 'S' (entered at the event id #2). ";

    /** AWS counts the seconds of a wait in 32 bits: about 68 years. */
    @Test
    void aWaitOfMoreThanSixtyEightYearsIsRefused() {
        String path = "'Type': 'Wait', 'TimestampPath': '$'";
        assertThat(Scripted.ofState(path).start("'2038-01-19T03:14:08Z'").outcome())
                .startsWith("failed States.Runtime: " + AT + "The TimestampPath parameter references a time more than");
        assertThat(Scripted.ofState("'Type': 'Wait', 'Timestamp': '2038-01-19T03:14:08Z'")
                        .start("{}")
                        .outcome())
                .startsWith("failed States.Runtime");
        assertThat(Scripted.ofState(path).start("'2038-01-19T03:14:07Z'").outcome())
                .isNull();
    }

    /** RFC 3339 is what a definition has to keep to, ISO 8601 what the data may. */
    @ParameterizedTest
    @CsvSource({
        "1970-01-02T00:00Z, true",
        "1970-01-02t00:00:00z, true",
        "1970-01-02T00:00:00.5+01:00, true",
        "1970-01-02 00:00:00Z, false",
        "1970-01-02T00:00:00, false",
        "1970-02-30T00:00:00Z, false",
        "1970-01-02T25:00:00Z, false",
        "1970-01-02, false"
    })
    void aWaitReadsTheTimesOfItsInputAsIsoWritesThem(String time, boolean waits) {
        String selected = "'Type': 'Wait', 'TimestampPath': '$'";
        String computed = "'Type': 'Wait', 'QueryLanguage': 'JSONata', 'Timestamp': '{% $states.input %}'";
        for (String fields : new String[] {selected, computed}) {
            String outcome = Scripted.ofState(fields).start("'" + time + "'").outcome();
            assertThat(outcome == null).as("%s: %s", fields, outcome).isEqualTo(waits);
        }
    }

    @ParameterizedTest
    @CsvSource({"100000000, true", "2147483648, false", "0.0, true", "1.5, false", "'\"3\"', false", "-1, false"})
    void aWaitCountsTheSecondsThatAreComputed(String seconds, boolean taken) {
        String fields = "'Type': 'Wait', 'QueryLanguage': 'JSONata', 'Seconds': '{% $states.input %}'";
        String outcome = Scripted.ofState(fields).start(seconds).outcome();

        assertThat(outcome == null || outcome.startsWith("succeeded"))
                .as(outcome)
                .isEqualTo(taken);
    }

    /** AWS documents a name of its own for it, and fails in another. */
    @Test
    void aChoiceThatLeadsNowhereEndsTheExecution() {
        Scripted run = Scripted.of("""
            {'StartAt': 'Both', 'States': {
              'Both': {'Type': 'Parallel', 'Catch': [{'ErrorEquals': ['States.ALL', 'States.NoChoiceMatched'], 'Next': 'Done'}], 'Next': 'Done',
                'Branches': [{'StartAt': 'S', 'States': {
                  'S': {'Type': 'Choice', 'Choices': [{'Variable': '$.n', 'NumericEquals': 1, 'Next': 'One'}]},
                  'One': {'Type': 'Succeed'}}}]},
              'Done': {'Type': 'Succeed'}}}\
            """.replace("'States.ALL', ", "")).start("{'n': 2}");

        assertThat(run.outcome())
                .isEqualTo("failed States.Runtime: " + AT.replace("#2", "#4")
                        + "Failed to transition out of the state. The state does not point to a next state.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject', 'Parameters': {'Bucket': 'b', 'Key':"
                        + " 'k'}}",
                "'ItemBatcher': {'MaxItemsPerBatch': 2}",
                "'ResultWriter': {'WriterConfig': {'Transformation': 'FLATTEN'}}"
            })
    void anInlineMapFailsThatHasFieldsOfADistributedOne(String field) {
        Scripted run = Scripted.ofState("'Type': 'Map', " + field
                        + ", 'ItemProcessor': {'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}")
                .start("[1]");

        assertThat(run.outcome())
                .isEqualTo("failed States.Runtime: " + AT
                        + "The ItemReader, ItemBatcher and ResultWriter fields are not supported for INLINE maps");
        assertThat(run.eventTypes()).doesNotContain(HistoryEventType.MapStateStarted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"many\" | States.Runtime: %sThe MaxConcurrencyPath field refers to value \"many\" which is not a"
                        + " valid integer: $.most",
                "-1     | States.Runtime: %sExpected non-negative integer for MaxConcurrency, got '-1' instead."
            })
    void aMapDoesNotStartWhoseConcurrencyIsNone(String most, String error) {
        Scripted run = Scripted.ofState("""
            'Type': 'Map', 'ItemsPath': '$.items', 'MaxConcurrencyPath': '$.most',
            'ItemProcessor': {'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}\
            """).start("{'items':" + " [1]," + " 'most':" + " " + most + "}");

        assertThat(run.outcome()).isEqualTo("failed " + error.formatted(AT));
        assertThat(run.eventTypes()).doesNotContain(HistoryEventType.MapStateStarted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'X-Order': 'one'}     | The value of the field 'Headers' has an invalid format",
                "{'X-Order': [1]}       | The value of the field 'Headers' has an invalid format",
                "['X-Order']            | The value of the field 'Headers' has an invalid format",
                "{'Via': ['x']}         | The 'Headers' field contains unsupported values: [Via]",
                "{'x-AMZ-date': ['x']}  | The 'Headers' field contains unsupported values: [x-AMZ-date]"
            })
    void apiGatewayIsNotCalledWithHeadersThatItCannotTake(String headers, String problem) {
        Scripted run = invoke(headers);

        assertThat(run.outcome())
                .startsWith("failed States.Runtime: " + AT + "The Parameters '{\"ApiEndpoint\":\"api\"")
                .endsWith("' could not be used to start the Task: [" + problem + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'X-Order': ['one', 'two']}", "{}", "null"})
    void apiGatewayIsCalledWithListsOfTexts(String headers) {
        assertThat(invoke(headers).outcome()).isNull();
    }

    private static Scripted invoke(String headers) {
        return Scripted.ofState("""
            'Type': 'Task', 'Resource': 'arn:aws:states:::apigateway:invoke',
            'Parameters': {'ApiEndpoint': 'api', 'Method': 'GET', 'Headers.$': '$'}\
            """).start(headers);
    }
}
