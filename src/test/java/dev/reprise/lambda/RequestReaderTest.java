package dev.reprise.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.execution.RequestException;
import dev.reprise.history.HistoryQuery;
import dev.reprise.history.PageToken;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {

    @Test
    void readsEachForm() {
        var json = JsonNodeFactory.instance;
        assertThat(read("{\"workflow\": \"orders\", \"name\": \"n-1\", \"input\": [1]}"))
                .isEqualTo(new Request.Start("orders", "n-1", json.arrayNode().add(1), true));
        assertThat(read("{\"workflow\": \"orders\"}"))
                .isEqualTo(new Request.Start("orders", null, json.objectNode(), true));
        assertThat(read("{\"workflow\": \"orders\", \"input\": null}"))
                .isEqualTo(new Request.Start("orders", null, json.nullNode(), true));
        assertThat(read("{\"start\": {\"workflow\": \"orders\", \"input\": 1, \"wait\": false}}"))
                .isEqualTo(new Request.Start("orders", null, json.numberNode(1), false));
        assertThat(read("{\"workflows\": {}}")).isEqualTo(new Request.ListWorkflows());
        assertThat(read("{\"help\": {}}")).isEqualTo(new Request.Help());
        assertThat(read("{\"resume\": \"arn\"}")).isEqualTo(new Request.Resume("arn", null));
        assertThat(read("{\"resume\": \"arn\", \"at\": \"2026-11-20T12:00:00Z\"}"))
                .isEqualTo(new Request.Resume("arn", Instant.parse("2026-11-20T12:00:00Z")));
        assertThat(read("{\"sweep\": {}}")).isEqualTo(new Request.Sweep());
        assertThat(read("{\"describe\": \"arn\"}")).isEqualTo(new Request.Describe("arn"));
        assertThat(read("{\"history\": \"arn\"}"))
                .isEqualTo(new Request.History("arn", new HistoryQuery(100, false, true, null)));
        assertThat(read("{\"history\": \"arn\", \"maxResults\": 5, \"reverseOrder\": true,"
                        + " \"includeExecutionData\": false, \"nextToken\": \"before-7@2\"}"))
                .isEqualTo(new Request.History("arn", new HistoryQuery(5, true, false, new PageToken(7, true, 2))));
        assertThat(read("{\"stop\": \"arn\", \"cause\": \"by hand\"}"))
                .isEqualTo(new Request.Stop("arn", null, "by hand"));
        assertThat(read("{\"redrive\": \"arn\"}")).isEqualTo(new Request.Redrive("arn"));
        assertThat(read("{\"list\": \"orders\"}")).isEqualTo(new Request.ListExecutions("orders", 20, null));
        assertThat(read("{\"list\": \"orders\", \"limit\": 5, \"next\": \"t\"}"))
                .isEqualTo(new Request.ListExecutions("orders", 5, "t"));
    }

    @Test
    void readsMessagesOfAQueue() {
        Request read = read("{\"Records\": [{\"messageId\": \"1\", \"eventSource\": \"aws:sqs\", \"body\":"
                + " \"{\\\"resume\\\": \\\"arn\\\"}\", \"attributes\": {\"MessageGroupId\": \"g\"}}]}");

        assertThat(read).isInstanceOf(Request.Messages.class);
        Request.Message message = ((Request.Messages) read).messages().getFirst();
        assertThat(message.id()).isEqualTo("1");
        assertThat(message.group()).isEqualTo("g");
        assertThat(RequestReader.read(message)).isEqualTo(new Request.Resume("arn", null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``                                    | The event is empty
        {"workflow": "orders",                | The event is not valid JSON at line 1, column 23
        {} trailing                           | The event is not valid JSON at line 1, column
        {"workflow": "orders", "input": 1E400} | The event is not valid JSON at line 1, column
        []                                    | The event is not a JSON object
        {"wrkflow": "orders"}                 | The event asks for nothing: it has none of the fields workflow, start, resume, describe,
        {"workflow": "orders", "stop": "arn"} | The event has both 'workflow' and 'stop'
        {"workflow": "orders", "inptu": {}}   | The event has the field 'inptu', which does not go with 'workflow': that takes name, input.
        {"describe": "arn", "limit": 5}       | The event has the field 'limit', which does not go with 'describe'.
        {"start": "orders"}                   | 'start' must be an object
        {"start": {"name": "n"}}              | 'workflow' is required
        {"start": {"workflow": "o", "w": 1}}  | The event has the field 'w', which does not go with 'start': that takes workflow, name, input, wait.
        {"start": {"workflow": "o", "wait": 1}} | 'wait' must be true or false
        {"workflow": 5}                       | 'workflow' must be a text
        {"workflow": null}                    | 'workflow' must be a text
        {"list": "orders", "limit": 1000}     | 'limit' must be a whole number from 1 to 100
        {"resume": "arn", "at": "soon"}       | 'at' must be a time such as 2026-11-20T12:00:00Z
        {"sweep": {"all": true}}              | 'sweep' must be an empty object
        {"history": "a", "maxResults": 1001}  | 'maxResults' must be a whole number from 1 to 1000
        {"history": "a", "reverseOrder": 1}   | 'reverseOrder' must be true or false
        {"history": "a", "nextToken": "2"}    | Not a token of a history: '2'
        {"Records": [{"s3": {}}]}             | The event has 'Records', but they are not messages of a queue
        """)
    void refusesAnythingElseAndSaysTheOneThingThatIsWrong(String event, String problem) {
        assertThatThrownBy(() -> read(event))
                .isInstanceOf(RequestException.class)
                .message()
                .startsWith(problem)
                .endsWith(". {\"help\": {}} shows all requests")
                .hasSizeLessThan(300);
    }

    private static Request read(String event) {
        return RequestReader.read(event.getBytes(StandardCharsets.UTF_8));
    }
}
