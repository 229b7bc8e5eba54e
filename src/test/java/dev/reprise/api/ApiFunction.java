package dev.reprise.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.api.http.StepFunctionsEndpoint;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.Resource;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.dataset.NoObjects;
import dev.reprise.execution.StatesError;
import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import dev.reprise.http.HttpEndpoint;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.local.LocalWakeUps;
import dev.reprise.operations.Background;
import dev.reprise.operations.ExecutionServices;
import dev.reprise.operations.Executions;
import dev.reprise.operations.Invocation;
import dev.reprise.operations.JournaledExecutions;
import dev.reprise.operations.TaskCallbacks;
import dev.reprise.operations.TestServices;
import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.statemachine.Activities;
import dev.reprise.statemachine.ClientTokens;
import dev.reprise.statemachine.KnownWorkflows;
import dev.reprise.statemachine.StateMachineTable;
import dev.reprise.statemachine.Tags;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskSource;
import dev.reprise.task.TaskThreads;
import dev.reprise.telemetry.LogLevel;
import dev.reprise.telemetry.RunLog;
import dev.reprise.testing.InMemoryStore;
import dev.reprise.testing.teststate.StateTester;
import dev.reprise.testing.teststate.TaskCalls;
import dev.reprise.workflow.Substitutions;
import dev.reprise.workflow.WorkflowCatalogue;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A function with the Step Functions API on one machine, its workflows in a folder, and a store in memory unless
 * another is given. Its tasks are {@code task:echo}, which gives its input, {@code task:token}, which keeps its token,
 * and {@code task:fail}, which fails until it is told otherwise.
 */
