package dev.reprise.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.asl.DefinitionText;
import dev.reprise.asl.Resource;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Program;
import dev.reprise.dataset.NoObjects;
import dev.reprise.dataset.ObjectStore;
import dev.reprise.journal.AlwaysDue;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.RunListener;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.runtime.TestPrograms;
import dev.reprise.task.Job;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskSource;
import dev.reprise.task.TaskThreads;
import dev.reprise.wakeup.WakeUps;
import dev.reprise.workflow.Workflow;
import dev.reprise.workflow.Workflows;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One workflow on a store, with tasks that a test gives. JSON may be written with single quotes. */
public final class TestEngine {

    static final RunnerSettings SETTINGS = new RunnerSettings(
            256, Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofMillis(200), 10);

    /** What was asked of {@link WakeUps}. */
    record WakeUp(String executionArn, Instant at) {}

    final Journals journals;
    final JournaledExecutions executions;
    private final Function<Workflows, ExecutionServices> making;
    private final Workflows workflows;
    final List<TaskCall> calls;
    final List<WakeUp> wakeUps = new CopyOnWriteArrayList<>();

    /** When those invocations end that ask for wake-ups and know it; null where it is not known. */
    final List<Instant> ends = new CopyOnWriteArrayList<>();

    TestEngine(ExecutionStore store, String definition, TaskRunner task) {
        this(store, definition, task, SETTINGS, InstantSource.system());
    }

    TestEngine(ExecutionStore store, String definition, TaskRunner task, ObjectStore objects) {
        this(store, definition, new AnyTask(task, null), objects, SETTINGS, InstantSource.system());
    }

    TestEngine(ExecutionStore store, String definition, TaskRunner task, ObjectStore objects, InstantSource clock) {
        this(store, definition, new AnyTask(task, null), objects, SETTINGS, clock);
    }

    TestEngine(ExecutionStore store, String definition, TaskRunner task, RunnerSettings settings, InstantSource clock) {
        this(store, definition, new AnyTask(task, null), new NoObjects(), settings, clock);
    }

    /** Every task is done by that job. */
    TestEngine(ExecutionStore store, String definition, Job job, RunnerSettings settings, InstantSource clock) {
        this(
                store,
                definition,
                new AnyTask(
                        call -> {
                            throw new AssertionError("a job is submitted, not run: " + call);
                        },
                        job),
                new NoObjects(),
                settings,
                clock);
    }

    private TestEngine(
            ExecutionStore store,
            String definition,
            AnyTask tasks,
            ObjectStore objects,
            RunnerSettings settings,
            InstantSource clock) {
        calls = tasks.calls;
        journals = new Journals(new AlwaysDue(store), clock, new Random());
        making = workflows -> TestServices.of(
                workflows,
                journals,
                new TaskRunners(tasks),
                new MapData(objects, new TaskThreads(Runnable::run)),
                new Asked(),
                InterpreterLimits.DEFAULT,
                settings,
                clock);
        workflows = new OneWorkflow(json(definition).toString());
        executions = executionsOf(workflows);
    }

    /** Executions on the same journals, whose definitions come from elsewhere. */
    JournaledExecutions executionsOf(Workflows others) {
        return new JournaledExecutions(making.apply(others));
    }

    /** Executions on the same journals that are listened to. */
    JournaledExecutions executionsTelling(RunListener... listeners) {
        return new JournaledExecutions(TestServices.telling(making.apply(workflows), List.of(listeners)));
    }

    private final class Asked implements WakeUps {

        @Override
        public void schedule(String executionArn, Instant at) {
            wakeUps.add(new WakeUp(executionArn, at));
        }

        @Override
        public WakeUps within(@Nullable Instant end) {
            ends.add(end);
            return this;
        }
    }

    static TaskRunner answering(Function<TaskCall, String> answer) {
        return call -> Uni.createFrom().item(() -> json(answer.apply(call)));
    }

    ExecutionDescription start(String input) {
        return executions.start("test", "run", json(input), invocation("first", null));
    }

    ExecutionDescription start(String input, Duration invocation) {
        return executions.start("test", "run", json(input), invocation("first", invocation));
    }

    ExecutionDescription resume(ExecutionDescription execution) {
        return executions.resume(execution.executionArn(), invocation("another", null));
    }

    ExecutionDescription resume(ExecutionDescription execution, Duration invocation) {
        return executions.resume(execution.executionArn(), invocation("another", invocation));
    }

    static Invocation invocation(String requestId, @Nullable Duration length) {
        return new Invocation(
                requestId, "", length == null ? null : Instant.now().plus(length));
    }

    public static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static final class AnyTask implements TaskSource {

        private final List<TaskCall> calls = Collections.synchronizedList(new ArrayList<>());
        private final TaskRunner task;
        private final @Nullable Job job;

        AnyTask(TaskRunner task, @Nullable Job job) {
            this.task = task;
            this.job = job;
        }

        @Override
        public @Nullable Job job(Resource resource) {
            return job;
        }

        @Override
        public TaskRunner find(Resource resource) {
            return call -> {
                calls.add(call);
                return task.run(call);
            };
        }

        @Override
        public List<String> known() {
            return List.of("any task");
        }
    }

    private static final class OneWorkflow implements Workflows {

        private final Workflow workflow;

        OneWorkflow(String text) {
            workflow = new Workflow("test", DefinitionText.of(text), TestPrograms.compile(text));
        }

        @Override
        public Workflow named(String name) {
            return workflow;
        }

        @Override
        public Program compiled(String sha256, Supplier<String> text) {
            return workflow.program();
        }
    }
}
