package dev.reprise.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.runtime.RunEvent;
import dev.reprise.runtime.RunListener;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The function as a caller sees it: events over HTTP to Quarkus' local event server. */
@QuarkusTest
class RepriseHandlerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void startsAWorkflowAndAnswersAsDescribeExecutionDoes() throws Exception {
        JsonNode answer = invoke("{\"workflow\": \"square-numbers\", \"input\": {\"numbers\": [1, 2, 3]}}");

        assertThat(answer.path("status").textValue()).isEqualTo("SUCCEEDED");
        assertThat(answer.path("output")).isEqualTo(JSON.readTree("{\"squares\": [1, 4, 9], \"total\": 14}"));
        assertThat(answer.path("executionArn").textValue())
                .matches("arn:aws:states:[a-z0-9-]+:[0-9]+:execution:square-numbers:[A-Za-z0-9-]+");
        assertThat(answer.path("stateMachineArn").textValue()).endsWith(":stateMachine:square-numbers");
        assertThat(answer.path("startDate").textValue())
                .isLessThanOrEqualTo(answer.path("stopDate").textValue());
        assertThat(invoke("{\"describe\": \"" + answer.path("executionArn").textValue() + "\"}"))
                .isEqualTo(answer);
    }

    @Test
    void tellsWhatAnExecutionHasDonePageByPage() throws Exception {
        String arn = invoke("{\"workflow\": \"square-numbers\", \"input\": {\"numbers\": [3]}}")
                .path("executionArn")
                .textValue();

        JsonNode first = invoke("{\"history\": \"" + arn + "\", \"maxResults\": 1}");
        assertThat(first.at("/events/0/executionStartedEventDetails/input").textValue())
                .isEqualTo("{\"numbers\":[3]}");
        assertThat(first.path("nextToken").textValue()).isEqualTo("after-1@0");

        JsonNode last = invoke("{\"history\": \"" + arn + "\", \"maxResults\": 1, \"reverseOrder\": true}");
        assertThat(last.at("/events/0/executionSucceededEventDetails/output").textValue())
                .isEqualTo("{\"squares\":[9],\"total\":9}");
    }

    @Test
    void saysWhyAnExecutionCannotBeRedriven() throws Exception {
        JsonNode ended = invoke("{\"workflow\": \"square-numbers\", \"input\": {\"numbers\": [2]}}");
        String arn = ended.path("executionArn").textValue();

        assertThat(ended.path("redriveCount").intValue()).isZero();
        assertThat(ended.path("redriveStatus").textValue()).isEqualTo("NOT_REDRIVABLE");
        assertThat(ended.path("redriveStatusReason").textValue())
                .isEqualTo("Execution is SUCCEEDED and cannot be redriven");
        JsonNode refused = invoke("{\"redrive\": \"" + arn + "\"}");
        assertThat(refused.path("error").textValue()).isEqualTo("ExecutionNotRedrivable");
        assertThat(refused.path("message").textValue())
                .isEqualTo(
                        "Execution " + arn + " invalid for redrive as: Execution is SUCCEEDED and cannot be redriven");
    }

    /** As a user writes one: a bean, of which nothing else is said. */
    @Singleton
    static class Listener implements RunListener {

        private final List<RunEvent> heard = new CopyOnWriteArrayList<>();

        @Override
        public void on(RunEvent event) {
            heard.add(event);
        }
    }

    @Inject
    Listener listener;

    @Test
    void tellsABeanThatListensWhatAnExecutionDoes() throws Exception {
        String arn = invoke("{\"workflow\": \"square-numbers\", \"input\": {\"numbers\": [4]}}")
                .path("executionArn")
                .textValue();

        assertThat(listener.heard)
                .filteredOn(event -> event.executionArn().equals(arn))
                .hasAtLeastOneElementOfType(RunEvent.Started.class)
                .hasAtLeastOneElementOfType(RunEvent.Ended.class);
    }

    private static JsonNode invoke(String event) throws Exception {
        int port = ConfigProvider.getConfig().getValue("quarkus.lambda.mock-event-server.test-port", Integer.class);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port))
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }
}
