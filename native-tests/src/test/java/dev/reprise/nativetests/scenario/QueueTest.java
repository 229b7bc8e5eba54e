package dev.reprise.nativetests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.nativetests.sqs.ElasticMq;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** What workflows send to queues, as AWS's client reads it on the other side. */
class QueueTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static ElasticMq queues;
    private static Reprise reprise;

    @BeforeAll
    static void start() {
        queues = new ElasticMq();
        reprise = Reprise.deploy("queues", UnaryOperator.identity());
        reprise.queue().leaveOthersTo(queues.endpoint());
    }

    @AfterAll
    static void end() {
        reprise.close();
        queues.close();
    }

    private static JsonNode output(String workflow, String name, String input) {
        JsonNode ended = reprise.answer(Reprise.start(workflow, name, input));
        assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        return ended.path("output");
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    @Test
    void aMessageComesWithItsAttributes() throws Exception {
        String queue = queues.queue("orders");

        JsonNode output = output("send-with-attributes", "one", """
            {"queue": "%s", "order": {"id": "ü", "total": 12.50}, "kind": "a & b", "mark": "\u00fc\u20ac"}\
            """.formatted(queue));

        Message message = queues.take(queue).getFirst();
        assertThat(json(message.body())).isEqualTo(json("{\"id\": \"ü\", \"total\": 12.50}"));
        assertThat(message.messageId()).isEqualTo(output.path("MessageId").asText());
        assertThat(message.md5OfBody())
                .isEqualTo(output.path("MD5OfMessageBody").asText());
        assertThat(message.md5OfMessageAttributes())
                .isEqualTo(output.path("MD5OfMessageAttributes").asText());
        assertThat(message.messageAttributes()).containsOnlyKeys("kind", "total", "mark");
        assertThat(message.messageAttributes().get("kind"))
                .isEqualTo(MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue("a & b")
                        .build());
        assertThat(message.messageAttributes().get("total").dataType()).isEqualTo("Number.euro");
        assertThat(message.messageAttributes().get("total").stringValue()).isEqualTo("12.5");
        assertThat(message.messageAttributes().get("mark").binaryValue().asUtf8String())
                .isEqualTo("\u00fc\u20ac");
        assertThat(output.at("/SdkHttpMetadata/HttpStatusCode").asInt()).isEqualTo(200);
    }

    @Test
    void aQueueThatIsNotThereRefuses() {
        JsonNode error = output("send-with-attributes", "nowhere", """
            {"queue": "%s/000000000000/none", "order": {"total": 1}, "kind": "k", "mark": "m"}\
            """.formatted(queues.endpoint()));

        assertThat(error.path("Error").asText()).isEqualTo("SQS.QueueDoesNotExistException");
        assertThat(error.path("Cause").asText()).contains("(Service: AmazonSQS; Status Code: 400; Error Code: ");
    }

    @Test
    void aFifoQueueKeepsTheOrderAndTakesAMessageOnce() throws Exception {
        String queue = queues.fifoQueue("orders.fifo");

        JsonNode output = output("send-in-order", "one", """
            {"queue": "%s", "orders": [{"id": 3}, {"id": 1}, {"id": 3}, {"id": 2}, {"id": 1}]}\
            """.formatted(queue));

        assertThat(output).hasSize(5);
        assertThat(output.get(2)).as("the same message").isEqualTo(output.get(0));
        assertThat(output.get(4)).isEqualTo(output.get(1));
        assertThat(output.findValuesAsText("number")).doesNotContain("").isNotEmpty();
        assertThat(queues.take(queue))
                .extracting(Message::body)
                .containsExactly("{\"id\":3}", "{\"id\":1}", "{\"id\":2}");
        assertThat(queues.isEmpty(queue)).isTrue();
    }

    @Test
    void whatAQueueRefusesOfABatchIsKnownOneByOne() throws Exception {
        String queue = queues.queue("batches");

        JsonNode output = output("send-batch", "one", """
            {"queue": "%s", "entries": [
              {"Id": "a", "MessageBody": "first"},
              {"Id": "b", "MessageBody": "bell \\u0007"},
              {"Id": "c", "MessageBody": {"third": true},
               "MessageAttributes": {"kind": {"DataType": "String", "StringValue": "k"}}}]}\
            """.formatted(queue));

        assertThat(output.at("/first/sent")).isEqualTo(json("[\"a\", \"c\"]"));
        assertThat(output.at("/first/refused")).hasSize(1);
        assertThat(output.at("/first/refused/0/Id").asText()).isEqualTo("b");
        assertThat(output.at("/first/refused/0/SenderFault").isBoolean()).isTrue();
        assertThat(output.path("then")).isEqualTo(json("[\"b\"]"));
        assertThat(queues.take(queue))
                .extracting(Message::body)
                .containsExactlyInAnyOrder(
                        "first",
                        "{\"third\":true}",
                        "refused: " + output.at("/first/refused/0/Code").asText());
        assertThat(queues.isEmpty(queue)).isTrue();
    }

    @Test
    void aBatchThatIsRefusedWholeIsAnError() {
        String queue = queues.queue("refused");

        assertThat(output("send-batch", "twice", """
            {"queue": "%s", "entries": [{"Id": "a", "MessageBody": "1"}, {"Id": "a", "MessageBody": "2"}]}\
            """.formatted(queue)).textValue())
                .isEqualTo("the same id twice");
        assertThat(queues.isEmpty(queue)).isTrue();
    }

    /** The process that asked is gone when the answer comes, and the first answer is a failure that is tried again. */
    @Test
    void whoeverReadsTheQueueAnswersLater() throws Exception {
        String queue = queues.queue("questions");
        JsonNode asked = reprise.answer(
                Reprise.start("ask-by-queue", "one", "{\"queue\": \"%s\", \"question\": \"ship?\"}".formatted(queue)));
        assertThat(asked.path("status").asText()).isEqualTo("RUNNING");
        String first = tokenOf(queues.take(queue));
        reprise.function().killAll();

        reprise.answer(callback("sendTaskFailure", first, node -> node.put("error", "Busy")));
        String second = tokenOf(queues.take(queue));
        assertThat(second).isNotEqualTo(first);
        reprise.answer(callback("sendTaskSuccess", second, node -> node.put("output", "{\"shipped\": true}")));
        reprise.settle(Duration.ofSeconds(30));

        JsonNode ended = reprise.answer(Reprise.describe("ask-by-queue", "one"));
        assertThat(ended.path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(ended.path("output")).isEqualTo(json("{\"shipped\": true}"));
        assertThat(queues.isEmpty(queue)).isTrue();
    }

    private static String tokenOf(List<Message> messages) throws JsonProcessingException {
        assertThat(messages).hasSize(1);
        JsonNode body = json(messages.getFirst().body());
        assertThat(body.path("question").asText()).isEqualTo("ship?");
        return body.path("token").asText();
    }

    private static String callback(String kind, String token, Consumer<ObjectNode> more) {
        ObjectNode event = JSON.createObjectNode();
        ObjectNode answer = event.putObject(kind).put("taskToken", token);
        more.accept(answer);
        return event.toString();
    }
}
