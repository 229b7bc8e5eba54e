package dev.reprise.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.State;
import dev.reprise.asl.StateMachine;
import dev.reprise.core.Program;
import dev.reprise.task.InProcessTasks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tests a workflow as a whole: on the engine that runs it in the cloud, over a store in memory, with tasks that the
 * test answers and a time that the test moves.
 *
 * <pre>{@code
 * WorkflowTest test = WorkflowTest.of(Path.of("workflows/orders.asl.json"));
 * test.state("Charge").returns("{\"paid\": true}");
 * test.run("{\"orderId\": \"4711\"}").assertSucceeded().assertPath("Charge", "Ship");
 * }</pre>
 *
 * <p>What is said here holds for the runs that begin afterwards. Not thread-safe; several of them may be used at once.
 */
public final class WorkflowTest {

    /** When runs begin, where a test does not say. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record StoredObject(String bucket, String key, byte[] content) {}

    private final WorkflowUnderTest workflow;
    private final Map<String, StateMock> states = new LinkedHashMap<>();
    private final Map<String, StateMock> resources = new LinkedHashMap<>();
    private final Map<String, String> stateMachines = new HashMap<>();
    private final List<Object> beans = new ArrayList<>();
    private final List<StoredObject> objects = new ArrayList<>();
    private InProcessTasks methods = BeanTasks.of(List.of());
    private Instant start = START;
    private DyingStore.Death death = new DyingStore.Death.Never();

    private WorkflowTest(WorkflowUnderTest workflow) {
        this.workflow = workflow;
    }

    /**
     * A test of the workflow in a file. Workflows in the same folder can be started by its tasks.
     *
     * @throws IllegalArgumentException when there is no such file, or it is not valid; with all that is wrong with it
     */
    public static WorkflowTest of(Path file) {
        return of(file, Map.of());
    }

    /**
     * The same, with values for the tokens <code>${NAME}</code> of the definition beside those of its own file.
     *
     * @param substitutions by the tokens' names, as {@code reprise.substitutions} has them
     */
    public static WorkflowTest of(Path file, Map<String, String> substitutions) {
        return new WorkflowTest(WorkflowUnderTest.ofFile(file, substitutions));
    }

    /**
     * A test of a workflow that is given as text.
     *
     * @param name the workflow's
     * @throws IllegalArgumentException when it is not valid; with all that is wrong with it
     */
    public static WorkflowTest ofDefinition(String name, String definition) {
        return new WorkflowTest(WorkflowUnderTest.ofText(name, definition));
    }

    /** The same workflow and the same task objects; nothing else is said yet. */
    public WorkflowTest anew() {
        WorkflowTest other = new WorkflowTest(workflow);
        other.beans.addAll(beans);
        other.methods = methods;
        return other;
    }

    /** The definition. */
    public StateMachine machine() {
        return workflow.workflow().program().machine();
    }

    /** The definition, ready to run. */
    public Program program() {
        return workflow.workflow().program();
    }

    /** The workflow's name. */
    public String name() {
        return workflow.workflow().name();
    }

    /** All its states by their names, those inside Map and Parallel states too. */
    public Map<String, State> states() {
        return workflow.states();
    }

    // ---- what tasks give

    /**
     * What the calls of a Task state are answered with. It comes before what is said of its resource, and that before
     * its method.
     *
     * @throws IllegalArgumentException when there is no Task state of that name
     */
    public StateMock state(String name) {
        if (!(workflow.states().get(name) instanceof State.Task)) {
            List<String> tasks = new ArrayList<>(workflow.resources().keySet());
            throw new IllegalArgumentException("There is no Task state '" + name + "' in workflow '" + name()
                    + "'. There are: " + String.join(", ", tasks));
        }
        return states.computeIfAbsent(name, unseen -> new StateMock("State '" + name + "'"));
    }

    /**
     * What the calls of all states are answered with that name this resource.
     *
     * @param uri as it stands in the definition, such as {@code task:charge}
     */
    public StateMock resource(String uri) {
        return resources.computeIfAbsent(uri, unseen -> new StateMock("'" + uri + "'"));
    }

    /**
     * What is said of the calls of a state.
     *
     * @param resource as the state names it
     * @param item the number of the innermost item or branch; null outside Map and Parallel
     * @return null when nothing is said of the state, nor of its resource
     */
    public @Nullable StateMock mock(String state, String resource, @Nullable Integer item) {
        return new AnsweredTasks.Answers(states, resources, methods).mock(state, resource, item);
    }

    /**
     * Has tasks really run: the methods annotated with {@link dev.reprise.task.Task} of these objects, on the thread of
     * the run. What a method does on other threads is waited for, and takes no virtual time.
     *
     * @throws IllegalArgumentException when one has no such method, or a method can be no task
     */
    public WorkflowTest tasks(Object... objectsWithTasks) {
        beans.addAll(List.of(objectsWithTasks));
        methods = BeanTasks.of(beans);
        return this;
    }

