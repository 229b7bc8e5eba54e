package dev.reprise.nativetests.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** What a function sees, through AWS's client, that calls another or itself. */
class InvokeApiTest {

    private final RecordedFunction greet =
            new RecordedFunction(Duration.ofMillis(10), event -> "\"hello " + event + "\"");

    private final InvokeApi api = new InvokeApi();
    private final LambdaClient client = LambdaClient.builder()
            .endpointOverride(api.endpoint())
            .region(Region.of(FunctionSettings.REGION))
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(UrlConnectionHttpClient.create())
            .build();

    @AfterEach
    void close() {
        client.close();
        api.close();
    }

    @Test
    void aRecordedFunctionAnswersByNameAndByArnAndCountsItsCalls() {
        api.add("greet", greet);

        assertThat(call("greet", "1").payload().asUtf8String()).isEqualTo("\"hello 1\"");
        assertThat(call(FunctionSettings.arnOf("greet"), "2").payload().asUtf8String())
                .isEqualTo("\"hello 2\"");
        assertThat(greet.calls()).containsExactly("1", "2");
    }

    @Test
    void anActionRunsWhenACallArrives() {
        List<Integer> callsSeen = new ArrayList<>();
        greet.uponCall(2, () -> callsSeen.add(greet.calls().size()));
        api.add("greet", greet);

        for (String event : List.of("1", "2", "3")) {
            call("greet", event);
        }

        assertThat(callsSeen).containsExactly(2);
    }

    @Test
    void anUnknownFunctionIsRefused() {
        assertThatThrownBy(() -> call("nobody", "1"))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Function not found: " + FunctionSettings.arnOf("nobody"));
    }

    @Test
    void aDeployedFunctionIsCalledAndItsErrorMarked(@TempDir Path folder) throws IOException {
        var settings = FunctionSettings.of("probe", ProbeHandler.class.getName() + "::handleRequest");
        try (var function = new DeployedFunction(ProbePackages.handler(folder), settings, folder)) {
            api.add(function);

            InvokeResponse accepted = client.invoke(request -> request.functionName("probe")
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromUtf8String("1")));
            assertThat(accepted.statusCode()).isEqualTo(202);
            assertThat(function.invocations().getFirst().await()).isInstanceOf(Outcome.Answered.class);

            InvokeResponse failed = call("probe", "\"fail\"");
            assertThat(failed.statusCode()).isEqualTo(200);
            assertThat(failed.functionError()).isEqualTo("Unhandled");
            assertThat(failed.payload().asUtf8String()).contains("told to fail");
        }
    }

    private InvokeResponse call(String function, String event) {
        return client.invoke(request -> request.functionName(function).payload(SdkBytes.fromUtf8String(event)));
    }
}
