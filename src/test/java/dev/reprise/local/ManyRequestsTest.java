package dev.reprise.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.dataset.NoObjects;
import dev.reprise.journal.Journals;
import dev.reprise.lambda.RequestHandler;
import dev.reprise.local.server.Refusals;
import dev.reprise.local.server.Route;
import dev.reprise.local.server.Routes;
import dev.reprise.operations.ExecutionServices;
import dev.reprise.operations.JournaledExecutions;
import dev.reprise.operations.SweepSettings;
import dev.reprise.operations.Sweeper;
import dev.reprise.operations.TaskCallbacks;
import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.runtime.Time;
import dev.reprise.task.InProcessTasks;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import dev.reprise.testing.InMemoryStore;
import dev.reprise.trigger.TriggerFile;
import dev.reprise.trigger.Triggers;
import dev.reprise.workflow.Substitutions;
import dev.reprise.workflow.WorkflowCatalogue;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function as dev mode puts it together, without a container: many ask at once, over HTTP. */
class ManyRequestsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final RunnerSettings SETTINGS = new RunnerSettings(
            256, Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(1), 10);

    /** A loop without end goes on until it is stopped. */
    private static final InterpreterLimits LIMITS = new InterpreterLimits(
            6_000_000,
            InterpreterLimits.DEFAULT.sliceTransitions(),
            InterpreterLimits.DEFAULT.sliceFuel(),
            Long.MAX_VALUE);

    private static final CodeChanges NO_CODE_CHANGES = new CodeChanges() {
        @Override
        public void takeIn() {
            // There is nothing to take in.
        }

        @Override
        public @Nullable String problem() {
            return null;
        }
    };

    @TempDir
    Path folder;

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final InMemoryStore store = new InMemoryStore();
    private final AtomicInteger naps = new AtomicInteger();
    private final DevServer server = DevServer.start(0, 0);
    private Application application;

    /** One application: what is made anew when code changes. */
    private final class Application {

        private final LocalWakeUps wakeUps;
        private final ApplicationRequests requests;

        Application() {
            InstantSource clock = InstantSource.system();
            Journals journals = new Journals(store, clock, new Random());
            RunsOfThisProcess runs = new RunsOfThisProcess();
            JournaledExecutions[] executions = new JournaledExecutions[1];
            wakeUps = new LocalWakeUps(() -> executions[0], journals, clock);
            TaskThreads threads = new TaskThreads(workers);
            WorkflowCatalogue workflows = catalogue();
            executions[0] = new JournaledExecutions(new ExecutionServices(
                    workflows,
                    journals,
                    tasks(threads),
                    new MapData(new NoObjects(), threads),
                    threads,
                    wakeUps,
                    LIMITS,
                    SETTINGS,
                    Map::of,
                    List.of(runs),
                    Time.of(clock)));
            JoinedExecutions joined = new JoinedExecutions(executions[0], runs);
            TriggerFile triggers = new TriggerFile(
                    folder, true, workflows, new QueryExpressionChecker(), new JsonataQueries(QueryLimits.DEFAULT));
            RequestHandler handler = new RequestHandler(
                    joined,
                    workflows,
                    new TaskCallbacks(journals, wakeUps, clock),
                    new Sweeper(
                            journals,
                            wakeUps,
                            new SweepSettings(Duration.ofMinutes(1), Duration.ofMinutes(6), 100, 100),
                            clock),
                    new Triggers(triggers, workflows, joined, null, clock),
                    invocation -> call -> Refusals.of(404, "Nothing"),
                    clock);
            wakeUps.resumeAll();
            requests = server.answerBy(
                    new Routes(List.of(
                            LambdaEndpoint.route(handler::carryOut, workers),
                            Route.at("/", new EventEndpoint(handler::carryOut, () -> null)))),
                    new CodeSeen(),
                    NO_CODE_CHANGES,
                    getClass().getClassLoader());
        }

        void close() {
            requests.close();
            wakeUps.close();
        }
    }

    private WorkflowCatalogue catalogue() {
        Map<QueryLanguage, Queries> languages = Map.of(
                QueryLanguage.JSONPATH, new JsonPathQueries(),
                QueryLanguage.JSONATA, new JsonataQueries(QueryLimits.DEFAULT));
        return new WorkflowCatalogue(
                folder, new QueryExpressionChecker(), languages::get, List.of(), Substitutions.none());
    }

    private TaskRunners tasks(TaskThreads threads) {
        TaskRunner nap = call -> threads.run(() -> {
            naps.incrementAndGet();
            sleep(call.input().path("ms").intValue());
            return JsonNodeFactory.instance.textNode("rested");
        });
        TaskRunner call = request -> Uni.createFrom().item(JsonNodeFactory.instance.nullNode());
        return new TaskRunners(new InProcessTasks(Map.of("nap", nap, "call", call)));
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() throws Exception {
        write("nap", """
            {"StartAt": "Nap", "States": {"Nap": {"Type": "Task", "Resource": "task:nap", "End": true}}}\
            """);
        write("endless", """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Next": "B"},
              "B": {"Type": "Choice", "Choices": [{"Variable": "$.no", "IsPresent": true, "Next": "C"}],
                    "Default": "A"},
              "C": {"Type": "Succeed"}}}\
            """);
        write("token", """
            {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "task:call.waitForTaskToken",
              "Parameters": {"token.$": "$$.Task.Token"}, "HeartbeatSeconds": 2, "TimeoutSeconds": 20,
              "End": true}}}\
            """);
        application = new Application();
    }

    private void write(String name, String definition) throws Exception {
        Files.writeString(folder.resolve(name + ".asl.json"), definition);
    }

    @AfterEach
    void stop() {
        application.close();
        server.close();
        workers.shutdownNow();
    }

    /** Each naps for longer than the test waits: one after the other they would never all be under way. */
    @Test
    void runsOfTwentyClientsAreUnderWayTogether() throws Exception {
        List<CompletableFuture<JsonNode>> runs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            runs.add(later("{\"workflow\": \"nap\", \"name\": \"n" + i + "\", \"input\": {\"ms\": 600000}}"));
        }
        awaitNaps(20);

        for (int i = 0; i < 20; i++) {
            post("{\"stop\": \"arn:aws:states:us-east-1:000000000000:execution:nap:n" + i + "\"}");
        }
        for (CompletableFuture<JsonNode> run : runs) {
            assertThat(run.get(60, TimeUnit.SECONDS).path("status").textValue()).isEqualTo("ABORTED");
        }
    }

    @Test
    void whoLooksAndWhoStopsIsAnsweredWhileExecutionsRun() throws Exception {
        CompletableFuture<JsonNode> run =
                later("{\"workflow\": \"nap\", \"name\": \"n1\", \"input\": {\"ms\": 60000}}");
        String arn = "arn:aws:states:us-east-1:000000000000:execution:nap:n1";
        awaitStatus(arn, "RUNNING");

        assertThat(post("{\"list\": \"nap\"}").at("/executions/0/status").textValue())
                .isEqualTo("RUNNING");
        assertThat(post("{\"history\": \"" + arn + "\"}").path("events")).isNotEmpty();

        assertThat(post("{\"stop\": \"" + arn + "\", \"cause\": \"enough\"}")
                        .path("status")
                        .textValue())
                .isEqualTo("ABORTED");
        assertThat(run.get(60, TimeUnit.SECONDS).path("cause").textValue()).isEqualTo("enough");
    }

    @Test
    void aStartThatIsNotWaitedForIsAnsweredAtOnceAndItsStateIsSeen() {
        JsonNode started = post(
                "{\"start\": {\"workflow\": \"nap\", \"name\": \"n2\", \"input\": {\"ms\": 3000}, \"wait\": false}}");
        assertThat(started.path("status").textValue()).as(started.toString()).isEqualTo("RUNNING");
        awaitNaps(1);

        JsonNode running =
                post("{\"describe\": \"" + started.path("executionArn").textValue() + "\"}");
        assertThat(running.path("input").path("ms").intValue()).isEqualTo(3_000);
        assertThat(running.at("/states/0/state").textValue()).isEqualTo("Nap");
        assertThat(running.at("/states/0/waitsFor/task").textValue()).isEqualTo("task:nap");
        assertThat(running.at("/states/0/waitsFor/attempt").intValue()).isZero();

        JsonNode again = post("{\"workflow\": \"nap\", \"name\": \"n2\", \"input\": {\"ms\": 3000}}");
        assertThat(again.path("status").textValue()).as("who waits joins it").isEqualTo("SUCCEEDED");
        assertThat(naps).hasValue(1);
    }

    @Test
    void tellsWhatThereIs() throws Exception {
        write("broken", "{\"StartAt\": \"A\", \"States\": {}}");

        JsonNode workflows = post("{\"workflows\": {}}").path("workflows");
        assertThat(workflows.findValuesAsText("name")).containsExactly("broken", "endless", "nap", "token");
        assertThat(workflows.at("/0/valid").booleanValue()).isFalse();
        assertThat(workflows.at("/0/errors/0").textValue()).contains("broken.asl.json");

        JsonNode help = post("{\"help\": {}}").path("requests");
        assertThat(help.findValuesAsText("does")).contains("starts an execution, and waits as long as it runs");
        assertThat(help.at("/1/event/start/wait").booleanValue()).isFalse();
    }

    /** However many there are: each has a thread that the system shares out. */
    @Test
    void loopsWithoutEndAreSeenAndStopped() throws Exception {
        int loops = Runtime.getRuntime().availableProcessors() + 1;
        List<CompletableFuture<JsonNode>> runs = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
            runs.add(later("{\"workflow\": \"endless\", \"name\": \"e" + i + "\"}"));
        }
        for (int i = 0; i < loops; i++) {
            String arn = "arn:aws:states:us-east-1:000000000000:execution:endless:e" + i;
            awaitStatus(arn, "RUNNING");
            assertThat(post("{\"stop\": \"" + arn + "\"}").path("status").textValue())
                    .isEqualTo("ABORTED");
            assertThat(runs.get(i).get(60, TimeUnit.SECONDS).path("status").textValue())
                    .isEqualTo("ABORTED");
        }
    }

    @Test
    void heartbeatsComeThroughWhileTheExecutionWaitsForThem() throws Exception {
        CompletableFuture<JsonNode> run = later("{\"workflow\": \"token\", \"name\": \"t1\"}");
        String arn = "arn:aws:states:us-east-1:000000000000:execution:token:t1";
        awaitStatus(arn, "RUNNING");
        String token = JSON.readTree(awaitParameters(arn)).path("token").textValue();

        for (int i = 0; i < 3; i++) {
            sleep(1_200);
            assertThat(post("{\"sendTaskHeartbeat\": {\"taskToken\": \"" + token + "\"}}"))
                    .isEmpty();
        }
        post("{\"sendTaskSuccess\": {\"taskToken\": \"" + token + "\", \"output\": \"1\"}}");
        assertThat(run.get(60, TimeUnit.SECONDS).path("status").textValue()).isIn("RUNNING", "SUCCEEDED");
        awaitStatus(arn, "SUCCEEDED");
    }

    private String awaitParameters(String arn) {
        for (int i = 0; i < 500; i++) {
            JsonNode parameters = post("{\"history\": \"" + arn + "\"}").findValue("parameters");
            if (parameters != null) {
                return parameters.textValue();
            }
            sleep(20);
        }
        throw new AssertionError("Nothing was asked of the task");
    }

    /** As the command line of AWS does with the id that it keeps: once it has lost patience, it asks again. */
    @Test
    void aCallThatIsTriedAgainIsOneExecution() throws Exception {
        List<CompletableFuture<JsonNode>> attempts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            attempts.add(CompletableFuture.supplyAsync(
                    () -> send(HttpRequest.newBuilder(URI.create(
                                    "http://localhost:" + server.port() + "/2015-03-31/functions/reprise/invocations"))
                            .header("amz-sdk-invocation-id", "6f1c2f4e-5b0a-4d5e-9a51-0c8a1f3b7a10")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"workflow\": \"nap\", \"input\": {\"ms\": 1500}}"))),
                    workers));
            sleep(100);
        }
        for (CompletableFuture<JsonNode> attempt : attempts) {
            assertThat(attempt.get(60, TimeUnit.SECONDS).path("status").textValue())
                    .isEqualTo("SUCCEEDED");
        }
        assertThat(post("{\"list\": \"nap\"}").path("executions")).hasSize(1);
        assertThat(naps).hasValue(1);
    }

    @Test
    void aRunIsTakenUpByTheNextApplicationAndItsCallerHearsOfNothing() throws Exception {
        CompletableFuture<JsonNode> run = later("{\"workflow\": \"nap\", \"input\": {\"ms\": 1000}}");
        awaitNaps(1);

        application.close();
        application = new Application();

        JsonNode answer = run.get(60, TimeUnit.SECONDS);
        assertThat(answer.path("status").textValue()).isEqualTo("SUCCEEDED");
        assertThat(naps)
                .as("at least once: the task that was interrupted runs again")
                .hasValue(2);
        assertThat(post("{\"list\": \"nap\"}").path("executions")).hasSize(1);
    }

    private void awaitNaps(int count) {
        for (int i = 0; naps.get() < count && i < 6_000; i++) {
            sleep(10);
        }
        assertThat(naps).hasValue(count);
    }

    private void awaitStatus(String arn, String status) {
        JsonNode answer = JSON.nullNode();
        for (int i = 0; i < 500; i++) {
            answer = post("{\"describe\": \"" + arn + "\"}");
            if (answer.path("status").asText().equals(status)) {
                return;
            }
            sleep(20);
        }
        assertThat(answer.path("status").textValue()).as(answer.toString()).isEqualTo(status);
    }

    private CompletableFuture<JsonNode> later(String event) {
        return CompletableFuture.supplyAsync(() -> post(event), workers);
    }

    private JsonNode post(String event) {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + server.port()))
                .POST(HttpRequest.BodyPublishers.ofString(event)));
    }

    private static JsonNode send(HttpRequest.Builder request) {
        try {
            return JSON.readTree(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
