package dev.reprise.nativetests.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.nativetests.lambda.FunctionSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** What AWS's client sees of the queue, and the function of its messages. */
class WakeUpQueueTest {

    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final WakeUpQueue queue = new WakeUpQueue(events::add);
    private final SqsClient client = SqsClient.builder()
            .endpointOverride(queue.endpoint())
            .region(Region.of(FunctionSettings.REGION))
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(UrlConnectionHttpClient.create())
            .build();

    @AfterEach
    void close() {
        client.close();
        queue.close();
    }

    @Test
    void aMessageReachesTheFunctionWhenItsDelayIsOver() throws InterruptedException, JsonProcessingException {
        Instant sent = Instant.now();
        client.sendMessage(
                request -> request.queueUrl(queue.url()).messageBody("hello").delaySeconds(1));
        assertThat(queue.isEmpty()).isFalse();

        JsonNode event = new ObjectMapper().readTree(events.poll(10, TimeUnit.SECONDS));

        assertThat(Instant.now()).isAfterOrEqualTo(sent.plusSeconds(1));
        assertThat(event.at("/Records/0/body").textValue()).isEqualTo("hello");
        assertThat(event.at("/Records/0/eventSource").textValue()).isEqualTo("aws:sqs");
        assertThat(queue.sent()).containsExactly(new WakeUpQueue.Message("hello", Duration.ofSeconds(1)));
    }

    @Test
    void aDelayOfMoreThanFifteenMinutesIsRefused() {
        assertThatThrownBy(() -> client.sendMessage(request ->
                        request.queueUrl(queue.url()).messageBody("hello").delaySeconds(901)))
                .isInstanceOf(SqsException.class)
                .hasMessageContaining("Must be between 0 and 900");
        assertThat(queue.sent()).isEmpty();
    }

    @Test
    void anotherQueueIsOnTheServerThatHasIt() {
        try (ElasticMq others = new ElasticMq()) {
            String orders = others.queue("orders");
            queue.leaveOthersTo(others.endpoint());

            String id = client.sendMessage(request -> request.queueUrl(orders)
                            .messageBody("{\"order\": \"ü\"}")
                            .messageAttributes(Map.of(
                                    "kind",
                                    MessageAttributeValue.builder()
                                            .dataType("String")
                                            .stringValue("k")
                                            .build())))
                    .messageId();

            Message message = others.take(orders).getFirst();
            assertThat(message.messageId()).isEqualTo(id);
            assertThat(message.body()).isEqualTo("{\"order\": \"ü\"}");
            assertThat(message.messageAttributes()).containsOnlyKeys("kind");
            assertThat(queue.sent()).isEmpty();
            assertThatThrownBy(() -> client.sendMessage(
                            request -> request.queueUrl(orders + "-none").messageBody("hello")))
                    .isInstanceOf(QueueDoesNotExistException.class);
        }
    }

    @Test
    void withoutSuchAServerThereIsNoOtherQueue() {
        assertThatThrownBy(() -> client.sendMessage(
                        request -> request.queueUrl(queue.url() + "-none").messageBody("hello")))
                .isInstanceOf(QueueDoesNotExistException.class);
        assertThat(queue.sent()).isEmpty();
    }
}
