package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.api.ApiServices;
import dev.reprise.api.StepFunctions;
import dev.reprise.api.http.StepFunctionsEndpoint;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.dataset.ObjectStore;
import dev.reprise.execution.Outcome;
import dev.reprise.http.HttpAnswer;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.local.server.LoopbackServer;
import dev.reprise.operations.Background;
import dev.reprise.operations.ExecutionServices;
import dev.reprise.operations.Invocation;
import dev.reprise.operations.JournaledExecutions;
import dev.reprise.operations.TaskCallbacks;
import dev.reprise.operations.TestServices;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.RunEvent;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.runtime.Time;
import dev.reprise.statemachine.Activities;
import dev.reprise.statemachine.ClientTokens;
import dev.reprise.statemachine.KnownWorkflows;
import dev.reprise.statemachine.StateMachineTable;
import dev.reprise.statemachine.Tags;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskSource;
import dev.reprise.task.TaskThreads;
import dev.reprise.testing.InMemoryStore;
import dev.reprise.testing.teststate.StateTester;
import dev.reprise.testing.teststate.TaskCalls;
import dev.reprise.workflow.Substitutions;
import dev.reprise.workflow.WorkflowCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A function with the Step Functions API for one case, asked over HTTP, in a time of its own that passes at once where
 * there is nothing to do but wait. What a request begins goes on before its answer.
 */
final class HttpFunction {

    /** More than any case waits. */
    private static final int MOST_WAITS = 10_000;

    private static final RunnerSettings SETTINGS = new RunnerSettings(
            256, Duration.ZERO, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(1), 10);

    private static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:machine";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /** One for all cases; each in its turn is what answers. */
    private static final AtomicReference<StepFunctionsEndpoint> CURRENT = new AtomicReference<>();

    private static final LoopbackServer SERVER = server();

    private static LoopbackServer server() {
        try {
            return LoopbackServer.start(0, call -> {
                StepFunctionsEndpoint endpoint = CURRENT.get();
                return endpoint == null ? HttpAnswer.text(503, "text/plain", "no case") : endpoint.answer(call);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final PriorityQueue<Instant> wakeUps = new PriorityQueue<>();
    private final InMemoryStore store = new InMemoryStore();
    private final JournaledExecutions executions;
    private final VirtualTime time = new VirtualTime();
    private final BooleanSupplier happening;
    private @Nullable Outcome logged;

    /**
     * A function.
     *
     * @param tasks runs whatever is asked for
     * @param happening has something happen that comes from outside, if there is anything
     */
    HttpFunction(TaskSource tasks, TaskCalls tested, ObjectStore objects, BooleanSupplier happening) {
        this.happening = happening;
        Journals journals = new Journals(store, time, new Random(1));
        WorkflowCatalogue files = new WorkflowCatalogue(
                Path.of("no-such-folder"),
                new QueryExpressionChecker(),
                Languages::of,
                List.of(),
                Substitutions.none());
        StateMachineTable created = new StateMachineTable(journals, time);
        KnownWorkflows workflows = new KnownWorkflows(files, created);
        ExecutionServices services = TestServices.of(
                workflows,
                journals,
                new TaskRunners(tasks),
                new MapData(objects, new TaskThreads(Runnable::run)),
                (arn, at) -> wakeUps.add(at),
                ExecutionPlay.LIMITS,
                SETTINGS,
                time);
        executions = new JournaledExecutions(TestServices.telling(services, List.of(event -> {
            if (event instanceof RunEvent.Ended ended) {
                logged = ended.outcome();
            }
        })));
        StepFunctions api = new StepFunctions(new ApiServices(
                executions,
                executions,
                new TaskCallbacks(journals, (arn, at) -> wakeUps.add(at), time),
                files,
                workflows,
                created,
                new Activities(journals.documents()),
                new Tags(journals.documents()),
                new ClientTokens(journals.documents()),
                new StateTester(Languages::of, tested, time, InterpreterLimits.DEFAULT),
                ExecutionPlay.LIMITS,
                new Background.InProcess(Runnable::run),
                List.of(),
                time,
                new Random(1)));
        CURRENT.set(new StepFunctionsEndpoint(api, requestId -> new Invocation(requestId, FUNCTION, null)));
    }

    /** How the last execution ended, as the log of an EXPRESS state machine tells it; null before. */
    @Nullable
    Outcome logged() {
        return logged;
    }

    /** An answer, with its error's bare name if it is one. */
    record Reply(@Nullable String error, JsonNode body) {}

    /** Asks over HTTP. */
    static Reply ask(String action, ObjectNode body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SERVER.port() + "/"))
                .header("X-Amz-Target", "AWSStepFunctions." + action)
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode json = JSON.readTree(response.body());
            String type = json.path("__type").asText();
            return new Reply(response.statusCode() == 200 ? null : type.substring(type.indexOf('#') + 1), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Whether a task waits in the queue of an activity. */
    boolean isQueued(String activity) {
        return !store.tasks().queued(activity, "", 1, new UnitMeter()).isEmpty();
    }

    /** Has time pass until the execution is due, and carries it on; false when it waits for what never comes. */
    boolean wakeUp(String executionArn) {
        if (happening.getAsBoolean()) {
            resume(executionArn);
            return true;
        }
        Instant at = wakeUps.poll();
        if (at == null) {
            return false;
        }
        time.now = at.isAfter(time.now) ? at : time.now;
        resume(executionArn);
        return true;
    }

    private void resume(String executionArn) {
        executions.resume(executionArn, new Invocation("resume-" + time.now, FUNCTION, null));
    }

    private final class VirtualTime implements Time {

        private Instant now = ExecutionPlay.START;
        private int waits;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public long await(Condition news, long nanos) {
            if (++waits > MOST_WAITS) {
                throw new IllegalStateException("The execution does not end");
            }
            boolean unused = happening.getAsBoolean();
            now = now.plusNanos(nanos);
            return 0;
        }
    }
}
