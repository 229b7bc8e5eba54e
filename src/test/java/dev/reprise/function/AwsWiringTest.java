package dev.reprise.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.Resource;
import dev.reprise.task.StubService;
import dev.reprise.task.StubService.Answer;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskContext;
import dev.reprise.task.TaskThreads;
import dev.reprise.task.aws.LambdaCalls;
import dev.reprise.task.aws.LambdaFunctions;
import dev.reprise.task.aws.client.AssumedRoles;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.Connections;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsWiringTest {

    private static final String FUNCTION = "arn:aws:lambda:eu-west-1:111111111111:function:charge";

    @Test
    void whereNothingOfAwsIsCalledAFunctionIsRefused() {
        AwsWiring wiring = new AwsWiring("local", InstantSource.system());
        try (Connections connections = new Connections(1_000)) {
            AwsClient client = wiring.client(Map::of, wiring.credentials(), wiring.access(), connections);
            LambdaCalls calls = wiring.lambdaCalls(
                    new TaskThreads(Runnable::run), client, new AssumedRoles(client, Clock.systemUTC()), Map::of);

            assertThatThrownBy(() -> call(calls))
                    .hasMessageStartingWith(
                            "States.Runtime: The Lambda function '" + FUNCTION + "' is not called from here: ")
                    .hasMessageEndingWith(". Or say where Lambda is, with reprise.aws.endpoint.lambda=http://…, or"
                            + " call AWS itself, with reprise.aws=real");
        }
    }

    private static JsonNode call(LambdaCalls calls) {
        TaskContext context = new TaskContext("arn", "/", "S", 0, "key", null);
        return new LambdaFunctions(calls)
                .find(Resource.parse(FUNCTION))
                .run(new TaskCall(FUNCTION, JsonNodeFactory.instance.objectNode(), context, null))
                .await()
                .indefinitely();
    }

    /**
     * Where nothing of AWS is called, nobody looks for credentials either: on a developer's machine there may be none.
     */
    @Test
    void lambdaAtAConfiguredAddressIsAskedInAMadeUpName() throws Exception {
        AwsWiring wiring = new AwsWiring("local", InstantSource.system());
        try (StubService lambda = new StubService();
                Connections connections = new Connections(1_000)) {
            AwsConfiguration configuration = () -> Map.of("lambda", lambda.endpoint());
            AwsClient client = wiring.client(configuration, wiring.credentials(), wiring.access(), connections);
            lambda.answers(Answer.json("7"));

            LambdaCalls calls = wiring.lambdaCalls(
                    new TaskThreads(Runnable::run), client, new AssumedRoles(client, Clock.systemUTC()), configuration);

            assertThat(call(calls)).isEqualTo(IntNode.valueOf(7));

            assertThat(lambda.received().getFirst().header("Authorization"))
                    .startsWith("AWS4-HMAC-SHA256 Credential=local/");
        }
    }
}
