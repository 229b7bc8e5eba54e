package dev.reprise.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.RequestException;
import dev.reprise.execution.StatesError;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.DueExecution;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.StoreUnavailableException;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.operations.ExecutionServices;
import dev.reprise.operations.Executions;
import dev.reprise.operations.Invocation;
import dev.reprise.operations.JournaledExecutions;
import dev.reprise.operations.TaskCallbacks;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.RunEvent;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.runtime.TaskToken;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import dev.reprise.workflow.Workflows;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The function as one test sees it: the real engine over a store in memory, invoked whenever it is due, in a time that
 * only the test moves. Everything happens one after another, in the order of virtual time, so that every run of a test
 * is the same.
 */
final class VirtualFunction {

    /** As by default, but for the inbox: who puts something into it says so. */
    private static final RunnerSettings SETTINGS = new RunnerSettings(
            RunnerSettings.DEFAULT.maxTasksInFlight(),
            RunnerSettings.DEFAULT.waitInProcess(),
            Duration.ofDays(365 * 100L),
            RunnerSettings.DEFAULT.admissionMargin(),
            RunnerSettings.DEFAULT.suspendMargin(),
            RunnerSettings.DEFAULT.maxFruitlessResumes());

    private static final Duration INVOCATION = Duration.ofDays(365 * 200L);

    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:reprise";

    /** More than any test needs: a run that comes so far does not end. */
    private static final int MOST_EVENTS = 1_000_000;

    /** Longer than a Wait state may last. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(365 * 4L);

    private static final int MOST_DUE = 1_000;

    /** A worker of an activity, in histories. */
    private static final String WORKER = "test";

    /**
     * Something that happens at its time.
     *
     * @param number keeps those of the same time in order
     * @param live whether it still matters
     */
    private record Event(Instant due, long number, BooleanSupplier live, Runnable work) {}