public final class ApiFunction implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final RunnerSettings SETTINGS = new RunnerSettings(
            256, Duration.ofSeconds(5), Duration.ofMillis(20), Duration.ofMillis(400), Duration.ofMillis(200), 10);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LocalWakeUps wakeUps;
    private final StepFunctionsEndpoint endpoint;
    private final Path folder;

    /** Tokens that {@code task:token} was given. */
    public final List<String> tokens = new CopyOnWriteArrayList<>();

    /** What was logged of executions. */
    public final List<String> lines = new CopyOnWriteArrayList<>();

    /** Whether {@code task:fail} fails. */
    public volatile boolean failing = true;

    public ApiFunction(Path folder) {
        this(folder, new InMemoryStore(), true);
    }

    /** @param inProcess whether what a request began goes on in this process, or in invocations that are woken up */
    public ApiFunction(Path folder, ExecutionStore store, boolean inProcess) {
        this.folder = folder;
        InstantSource clock = InstantSource.system();
        Journals journals = new Journals(store, clock, new Random());
        wakeUps = new LocalWakeUps(this::executions, journals, clock);
        TaskRunners tasks = new TaskRunners(new SomeTasks());
        WorkflowCatalogue files = new WorkflowCatalogue(
                folder, new QueryExpressionChecker(), ApiFunction::language, List.of(), Substitutions.none());
        StateMachineTable created = new StateMachineTable(journals, clock);
        KnownWorkflows workflows = new KnownWorkflows(files, created);
        ExecutionServices services = TestServices.of(
                workflows,
                journals,
                tasks,
                new MapData(new NoObjects(), new TaskThreads(threads)),
                wakeUps,
                InterpreterLimits.DEFAULT,
                SETTINGS,
                clock);
        RunLog log = new RunLog(LogLevel.ALL, true, () -> null, lines::add);
        this.services = services;
        executions = new JournaledExecutions(TestServices.telling(services, List.of(log)));
        endpoint = new StepFunctionsEndpoint(
                new StepFunctions(new ApiServices(
                        executions,
                        executions,
                        new TaskCallbacks(journals, wakeUps, clock),
                        files,
                        workflows,
                        created,
                        new Activities(journals.documents()),
                        new Tags(journals.documents()),
                        new ClientTokens(journals.documents()),
                        new StateTester(ApiFunction::language, TaskCalls.NONE, clock, InterpreterLimits.DEFAULT),
                        InterpreterLimits.DEFAULT,
                        inProcess ? new Background.InProcess(threads) : new Background.AnotherInvocation(),
                        List.of(),
                        clock,
                        new Random())),
                Invocation::ofThisProcess);
    }

    private final JournaledExecutions executions;
    private final ExecutionServices services;

    /** What its executions share. */
    public ExecutionServices services() {
        return services;
    }

    private Executions executions() {
        return executions;
    }

    private static final Map<QueryLanguage, Queries> LANGUAGES = Map.of(
            QueryLanguage.JSONPATH,
            new JsonPathQueries(),
            QueryLanguage.JSONATA,
            new JsonataQueries(QueryLimits.DEFAULT));

    private static Queries language(QueryLanguage language) {
        return LANGUAGES.get(language);
    }

    /** The endpoint, to be served. */
    public HttpEndpoint endpoint() {
        return endpoint;
    }

    /** Puts a workflow's file; JSON may be written with single quotes. */
    public ApiFunction file(String name, String definition) {
        try {
            Files.writeString(folder.resolve(name + ".asl.json"), definition.replace('\'', '"'));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer of the endpoint. */
    public record Reply(int status, JsonNode body, HttpAnswer http) {

        /** The error's bare name. */
        public String error() {
            String type = body.path("__type").asText();
            return type.substring(type.indexOf('#') + 1);
        }

        public String message() {
            return body.path("message").asText();
        }

        public String text(String name) {
            return body.path(name).asText();
        }
    }

    /** Asks; JSON may be written with single quotes. */
    public Reply ask(String action, String body) {
        return ask(action, json(body));
    }

    public Reply ask(String action, JsonNode body) {
        return send(action, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    public Reply send(String action, byte[] body) {
        HttpAnswer answer = endpoint.answer(new HttpCall(
                "POST",
                "/",
                "",
                Map.of("X-Amz-Target", "AWSStepFunctions." + action, "Content-Type", "application/x-amz-json-1.0"),
                body));
        byte[] bytes = ((HttpAnswer.Bytes) answer.body()).bytes();
        return new Reply(answer.status(), json(new String(bytes, StandardCharsets.UTF_8)), answer);
    }

    /** Makes a state machine; JSON may be written with single quotes. */
    public String create(String name, String definition, String type) {
        ObjectNode request = JSON.createObjectNode()
                .put("name", name)
                .put("definition", definition.replace('\'', '"'))
                .put("roleArn", "arn:aws:iam::000000000000:role/machine")
                .put("type", type);
        Reply reply = ask("CreateStateMachine", request);
        if (reply.status() != 200) {
            throw new IllegalStateException(reply.body().toString());
        }
        return reply.text("stateMachineArn");
    }

    /** Starts an execution. */
    public String start(String stateMachineArn, String name, String input) {
        Reply reply = ask(
                "StartExecution",
                JSON.createObjectNode()
                        .put("stateMachineArn", stateMachineArn)
                        .put("name", name)
                        .put("input", input.replace('\'', '"')));
        if (reply.status() != 200) {
            throw new IllegalStateException(reply.body().toString());
        }
        return reply.text("executionArn");
    }

    /** Waits until an execution has that status. */
    public Reply await(String executionArn, String status) throws InterruptedException {
        for (int i = 0; i < 5_000; i++) {
            Reply reply = ask("DescribeExecution", JSON.createObjectNode().put("executionArn", executionArn));
            if (reply.text("status").equals(status)) {
                return reply;
            }
            Thread.sleep(2);
        }
        throw new AssertionError(executionArn + " does not come to " + status);
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text.startsWith("{'") || text.startsWith("['") ? text.replace('\'', '"') : text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        wakeUps.close();
        threads.shutdownNow();
    }

    private final class SomeTasks implements TaskSource {

        @Override
        public @Nullable TaskRunner find(Resource resource) {
            if (!(resource instanceof Resource.InProcess task)) {
                return null;
            }
            return switch (task.name()) {
                case "echo" -> call -> Uni.createFrom().item(call.input());
                case "token" ->
                    call -> Uni.createFrom().item(() -> {
                        tokens.add(call.context().taskToken());
                        return call.input();
                    });
                case "fail" ->
                    call -> failing
                            ? Uni.createFrom()
                                    .failure(() -> new TaskException(new StatesError("Oops", "it failed"), null))
                            : Uni.createFrom().item(call.input());
                default -> null;
            };
        }

        @Override
        public List<String> known() {
            return List.of("task:echo", "task:token", "task:fail");
        }
    }
}
