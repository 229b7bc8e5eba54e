package dev.reprise.nativetests.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a function sees that calls another, or itself. */
class InvokeApiTest {

    private final RecordedFunction greet =
            new RecordedFunction(Duration.ofMillis(10), event -> "\"hello " + event + "\"");

    @Test
    void aRecordedFunctionAnswersByNameAndByArnAndCountsItsCalls() throws Exception {
        try (var api = new InvokeApi()) {
            api.add("greet", greet);

            assertThat(call(api, "greet", "RequestResponse", "1").body()).isEqualTo("\"hello 1\"");
            assertThat(call(api, FunctionSettings.arnOf("greet"), "RequestResponse", "2")
                            .body())
                    .isEqualTo("\"hello 2\"");
            assertThat(greet.calls()).containsExactly("1", "2");
        }
    }

    @Test
    void anActionRunsWhenACallArrives() throws Exception {
        List<Integer> callsSeen = new ArrayList<>();
        greet.uponCall(2, () -> callsSeen.add(greet.calls().size()));
        try (var api = new InvokeApi()) {
            api.add("greet", greet);
            for (String event : List.of("1", "2", "3")) {
                call(api, "greet", "RequestResponse", event);
            }
        }

        assertThat(callsSeen).containsExactly(2);
    }

    @Test
    void anUnknownFunctionIsRefused() throws Exception {
        try (var api = new InvokeApi()) {
            HttpResponse<String> response = call(api, "nobody", "RequestResponse", "1");

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.headers().firstValue("X-Amzn-ErrorType")).contains("ResourceNotFoundException");
        }
    }

    @Test
    void aDeployedFunctionIsCalledAndItsErrorMarked(@TempDir Path folder) throws Exception {
        var settings = FunctionSettings.of("probe", ProbeHandler.class.getName() + "::handleRequest");
        try (var api = new InvokeApi();
                var function = new DeployedFunction(ProbePackages.handler(folder), settings, folder)) {
            api.add(function);

            HttpResponse<String> accepted = call(api, "probe", "Event", "1");
            assertThat(accepted.statusCode()).isEqualTo(202);
            assertThat(accepted.body()).isEmpty();
            assertThat(function.invocations().getFirst().await()).isInstanceOf(Outcome.Answered.class);

            HttpResponse<String> failed = call(api, "probe", "RequestResponse", "\"fail\"");
            assertThat(failed.statusCode()).isEqualTo(200);
            assertThat(failed.headers().firstValue("X-Amz-Function-Error")).contains("Unhandled");
            assertThat(failed.body()).contains("told to fail");
        }
    }

    private static HttpResponse<String> call(InvokeApi api, String function, String type, String event)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String path = "/2015-03-31/functions/" + function.replace(":", "%3A") + "/invocations";
            return http.send(
                    HttpRequest.newBuilder(URI.create(api.endpoint() + path))
                            .header("X-Amz-Invocation-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofString(event))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