    /** A task whose token somebody has. */
    private record TaskPlace(String state, String scope) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::due).thenComparingLong(Event::number));
    private final Map<String, RunningInvocation> running = new LinkedHashMap<>();
    private final Map<String, ExecutionDescription> known = new HashMap<>();
    private final Map<TaskPlace, String> tokens = new LinkedHashMap<>();
    private final Map<EffectId, RunEvent.TaskAsked> activities = new HashMap<>();
    private final List<Throwable> problems = new ArrayList<>();

    private final VirtualTime time;
    private final DyingStore store;
    private final Journals journals;
    private final MapData mapData;
    private final Executions executions;
    private final TaskCallbacks callbacks;
    private final AnsweredTasks tasks;
    private final InMemoryObjects objects;
    private final Map<String, Resource> resourcesOfStates;
    private long numbers;
    private int requests;
    private int happened;

    VirtualFunction(
            Workflows workflows,
            AnsweredTasks.Answers answers,
            Map<String, Resource> resourcesOfStates,
            Map<String, String> stateMachines,
            Instant start,
            DyingStore.Death death) {
        MutinyReady.ensure();
        this.time = new VirtualTime(start);
        InMemoryStore memory = new InMemoryStore();
        this.store = new DyingStore(memory, death);
        // The same secrets in every run, so that its task tokens are the same.
        this.journals = new Journals(death instanceof DyingStore.Death.Never ? memory : store, time, new Random(1));
        this.objects = new InMemoryObjects(time);
        this.resourcesOfStates = resourcesOfStates;
        this.tasks = new AnsweredTasks(this, answers, resourcesOfStates);
        TaskThreads threads = new TaskThreads(Runnable::run);
        this.mapData = new MapData(objects, threads);
        this.callbacks = new TaskCallbacks(journals, this::wakeUp, time);
        boolean hasActivities = resourcesOfStates.values().stream().anyMatch(Resource.Activity.class::isInstance);
        this.executions = JournaledExecutions.showingAll(new ExecutionServices(
                workflows,
                journals,
                new TaskRunners(tasks),
                mapData,
                threads,
                this::wakeUp,
                InterpreterLimits.DEFAULT,
                SETTINGS,
                () -> stateMachines,
                hasActivities ? List.of(this::on) : List.of(),
                time));
    }

    Instant now() {
        return time.instant();
    }

    InMemoryObjects objects() {
        return objects;
    }

    Journals journals() {
        return journals;
    }

    MapData mapData() {
        return mapData;
    }

    List<MadeCall> calls() {
        return tasks.calls();
    }

    DyingStore store() {
        return store;
    }

    // ---- what happens

    /** Has something happen at that time, or at once when it has come, unless it does not matter any more by then. */
    void at(Instant due, BooleanSupplier live, Runnable work) {
        events.add(new Event(due.isBefore(now()) ? now() : due, numbers++, live, work));
    }

    private void wakeUp(String executionArn, Instant due) {
        at(due, () -> !hasEnded(executionArn), () -> resume(executionArn));
    }

    private @Nullable Event next() {
        for (Event next = events.peek(); next != null; next = events.peek()) {
            if (next.live().getAsBoolean()) {
                return next;
            }
            events.remove();
        }
        return null;
    }

    /** When something happens next; null when nothing does. */
    @Nullable
    Instant nextDue() {
        Event next = next();
        return next == null ? null : next.due();
    }

    /**
     * Has happen what is due by then, one thing after another.
     *
     * @param enough asked before each
     */
    void run(Instant until, BooleanSupplier enough) {
        while (!enough.getAsBoolean()) {
            Event next = next();
            if (next == null || next.due().isAfter(until)) {
                return;
            }
            events.remove();
            time.moveTo(next.due());
            next.work().run();
            settle();
            throwProblem();
            if (++happened > MOST_EVENTS) {
                throw endless(MOST_EVENTS + " things have happened");
            }
        }
    }

    private AssertionError endless(String done) {
        return new AssertionError("The execution does not end: " + done + ", and it is " + now() + " in virtual time");
    }

    void moveTo(Instant instant) {
        time.moveTo(instant);
    }

    /** Has invocations end that go on for ever. Safe on any thread. */
    void interrupt() {
        time.end();
    }

    // ---- invocations

    /** Starts an execution, and lets it go on as far as it can at this moment. */
    void start(String workflow, String name, JsonNode input, String executionArn) {
        invoke(executionArn, invocation -> executions.start(workflow, name, input, invocation));
    }

    void redrive(String executionArn) {
        known.remove(executionArn);
        invoke(executionArn, invocation -> executions.redrive(executionArn, invocation));
    }

    void stop(String executionArn, @Nullable String error, @Nullable String cause) {
        known.put(executionArn, executions.stop(executionArn, error, cause, invocation()));
        tellNews();
    }

    private void resume(String executionArn) {
        RunningInvocation waiting = running.get(executionArn);
        if (waiting == null) {
            invoke(executionArn, invocation -> executions.resume(executionArn, invocation));
        } else {
            waiting.tellNews();
            waiting.goOn();
        }
    }

    private interface Work {
        ExecutionDescription in(Invocation invocation);
    }

    private void invoke(String executionArn, Work work) {
        Invocation invocation = invocation();
        invoke(executionArn, () -> work.in(invocation));
    }

    private void invoke(String executionArn, Supplier<ExecutionDescription> work) {
        RunningInvocation begun = new RunningInvocation(this, executionArn, work);
        running.put(executionArn, begun);
        begun.goOn();
        settle();
        throwProblem();
    }

    private Invocation invocation() {
        return new Invocation("request-" + ++requests, FUNCTION, now().plus(INVOCATION));
    }

    /** Notes what has ended; who dies begins anew. */
    private void settle() {
        if (store.isDead()) {
            beginAnew();
        }
        boolean anyEnded = false;
        for (Map.Entry<String, RunningInvocation> each : List.copyOf(running.entrySet())) {
            RunningInvocation invocation = each.getValue();
            if (invocation.isFinished()) {
                running.remove(each.getKey(), invocation);
                anyEnded = true;
                if (invocation.problem() != null) {
                    problems.add(invocation.problem());
                } else if (invocation.result() != null) {
                    known.put(each.getKey(), invocation.result());
                }
            }
        }
        if (anyEnded) {
            tellNews();
        }
    }

    /** As Lambda does it: the requests whose process has died are made again. */
    private void beginAnew() {
        List<Map.Entry<String, RunningInvocation>> dying = List.copyOf(running.entrySet());
        dying.forEach(each -> each.getValue().cancel());
        running.clear();
        store.beginAnew();
        dying.stream()
                .filter(each -> each.getValue().result() == null)
                .filter(each -> hasDiedOfIt(each.getValue().problem()))
                .forEach(each -> invoke(each.getKey(), each.getValue().work()));
        sweep();
        dying.stream()
                .map(each -> each.getValue().problem())
                .filter(problem -> problem != null && !hasDiedOfIt(problem))
                .forEach(problems::add);
    }

    /** Who died may not have come to ask for a wake-up: as the sweeper does, finds what is due in the table. */
    private void sweep() {
        for (DueExecution due : journals.due(now().plus(LONGEST_WAIT), MOST_DUE)) {
            Head head = journals.head(due.id());
            if (head != null && head.ending() == null && head.lease() == null) {
                wakeUp(head.beginning().executionArn(), due.at());
            }
        }
    }

    private static boolean hasDiedOfIt(@Nullable Throwable problem) {
        return problem instanceof StoreUnavailableException || problem instanceof IllegalStateException;
    }

    /** Something may lie in the inbox of an execution whose invocation waits. */
    void tellNews() {
        for (RunningInvocation waiting : running.values()) {
            waiting.tellNews();
            at(now(), () -> !waiting.isFinished(), waiting::goOn);
        }
    }

    /** How an execution stands, as it was told last; null when nobody has told. */
    @Nullable
    ExecutionDescription known(String executionArn) {
        return known.get(executionArn);
    }

    boolean hasEnded(String executionArn) {
        ExecutionDescription last = known.get(executionArn);
        return last != null && last.status() != ExecutionStatus.RUNNING;
    }

    /** Ends what waits, so that no thread is left. */
    void close() {
        running.values().forEach(RunningInvocation::cancel);
        running.clear();
        events.clear();
    }

    // ---- problems of the test itself

    /** The test is wrong, or its expectation is not met: the run fails. */
    <T> Uni<T> failTest(AssertionError problem) {
        problems.add(problem);
        return Uni.createFrom()
                .failure(() -> new TaskException(new StatesError("States.Runtime", problem.getMessage()), problem));
    }

    /** The run fails at once, whatever the workflow catches. */
    <T> Uni<T> giveUp(String done) {
        problems.add(endless(done));
        time.end();
        return Uni.createFrom().nothing();
    }

    private void throwProblem() {
        if (problems.isEmpty()) {
            return;
        }
        Throwable problem = problems.removeFirst();
        problems.clear();
        switch (problem) {
            case RuntimeException thrown -> throw thrown;
            case Error thrown -> throw thrown;
            default -> throw new IllegalStateException(problem);
        }
    }

    // ---- tasks that somebody else ends

    /** Somebody has got a token. */
    void opened(MadeCall call) {
        tokens.put(new TaskPlace(call.state(), call.scope()), Objects.requireNonNull(call.taskToken()));
    }

    /** The token that a state waits for; null when it waits for none. */
    @Nullable
    String token(String state, @Nullable Integer item) {
        return tokens.entrySet().stream()
                .filter(open -> open.getKey().state().equals(state))
                .filter(open -> item == null
                        || item.equals(AnsweredTasks.item(open.getKey().scope())))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** The states that wait for a token. */
    List<String> statesWithTokens() {
        return tokens.keySet().stream().map(TaskPlace::state).distinct().toList();
    }

    /** Sends an answer for a token, now or later. */
    void send(String token, TaskCall call, Answer answer) {
        switch (answer) {
            case Answer.Late late -> at(now().plus(late.delay()), () -> true, () -> send(token, call, late.answer()));
            case Answer.None none -> {}
            case Answer.Result result -> at(now(), () -> true, () -> unlessOver(() -> succeed(token, result.output())));
            case Answer.Failure failure -> at(now(), () -> true, () -> unlessOver(() -> fail(token, failure.error())));
            case Answer.Computed computed -> send(token, call, computed.of(call));
        }
    }

    /** An answer of a mock that comes too late is heard by nobody, as in truth. */
    private static void unlessOver(Runnable answer) {
        try {
            answer.run();
        } catch (RequestException e) {
            if (!e.error().equals("TaskTimedOut")) {
                throw e;
            }
        }
    }

    void succeed(String token, JsonNode output) {
        callbacks.sendTaskSuccess(token, output);
        answered(token);
    }

    void fail(String token, StatesError error) {
        callbacks.sendTaskFailure(token, error.error(), error.cause());
        answered(token);
    }

    void heartbeat(String token) {
        callbacks.sendTaskHeartbeat(token);
        tellNews();
    }

    private void answered(String token) {
        tokens.values().remove(token);
        tellNews();
    }

    /** An activity's task was asked for: where the test has an answer, a worker takes it. */
    private void on(RunEvent event) {
        if (event instanceof RunEvent.TaskAsked asked
                && resourcesOfStates.get(asked.state()) instanceof Resource.Activity activity) {
            activities.put(asked.task(), asked);
            if (tasks.answersActivity(asked.state(), activity.uri())) {
                at(now(), () -> true, () -> work(activity));
            }
        }
    }

    private void work(Resource.Activity activity) {
        TakenActivity taken = takeActivity(activity.uri());
        if (taken != null) {
            Answer answer = tasks.ofActivity(taken.call(), taken.key());
            if (answer != null) {
                send(taken.token(), taken.asTaskCall(), answer);
            }
        }
    }

    /**
     * Takes the task of an activity that has waited longest, as a worker does.
     *
     * @return null when none waits
     */
    @Nullable
    TakenActivity takeActivity(String activityArn) {
        TaskCallbacks.ActivityTask task = callbacks.getActivityTask(activityArn, WORKER);
        tellNews();
        if (task == null) {
            return null;
        }
        TaskToken token = Objects.requireNonNull(TaskToken.read(task.taskToken()));
        RunEvent.TaskAsked asked = Objects.requireNonNull(activities.get(token.task()));
        String scope = token.task().scope().toString();
        MadeCall call = new MadeCall(
                asked.state(),
                scope,
                AnsweredTasks.item(scope),
                activityArn,
                task.input(),
                asked.attempt(),
                now(),
                task.taskToken());
        tasks.note(call);
        opened(call);
        return new TakenActivity(task.taskToken(), asked.executionArn() + token.task(), asked.executionArn(), call);
    }
}
