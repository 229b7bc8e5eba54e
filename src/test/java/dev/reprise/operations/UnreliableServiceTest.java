package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.task.TaskThreads;
import dev.reprise.task.UnreliableService;
import dev.reprise.task.aws.SdkActions;
import dev.reprise.task.aws.ServiceCalls;
import dev.reprise.task.aws.client.AssumedRoles;
import dev.reprise.task.aws.client.AwsAccess;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.Connections;
import dev.reprise.task.aws.client.Endpoints;
import dev.reprise.testing.InMemoryStore;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** A Map whose items all ask one service at once, which refuses half of them and cuts its answers. */
class UnreliableServiceTest {

    private static final int ITEMS = 1_000;

    private static final String MAP = """
        {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true, 'ItemProcessor': {'StartAt': 'Send', 'States': {
        'Send': {'Type': 'Task', 'Resource': 'arn:aws:states:::aws-sdk:sqs:sendMessage',
          'Parameters': {'QueueUrl': 'q', 'MessageBody.$': '$'}, 'ResultSelector': {'id.$': '$.MessageId'},
          'Retry': [{'ErrorEquals': ['States.ALL'], 'IntervalSeconds': 1, 'MaxAttempts': 1}],
          'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Refused'}], 'End': true},
        'Refused': {'Type': 'Pass', 'End': true}}}}}}\
        """;

    @Test
    void whatItSaysItTookIsHeardOnceByTheItemThatAsked() throws Exception {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        try (executor;
                UnreliableService service = new UnreliableService();
                AwsClient client = new AwsClient(
                        new Endpoints(() -> "us-east-1", any -> service.endpoint(), List.of()),
                        () -> AwsBasicCredentials.create("a", "b"),
                        AwsAccess.allowed(),
                        new Connections(1_000),
                        Clock.systemUTC())) {
            SdkActions actions = new SdkActions(
                    new ServiceCalls(new TaskThreads(executor), client, new AssumedRoles(client, Clock.systemUTC())));
            TestEngine engine = new TestEngine(
                    new InMemoryStore(),
                    MAP,
                    call -> actions.find(Resource.parse(call.resource())).run(call));

            ExecutionDescription execution = engine.start(
                    IntStream.range(0, ITEMS).mapToObj(i -> "'m" + i + "'").collect(Collectors.joining(",", "[", "]")));
            while (execution.status() == ExecutionStatus.RUNNING) {
                execution = engine.resume(execution);
            }

            assertThat(execution.output()).hasSize(ITEMS);
            Set<String> heard = new HashSet<>();
            for (int i = 0; i < ITEMS; i++) {
                JsonNode item = execution.output().get(i);
                if (item.has("id")) {
                    assertThat(item.path("id").asText()).isEqualTo("m" + i);
                    heard.add("m" + i);
                } else {
                    assertThat(item.path("Error").asText()).isIn("Sqs.SqsException", "Sqs.SdkClientException");
                }
            }
            assertThat(heard).isEqualTo(service.said().keySet()).hasSizeBetween(ITEMS / 4, ITEMS - 1);
            assertThat(service.said().values()).extracting(AtomicInteger::get).containsOnly(1);
            assertThat(service.mostOpen()).isBetween(Connections.MOST / 2, Connections.MOST);
        }
    }
}
