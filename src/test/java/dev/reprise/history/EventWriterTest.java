package dev.reprise.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.TimerKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What events look like: as GetExecutionHistory shows them. */
class EventWriterTest {

    @Test
    void dataIsTextThatHoldsJson() {
        assertThat(new Replayed("""
            {'QueryLanguage': 'JSONata', 'StartAt': 'A', 'States': {
            'A': {'Type': 'Pass', 'Assign': {'x': [1, 'a'], 's': 'text'}, 'Output': {'y': 2}, 'End': true}}}\
            """, "{'n':" + " 1.5}").events()).isEqualTo(events("""
                {'id': 1, 'previousEventId': 0, 'timestamp': '2026-11-20T12:00:00Z', 'type': 'ExecutionStarted',
                'executionStartedEventDetails': {'roleArn': 'arn:aws:iam::111111111111:role/orders',
                'input': '{~n~:1.5}', 'inputDetails': {'truncated': false}}}\
                """, """
                {'id': 2, 'previousEventId': 0, 'timestamp': '2026-11-20T12:00:00Z', 'type': 'PassStateEntered',
                'stateEnteredEventDetails': {'name': 'A', 'input': '{~n~:1.5}', 'inputDetails': {'truncated': false}}}\
                """, """
                {'id': 3, 'previousEventId': 2, 'timestamp': '2026-11-20T12:00:00Z', 'type': 'PassStateExited',
                'stateExitedEventDetails': {'name': 'A', 'output': '{~y~:2}', 'outputDetails': {'truncated': false},
                'assignedVariables': {'x': '[1,~a~]', 's': '~text~'}, 'assignedVariablesDetails': {'truncated': false}}}\
                """, """
                {'id': 4, 'previousEventId': 3, 'timestamp': '2026-11-20T12:00:00Z', 'type': 'ExecutionSucceeded',
                'executionSucceededEventDetails': {'output': '{~y~:2}', 'outputDetails': {'truncated': false}}}\
                """));
    }

    @Test
    void aServicesTaskNamesItsServiceAndItsRegion() {
        List<JsonNode> events = new Replayed("""
            {'StartAt': 'Ask', 'States': {'Ask': {'Type': 'Task', 'Resource': 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
            'Parameters': {'QueueUrl': 'q', 'MessageBody.$': '$$.Task.Token'}, 'TimeoutSeconds': 60, 'HeartbeatSeconds': 5,
            'Credentials': {'RoleArn': 'arn:aws:iam::222222222222:role/other'}, 'End': true}}}\
            """, "{}")
                .submitted("/:1", "{'MessageId': '1'}")
                .fired("/:1", TimerKind.HEARTBEAT)
                .events();

        assertThat(details(events, 3)).isEqualTo(Replayed.quoted("""
            {'taskScheduledEventDetails': {'resourceType': 'sqs', 'resource': 'sendMessage.waitForTaskToken',
            'region': 'eu-central-1', 'parameters': '{~QueueUrl~:~q~,~MessageBody~:~token~}', 'timeoutInSeconds': 60, 'heartbeatInSeconds': 5,
            'taskCredentials': {'roleArn': 'arn:aws:iam::222222222222:role/other'}}}\
            """.replace("~", "\\\"")));
        assertThat(details(events, 4))
                .isEqualTo(Replayed.quoted("{'taskStartedEventDetails': {'resourceType': 'sqs', 'resource':"
                        + " 'sendMessage.waitForTaskToken'}}"));
        assertThat(details(events, 5)).isEqualTo(Replayed.quoted("""
            {'taskSubmittedEventDetails': {'resourceType': 'sqs', 'resource': 'sendMessage.waitForTaskToken',
            'output': '{~MessageId~:~1~}', 'outputDetails': {'truncated': false}}}\
            """.replace("~", "\\\"")));
        assertThat(details(events, 6)).isEqualTo(Replayed.quoted("""
            {'taskTimedOutEventDetails': {'resourceType': 'sqs', 'resource': 'sendMessage.waitForTaskToken',
            'error': 'States.Timeout'}}\
            """));
        assertThat(details(events, 7))
                .isEqualTo(Replayed.quoted("{'executionFailedEventDetails': {'error': 'States.Timeout'}}"));
    }

    @Test
    void aLambdaFunctionHasEventsOfItsOwn() {
        List<JsonNode> events =
                new Replayed("""
                    {'StartAt': 'F', 'States': {'F': {'Type': 'Task', 'Resource': 'arn:aws:lambda:eu-central-1:111111111111:function:f',
                    'TimeoutSeconds': 60, 'HeartbeatSeconds': 5, 'End': true}}}\
                    """, "{'a':" + " 1}").failed("/:1", "Oops").events();

        assertThat(details(events, 3)).isEqualTo(Replayed.quoted("""
            {'lambdaFunctionScheduledEventDetails': {'resource': 'arn:aws:lambda:eu-central-1:111111111111:function:f',
            'input': '{~a~:1}', 'inputDetails': {'truncated': false}, 'timeoutInSeconds': 60}}\
            """.replace("~", "\\\"")));
        assertThat(details(events, 4)).isEmpty();
        assertThat(details(events, 5))
                .isEqualTo(Replayed.quoted(
                        "{'lambdaFunctionFailedEventDetails': {'error': 'Oops', 'cause': 'the cause'}}"));
    }

