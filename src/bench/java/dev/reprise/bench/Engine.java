package dev.reprise.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.DefinitionText;
import dev.reprise.asl.Resource;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Program;
import dev.reprise.dataset.NoObjects;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.history.HistoryPage;
import dev.reprise.history.HistoryQuery;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Progress;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.operations.ExecutionServices;
import dev.reprise.operations.Invocation;
import dev.reprise.operations.JournaledExecutions;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.RunListener;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.runtime.Time;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskSource;
import dev.reprise.task.TaskThreads;
import dev.reprise.workflow.Workflow;
import dev.reprise.workflow.Workflows;
import io.smallrye.mutiny.Uni;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Executions on a store, whose only task, {@code task:work}, gives at once what it was built with. */
final class Engine {

    private static final SecureRandom NAMES = new SecureRandom();
    private static final Invocation INVOCATION = new Invocation("bench", "", null);

    /** As the defaults, but an invocation is used to its last moments. */
    private static final RunnerSettings SETTINGS = new RunnerSettings(
            256, Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofMillis(200), Duration.ofMillis(100), 10);

    /** The results of 100,000 items are more than the default allows. */
    private static final InterpreterLimits LIMITS =
            new InterpreterLimits(64_000_000, InterpreterLimits.DEFAULT.sliceTransitions());

    private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(passed.get());
    private final Journals journals;
    private final JournaledExecutions executions;
    private final Definitions definitions = new Definitions();

    Engine(ExecutionStore store, TaskRunner work) {
        this(store, work, List.of());
    }

    /** Whose executions are listened to. */
    Engine(ExecutionStore store, TaskRunner work, List<RunListener> listeners) {
        TaskSource source = new TaskSource() {
            @Override
            public TaskRunner find(Resource resource) {
                return work;
            }

            @Override
            public List<String> known() {
                return List.of("task:work");
            }
        };
        journals = new Journals(store, clock, new SecureRandom());
        TaskThreads threads = new TaskThreads(Runnable::run);
        executions = new JournaledExecutions(new ExecutionServices(
                definitions,
                journals,
                new TaskRunners(source),
                new MapData(new NoObjects(), threads),
                threads,
                (executionArn, at) -> {},
                LIMITS,
                SETTINGS,
                Map::of,
                listeners,
                Time.of(clock)));
    }

    /** A task that gives its input back. */
    static TaskRunner echo() {
        return call -> Uni.createFrom().item(call.input());
    }

    /** Runs an execution to its end, and gives its output. */
    JsonNode run(String definition, JsonNode input) {
        ExecutionDescription ended = start(definition, input);
        JsonNode output = ended.output();
        if (output == null) {
            throw new IllegalStateException(
                    "Ended with " + ended.status() + ": " + ended.error() + ", " + ended.cause());
        }
        return output;
    }

    ExecutionDescription start(String definition, JsonNode input) {
        return executions.start(definitions.add(definition), newName(), input, INVOCATION);
    }

    /** A page of an execution's history. */
    HistoryPage history(ExecutionDescription execution, HistoryQuery query) {
        return executions.history(execution.executionArn(), query);
    }

    /** Runs an execution as far as an invocation of that length allows. */
    ExecutionDescription start(String definition, JsonNode input, Duration invocation) {
        Instant deadline = clock.instant().plus(invocation);
        return executions.start(definitions.add(definition), newName(), input, new Invocation("bench", "", deadline));
    }

    /** Lets the engine's clock jump: an invocation whose deadline lies within is about to end. */
    void pass(Duration time) {
        passed.updateAndGet(time::plus);
    }

    /** Carries a suspended execution on until it suspends once more, or ends. */
    ExecutionDescription goOn(ExecutionDescription suspended) {
        return executions.resume(suspended.executionArn(), INVOCATION);
    }

    /** Runs a suspended execution to its end. */
    void resume(ExecutionDescription suspended) {
        ExecutionStatus status = goOn(suspended).status();
        if (status != ExecutionStatus.SUCCEEDED) {
            throw new IllegalStateException("Ended with " + status);
        }
    }

    /** What an execution has consumed. */
    ConsumedUnits consumed(ExecutionDescription execution) {
        return progress(execution).consumed();
    }

    /** How many segments its journal has: one for each write. */
    long segments(ExecutionDescription execution) {
        return progress(execution).segments();
    }

    Progress progress(ExecutionDescription execution) {
        return journals.head(ExecutionId.ofArn(execution.executionArn())).progress();
    }

    private String newName() {
        return "run-" + Long.toString(NAMES.nextLong() >>> 1, Character.MAX_RADIX);
    }

    /** One state for each of {@code count} tasks, one after the other. */
    static String chain(int count, String durability) {
        String states = IntStream.range(0, count)
                .mapToObj(number -> "\"S%d\": {\"Type\": \"Task\", \"Resource\": \"task:work\", %s}"
                        .formatted(
                                number, number == count - 1 ? "\"End\": true" : "\"Next\": \"S" + (number + 1) + "\""))
                .collect(Collectors.joining(",\n"));
        return "{\"Reprise\": {\"Durability\": \"%s\"}, \"StartAt\": \"S0\", \"States\": {\n%s}}"
                .formatted(durability, states);
    }

    /** A task for each item of the input. */
    static String map(String durability) {
        return """
            {"Reprise": {"Durability": "%s"}, "StartAt": "Each", "States": {
            "Each": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "Work", "States": {
            "Work": {"Type": "Task", "Resource": "task:work", "End": true}}}}}}\
            """.formatted(durability);
    }

    static ArrayNode numbers(int count) {
        ArrayNode numbers = JsonNodeFactory.instance.arrayNode(count);
        IntStream.range(0, count).forEach(numbers::add);
        return numbers;
    }

    private static final class Definitions implements Workflows {

        private final Map<String, Workflow> byHash = new ConcurrentHashMap<>();

        String add(String text) {
            DefinitionText definition = DefinitionText.of(text);
            byHash.computeIfAbsent(definition.sha256(), hash -> new Workflow(hash, definition, Programs.compile(text)));
            return definition.sha256();
        }

        @Override
        public Workflow named(String name) {
            return byHash.get(name);
        }

        @Override
        public Program compiled(String sha256, Supplier<String> text) {
            return byHash.get(sha256).program();
        }
    }
}
