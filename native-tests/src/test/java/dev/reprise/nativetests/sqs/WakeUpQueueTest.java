package dev.reprise.nativetests.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WakeUpQueueTest {

    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();

    @Test
    void aMessageReachesTheFunctionWhenItsDelayIsOver() throws Exception {
        try (var queue = new WakeUpQueue(events::add)) {
            Instant sent = Instant.now();
            HttpResponse<String> receipt =
                    send(queue, "{\"QueueUrl\":\"%s\",\"MessageBody\":\"hello\",\"DelaySeconds\":1}");

            assertThat(receipt.statusCode()).isEqualTo(200);
            assertThat(receipt.body()).contains("5d41402abc4b2a76b9719d911017c592");
            assertThat(queue.isEmpty()).isFalse();
            String event = events.poll(10, TimeUnit.SECONDS);
            assertThat(Instant.now()).isAfterOrEqualTo(sent.plusSeconds(1));
            assertThat(new ObjectMapper().readTree(event).at("/Records/0/body").textValue())
                    .isEqualTo("hello");
            assertThat(queue.sent()).containsExactly(new WakeUpQueue.Message("hello", Duration.ofSeconds(1)));
        }
    }

    @Test
    void aDelayOfMoreThanFifteenMinutesIsRefused() throws Exception {
        try (var queue = new WakeUpQueue(events::add)) {
            HttpResponse<String> refusal =
                    send(queue, "{\"QueueUrl\":\"%s\",\"MessageBody\":\"hello\",\"DelaySeconds\":901}");

            assertThat(refusal.statusCode()).isEqualTo(400);
            assertThat(refusal.body()).contains("InvalidParameterValue", "DelaySeconds");
            assertThat(queue.sent()).isEmpty();
        }
    }

    private static HttpResponse<String> send(WakeUpQueue queue, String request)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(queue.endpoint() + "/"))
                            .header("X-Amz-Target", "AmazonSQS.SendMessage")
                            .POST(HttpRequest.BodyPublishers.ofString(request.formatted(queue.url())))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