    @Test
    void anActivityIsScheduledOnceItIsKnownToExist() {
        List<JsonNode> events = new Replayed("""
            {'StartAt': 'Sign', 'States': {'Sign': {'Type': 'Task', 'Resource': 'arn:aws:states:eu-central-1:111111111111:activity:sign',
            'HeartbeatSeconds': 5, 'End': true}}}\
            """, "{}")
                .submitted("/:1", null)
                .succeeded("/:1", "'signed'")
                .events();

        assertThat(details(events, 3)).isEqualTo(Replayed.quoted("""
            {'activityScheduledEventDetails': {'resource': 'arn:aws:states:eu-central-1:111111111111:activity:sign',
            'input': '{}', 'inputDetails': {'truncated': false}, 'heartbeatInSeconds': 5}}\
            """));
        assertThat(details(events, 4)).isEqualTo(Replayed.quoted("{'activityStartedEventDetails': {}}"));
        assertThat(details(events, 5)).isEqualTo(Replayed.quoted("""
            {'activitySucceededEventDetails': {'output': '~signed~', 'outputDetails': {'truncated': false}}}\
            """.replace("~", "\\\"")));
    }

    @Test
    void anExpressionThatGaveNothingIsLocated() {
        List<JsonNode> events = new Replayed("""
            {'QueryLanguage': 'JSONata', 'StartAt': 'A', 'States': {
            'A': {'Type': 'Pass', 'Output': {'y': '{% $states.input.none %}'}, 'End': true}}}\
            """, "{}").events();

        String cause = "An error occurred while executing the state 'A' (entered at the event id #2). The JSONata"
                + " expression '$states.input.none' specified for the field 'Output/y' returned nothing (undefined).";
        JsonNode failed = details(events, 3).path("evaluationFailedEventDetails");
        assertThat(failed.path("cause").textValue()).isEqualTo(cause);
        assertThat(failed.path("location").textValue()).isEqualTo("Output/y");
        assertThat(failed.path("state").textValue()).isEqualTo("A");
        assertThat(failed.path("error").textValue()).isEqualTo("States.QueryEvaluationError");
    }

    @Test
    void iterationsAreNumberedAndAMapsRunIsNamed() {
        List<JsonNode> inline = new Replayed("""
            {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true, 'ItemProcessor': {
            'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}}}}\
            """, "[7]").events();
        assertThat(details(inline, 3)).isEqualTo(Replayed.quoted("{'mapStateStartedEventDetails': {'length': 1}}"));
        assertThat(details(inline, 4))
                .isEqualTo(Replayed.quoted("{'mapIterationStartedEventDetails': {'name': 'Each', 'index': 0}}"));

        List<JsonNode> distributed = new Replayed("""
            {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true, 'Label': 'Lines', 'ItemProcessor': {
            'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
            'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}}}}\
            """, "[7]").events();
        assertThat(details(distributed, 4)
                        .path("mapRunStartedEventDetails")
                        .path("mapRunArn")
                        .textValue())
                .matches("arn:aws:states:eu-central-1:111111111111:mapRun:orders/Lines:[-0-9a-f]{36}");
        assertThat(details(distributed, 5)).isEmpty();
    }

    @Test
    void whatAMapWithRulesOfItsOwnGaveIsToldWhereAwsTellsNothing() {
        List<JsonNode> events = new Replayed("""
            {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true, 'Reprise': {'Nesting': 'FLAT'}, 'ItemProcessor': {
            'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}}}}\
            """, "[7]").events();

        assertThat(details(events, 6)).isEqualTo(Replayed.quoted("""
            {'mapStateSucceededEventDetails': {'output': '[7]', 'outputDetails': {'truncated': false}}}\
            """));
    }

    @Test
    void aStopIsTheLastEvent() {
        List<JsonNode> events = new Replayed(
                        "{'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 60, 'End': true}}}", "{}")
                .stopped("Enough")
                .events();

        assertThat(events).hasSize(3);
        assertThat(events.get(2)).isEqualTo(Replayed.quoted("""
            {'id': 3, 'previousEventId': 0, 'timestamp': '2026-11-20T12:00:01Z', 'type': 'ExecutionAborted',
            'executionAbortedEventDetails': {'error': 'Enough'}}\
            """));
    }

    private static List<JsonNode> events(String... events) {
        return List.of(events).stream()
                .map(event -> Replayed.quoted(event.replace("~", "\\\"")))
                .toList();
    }

    /** What an event tells beyond its type, its time and its place. */
    private static JsonNode details(List<JsonNode> events, int id) {
        return events.get(id - 1)
                .<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy()
                .without(List.of("id", "previousEventId", "timestamp", "type"));
    }
}
