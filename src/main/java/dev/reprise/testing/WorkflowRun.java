package dev.reprise.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.asl.State;
import dev.reprise.core.event.Decision;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.Arns;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.StatesError;
import dev.reprise.operations.ExecutionDescription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One run of a workflow under test. Its time stands still; {@link #advance}, {@link #runUntilIdle} and {@link
 * #runToEnd} say how far it moves, and whatever is due by then happens: waits end, tasks are tried again, time out, or
 * miss their heartbeats. One thread at a time uses it.
 *
 * <p>What asserts throws an {@link AssertionError} that ends with the {@linkplain #timeline() timeline}.
 */
public final class WorkflowRun implements AutoCloseable {

    private static final String NAME = "run";

    private final WorkflowUnderTest workflow;
    private final VirtualFunction function;
    private final ExecutionIdentity identity;
    private final Instant start;
    private @Nullable Trace trace;

    WorkflowRun(WorkflowUnderTest workflow, VirtualFunction function) {
        this.workflow = workflow;
        this.function = function;
        this.identity = Arns.identity("", workflow.workflow().name(), NAME);
        this.start = function.now();
    }

    void begin(JsonNode input) {
        drive(() -> {
            function.start(identity.stateMachineName(), NAME, input, identity.executionArn());
            runAll(now());
        });
    }

    // ---- time

    /** The virtual time. */
    public Instant now() {
        return function.now();
    }

    /** How much virtual time has passed since the start. */
    public Duration elapsed() {
        return Duration.between(start, now());
    }

    /** Lets everything happen that is due at this moment. No time passes. */
    public WorkflowRun runUntilIdle() {
        return advance(Duration.ZERO);
    }

    /** Lets so much time pass. */
    public WorkflowRun advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("Time passes forward only, not by " + time);
        }
        drive(() -> {
            Instant until = now().plus(time);
            runAll(until);
            function.moveTo(until);
        });
        return this;
    }

    /**
     * Lets as much time pass as it takes to the end of the execution.
     *
     * @throws AssertionError when it waits for something that never comes
     */
    public WorkflowRun runToEnd() {
        drive(() -> function.run(Instant.MAX, this::hasEnded));
        if (!hasEnded()) {
            List<String> tokens = function.statesWithTokens();
            throw failure("The execution does not end: "
                    + (tokens.isEmpty()
                            ? "it waits for something that never comes, such as a task without an answer or an"
                                    + " activity without a worker"
                            : "it waits for the token of state '" + String.join("', '", tokens)
                                    + "'. Send it back: .callback(\"" + tokens.get(0) + "\").succeeds(…)"));
        }
        return this;
    }

    /** When something happens next by itself; null when nothing does. */
    public @Nullable Instant nextDue() {
        return function.nextDue();
    }

    private void runAll(Instant until) {
        function.run(until, () -> false);
    }

    /** Nothing that was read before holds any longer. What happens does so on a thread that costs little to change. */
    private void drive(Runnable work) {
        trace = null;
        if (Thread.currentThread().isVirtual()) {
            work.run();
            return;
        }
        Throwable[] thrown = {null};
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                work.run();
            } catch (Throwable e) {
                thrown[0] = e;
            }
        });
        try {
            thread.join();
        } catch (InterruptedException e) {
            function.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The test was interrupted", e);
        }
        switch (thrown[0]) {
            case null -> {}
            case AssertionError e -> throw withTimeline(e);
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(thrown[0]);
        }
    }

    // ---- what others do

    /**
     * The task of a state that somebody is to end by its token, as {@code SendTaskSuccess} does; the oldest one where
     * there are several.
     *
     * @throws AssertionError when no such task waits
     */
    public Callback callback(String state) {
        return callback(state, null);
    }

    /**
     * The same for an item of a Map, or a branch of a Parallel.
     *
     * @param item from 0; null for any
     */
    public Callback callback(String state, @Nullable Integer item) {
        String token = function.token(state, item);
        if (token == null) {
            throw failure("No task of state '" + state + "' waits for its token"
                    + (item == null ? "" : " for item " + item) + ". "
                    + (function.statesWithTokens().isEmpty()
                            ? "None does"
                            : "These do: " + String.join(", ", function.statesWithTokens())));
        }
        return new Callback(this, token, null);
    }

    /**
     * Takes the task of an activity's state, as a worker does; the one that has waited longest.
     *
     * @throws AssertionError when none waits
     */
    public Callback activity(String state) {
        if (!(workflow.resources().get(state) instanceof Resource.Activity activity)) {
            throw new IllegalArgumentException("State '" + state + "' asks for no activity");
        }
        @Nullable TakenActivity[] taken = {null};
        drive(() -> {
            taken[0] = function.takeActivity(activity.uri());
            runAll(now());
        });
        if (taken[0] == null) {
            throw failure("No task of activity '" + activity.name() + "' waits for a worker");
        }
        return new Callback(this, taken[0].token(), taken[0].call().input());
    }

    /** Whether a task of that state waits for its token; an activity's, once a worker has taken it. */
    public boolean awaitsToken(String state, @Nullable Integer item) {
        return function.token(state, item) != null;
    }

    /** All states of the workflow by their names, those inside Map and Parallel states too. */
    public Map<String, State> states() {
        return workflow.states();
    }

    void succeed(String token, JsonNode output) {
        change(() -> function.succeed(token, output));
    }

    void fail(String token, StatesError error) {
        change(() -> function.fail(token, error));
    }

    void heartbeat(String token) {
        change(() -> function.heartbeat(token));
    }

    /** Stops the execution, as StopExecution does. */
    public WorkflowRun stop(@Nullable String error, @Nullable String cause) {
        return change(() -> function.stop(identity.executionArn(), error, cause));
    }

    /**
     * Has an execution go on that did not succeed, as RedriveExecution does.
     *
     * @throws dev.reprise.execution.RequestException when it cannot be redriven
     */
    public WorkflowRun redrive() {
        return change(() -> function.redrive(identity.executionArn()));
    }

    private WorkflowRun change(Runnable change) {
        drive(() -> {
            change.run();
            runAll(now());
        });
        return this;
    }

    // ---- what became of it

    /** Whether the execution has ended. */
    public boolean hasEnded() {
        return function.hasEnded(identity.executionArn());
    }

    private @Nullable ExecutionDescription description() {
        return function.known(identity.executionArn());
    }

    /** How the execution stands. */
    public ExecutionStatus status() {
        ExecutionDescription known = description();
        return known == null ? ExecutionStatus.RUNNING : known.status();
    }

    /** What it gave; null when it did not succeed. */
    public @Nullable JsonNode output() {
        ExecutionDescription known = description();
        return known == null ? null : known.output();
    }

    /** The error that it ended with; null when there is none. */
    public @Nullable String error() {
        ExecutionDescription known = description();
        return known == null ? null : known.error();
    }

    /** What is said of the error; null when there is nothing. */
    public @Nullable String cause() {
        ExecutionDescription known = description();
        return known == null ? null : known.cause();
    }

    /** All that two runs to the same end have in common. */
    String ending() {
        return status() + " output " + output() + " error " + error() + " cause " + cause();
    }

    int writes() {
        return function.store().writes();
    }

    boolean hasCrashed() {
        return function.store().hasDied();
    }

    /** The execution's ARN. */
    public String executionArn() {
        return identity.executionArn();
    }

    /** Every call of a task, in order. */
    public List<MadeCall> calls() {
        return List.copyOf(function.calls());
    }

    /** Every call that a state made, in order. */
    public List<MadeCall> calls(String state) {
        return function.calls().stream()
                .filter(call -> call.state().equals(state))
                .toList();
    }

    /** What it has done so far. */
    public Trace trace() {
        Trace known = trace;
        if (known == null) {
            known = Trace.of(
                    Objects.requireNonNull(
                            function.journals().history(new ExecutionId(identity.stateMachineName(), NAME))),
                    workflow.workflow().program(),
                    function.mapData());
            trace = known;
        }
        return known;
    }

    /** Its history, as GetExecutionHistory tells it. */
    public List<HistoryEvent> history() {
        return trace().events();
    }

    /** What led its states on: rules of Choices, retriers, catchers. */
    public List<Decision> decisions() {
        return trace().decisions();
    }

    /** Its journal. */
    public List<Entry> entries() {
        return trace().entries();
    }

    /** The states that were entered, in order; those inside Map and Parallel states left out. */
    public List<String> path() {
        return trace().path(ScopePath.ROOT);
    }

    /** The states that were entered, in order; each as often as it was entered. */
    public List<String> visited() {
        return trace().visited();
    }

    /** What an object holds, that the run may have written; null when there is none. */
    public @Nullable String object(String bucket, String key) {
        byte[] content = function.objects().content(bucket, key);
        return content == null ? null : new String(content, StandardCharsets.UTF_8);
    }

    /** Its history for people, with the virtual time since the start. */
    public String timeline() {
        return Timeline.of(
                identity.stateMachineName() + " is " + status() + " after " + Timeline.sinceStart(elapsed())
                        + (error() == null ? "" : ": " + error() + (cause() == null ? "" : ": " + cause())),
                start,
                history());
    }

    // ---- assertions

    /** It ended so. */
    public WorkflowRun assertStatus(ExecutionStatus expected) {
        return require(status() == expected, "It is expected to be " + expected + ", and is " + status());
    }

    /** It succeeded. */
    public WorkflowRun assertSucceeded() {
        return assertStatus(ExecutionStatus.SUCCEEDED);
    }

    /** It succeeded and gave this, as JSON text. Numbers are compared by their values. */
    public WorkflowRun assertOutput(String json) {
        return assertOutput(TestJson.read(json));
    }

    /** It succeeded and gave this. Numbers are compared by their values. */
    public WorkflowRun assertOutput(JsonNode expected) {
        assertSucceeded();
        JsonNode found = output();
        return require(
                found != null && JsonDifference.between(expected, found) == null,
                "Another output is expected. " + (found == null ? "" : JsonDifference.between(expected, found))
                        + "\nExpected: " + expected + "\nbut was:  " + found);
    }

    /** It failed with this error. */
    public WorkflowRun assertFailed(String expectedError) {
        assertStatus(ExecutionStatus.FAILED);
        return require(
                expectedError.equals(error()),
                "It is expected to fail with " + expectedError + ", and failed with " + error());
    }

    /** It went through these states, in this order; those inside Map and Parallel states left out. */
    public WorkflowRun assertPath(String... states) {
        return require(
                path().equals(Arrays.asList(states)),
                "Another path is expected.\nExpected: " + String.join(" → ", states) + "\nbut was:  "
                        + String.join(" → ", path()));
    }

    /** It entered each of these states at least once, wherever they stand. */
    public WorkflowRun assertVisited(String... states) {
        List<String> missing = Arrays.stream(states)
                .filter(state -> !visited().contains(state))
                .toList();
        return require(missing.isEmpty(), "It never entered " + String.join(", ", missing));
    }

    /** It called the task of a state so often; retries are calls. */
    public WorkflowRun assertCalls(String state, int expected) {
        int found = calls(state).size();
        return require(
                found == expected,
                "State '" + state + "' is expected to call its task " + expected + " times, and did so " + found
                        + " times");
    }

    /** Its history has these events, in this order. */
    public WorkflowRun assertHistory(HistoryEventType... types) {
        List<HistoryEventType> found =
                history().stream().map(HistoryEvent::type).toList();
        return require(
                found.equals(Arrays.asList(types)),
                "Another history is expected.\nExpected: " + Arrays.toString(types) + "\nbut was:  " + found);
    }

    private WorkflowRun require(boolean holds, String problem) {
        if (!holds) {
            throw failure(problem);
        }
        return this;
    }

    private AssertionError failure(String problem) {
        return withTimeline(new AssertionError(problem));
    }

    private AssertionError withTimeline(AssertionError problem) {
        AssertionError told = new AssertionError(problem.getMessage() + "\n" + timelineIfAny(), problem.getCause());
        told.setStackTrace(problem.getStackTrace());
        return told;
    }

    private String timelineIfAny() {
        try {
            return timeline();
        } catch (RuntimeException e) {
            return "(there is no timeline: " + e.getMessage() + ")";
        }
    }

    /** Gives up what waits; what became of it can still be asked for. */
    @Override
    public void close() {
        drive(function::close);
    }
}