    // ---- what there is around it

    /** When runs begin: {@link #START} where nothing is said. Whole milliseconds. */
    public WorkflowTest startingAt(Instant time) {
        start = Instant.ofEpochMilli(time.toEpochMilli());
        return this;
    }

    /** An object in a bucket, for distributed Maps to read. */
    public WorkflowTest object(String bucket, String key, String content) {
        objects.add(new StoredObject(bucket, key, content.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** Which workflow is started where a task names this state machine: {@code reprise.state-machines}. */
    public WorkflowTest stateMachine(String arn, String workflowName) {
        stateMachines.put(arn, workflowName);
        return this;
    }

    // ---- runs

    /** Starts a run and lets it go on as far as it can at this moment. */
    public WorkflowRun start(JsonNode input) {
        return start(input, death);
    }

    /** Starts a run, with input as JSON text. */
    public WorkflowRun start(String input) {
        return start(TestJson.read(input));
    }

    /** Starts a run and brings it to its end, however much virtual time that takes. */
    public WorkflowRun run(JsonNode input) {
        return start(input).runToEnd();
    }

    /** Runs it to its end, with input as JSON text. */
    public WorkflowRun run(String input) {
        return run(TestJson.read(input));
    }

    /** Runs it to its end, with <code>{}</code>. */
    public WorkflowRun run() {
        return run(JsonNodeFactory.instance.objectNode());
    }

    private WorkflowRun start(JsonNode input, DyingStore.Death when) {
        VirtualFunction function = new VirtualFunction(
                workflow,
                new AnsweredTasks.Answers(states, resources, methods),
                workflow.resources(),
                stateMachines,
                start,
                when);
        objects.forEach(each -> function.objects().put(each.bucket(), each.key(), each.content()));
        WorkflowRun run = new WorkflowRun(workflow, function);
        StartedRuns.note(run);
        run.begin(input);
        return run;
    }

    // ---- crashes

    /**
     * Has the process of each further run die once, as soon as an entry of its journal is durable. Another process
     * takes the execution over at the same moment: tasks whose results were not durable run again.
     *
     * @param entry from 1, which is the start
     */
    public WorkflowTest crashAfter(int entry) {
        if (entry < 1) {
            throw new IllegalArgumentException("The first entry of a journal is 1, not " + entry);
        }
        death = new DyingStore.Death.AfterEntry(entry);
        return this;
    }

    /** {@link #crashEverywhere(JsonNode, Consumer)} of a run that needs nobody to come to its end. */
    public CrashReport crashEverywhere(JsonNode input) {
        return crashEverywhere(input, WorkflowRun::runToEnd);
    }

    /**
     * Runs the workflow once without a crash, then once for each place at which its process can die: before and after
     * each write of its journal. Each time it must come to the same end.
     *
     * @param script brings a run that was started to its end: answers its callbacks, moves its time
     * @throws AssertionError when a run comes to another end
     */
    public CrashReport crashEverywhere(JsonNode input, Consumer<WorkflowRun> script) {
        WorkflowRun whole = start(input, new DyingStore.Death.Before(0));
        script.accept(whole);
        String expected = whole.ending();
        int writes = whole.writes();
        whole.close();
        for (int write = 1; write <= writes; write++) {
            compare(input, script, new DyingStore.Death.Before(write), expected);
            compare(input, script, new DyingStore.Death.After(write), expected);
        }
        return new CrashReport(writes, 2 * writes);
    }

    private void compare(JsonNode input, Consumer<WorkflowRun> script, DyingStore.Death when, String expected) {
        WorkflowRun run = start(input, when);
        String found;
        try {
            script.accept(run);
            found = run.ending();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("When the process dies " + describe(when) + ": " + e.getMessage(), e);
        }
        if (!run.hasCrashed() || !found.equals(expected)) {
            throw new AssertionError("When the process dies " + describe(when) + ", the run comes to another end"
                    + (run.hasCrashed() ? "" : " (it never came to that write)") + ".\nExpected: " + expected
                    + "\nbut was:  " + found + "\n" + run.timeline());
        }
        run.close();
    }

    private static String describe(DyingStore.Death when) {
        return switch (when) {
            case DyingStore.Death.Never never -> "never";
            case DyingStore.Death.Before before -> "before its write " + before.write();
            case DyingStore.Death.After after -> "after its write " + after.write();
            case DyingStore.Death.AfterEntry entry -> "after its entry " + entry.entry();
        };
    }

    /**
     * What {@link #crashEverywhere} has done.
     *
     * @param writes how many writes the journal of one run takes
     * @param crashes in how many runs the process died
     */
    public record CrashReport(int writes, int crashes) {}
}
