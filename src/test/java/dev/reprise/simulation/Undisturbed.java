package dev.reprise.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Resource;
import dev.reprise.core.Interpreter;
import dev.reprise.core.Program;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TaskPattern;
import dev.reprise.execution.TimerKind;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an execution comes to when nothing goes wrong: the interpreter alone, with no journal and no runner. Each task
 * is done as soon as it is asked for, one after the other; when none is left, the next timer fires.
 */
final class Undisturbed {

    /** What the time comes for. */
    private record Timer(Instant due, EffectId effect, TimerKind kind) {}

    private final World world;
    private final String executionArn;
    private final Interpreter interpreter;
    private final Deque<Effect.RunTask> tasks = new ArrayDeque<>();
    private final Deque<Effect.ReadItems> reads = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();

    /** Idempotency keys of the tasks that were done. */
    private final Set<String> done = new HashSet<>();

    private Instant now;
    private boolean abandoned;

    private Undisturbed(World world, ExecutionId id, Interpreter interpreter, Instant now) {
        this.world = world;
        this.executionArn = Machine.arn(id);
        this.interpreter = interpreter;
        this.now = now;
    }

    /** An execution from its beginning. */
    static Undisturbed of(World world, ExecutionId id, JsonNode input) {
        Program program = world.machine(id.workflow()).workflow().program();
        Interpreter interpreter = new Interpreter(
                program, Machine.identity(id), SimulatedProcess.LIMITS, new SimulatedProvisions(world, id), null);
        Undisturbed run = new Undisturbed(world, id, interpreter, SimulatedProcess.START);
        run.apply(new Entry.Started(SimulatedProcess.START, input));
        run.toItsEnd();
        return run;
    }

    /** An execution from where it was redriven. */
    static Undisturbed of(World world, ExecutionId id, Interpreter redriven) {
        Undisturbed run = new Undisturbed(world, id, redriven, redriven.time());
        redriven.openEffects().forEach(run::begin);
        run.workOff();
        run.toItsEnd();
        return run;
    }

    Outcome outcome() {
        return Objects.requireNonNull(interpreter.outcome());
    }

    /** Idempotency keys of the tasks that were done. */
    Set<String> done() {
        return done;
    }

    /** Whether something was given up before it was done: what was done beside it depends on the order. */
    boolean hasAbandoned() {
        return abandoned;
    }

    private void toItsEnd() {
        while (interpreter.outcome() == null) {
            apply(next());
        }
    }

    private void apply(Entry entry) {
        if (interpreter.expects(entry)) {
            interpreter.apply(entry).forEach(this::begin);
            workOff();
        }
    }

    private void workOff() {
        while (interpreter.hasWork()) {
            interpreter.advance().forEach(this::begin);
        }
    }

    private void begin(Effect effect) {
        switch (effect) {
            case Effect.RunTask task -> {
                tasks.add(task);
                if (task.pattern() != TaskPattern.ACTIVITY) {
                    addTimer(task.timeoutAt(task.requestedAt()), task.id(), TimerKind.TIMEOUT);
                }
            }
            case Effect.StartTimer timer -> addTimer(timer.due(), timer.id(), timer.kind());
            case Effect.Abandon abandon -> abandoned = true;
            case Effect.End end -> {}
            case Effect.ReadItems read -> reads.add(read);
            case Effect.WriteResults write -> throw new IllegalStateException("No results are written here: " + write);
        }
    }

    private void addTimer(@Nullable Instant due, EffectId effect, TimerKind kind) {
        if (due != null) {
            timers.add(new Timer(due, effect, kind));
        }
    }

    private Entry next() {
        Effect.ReadItems read = reads.poll();
        if (read != null) {
            String version = Objects.requireNonNull(world.objects.version());
            return new Entry.ItemsRead(
                    read.id(), now, version, world.objects.items(version).size());
        }
        for (Effect.RunTask task = tasks.poll(); task != null; task = tasks.poll()) {
            Entry answer = answer(task);
            if (answer != null) {
                if (interpreter.expects(answer)) {
                    done.add(executionArn + task.id());
                }
                return answer;
            }
        }
        Timer timer = timers.stream().min(Comparator.comparing(Timer::due)).orElseThrow();
        timers.remove(timer);
        now = timer.due().isAfter(now) ? timer.due() : now;
        return new Entry.TimerFired(timer.effect(), now, timer.kind());
    }

    private @Nullable Entry answer(Effect.RunTask task) {
        if (task.resource() instanceof Resource.StartExecution start) {
            return nested(task, start.pattern());
        }
        TaskWorld.Answer answer = TaskWorld.answer(task.resource().uri(), executionArn + task.id(), task.input());
        return answer == null ? null : entry(task, answer);
    }

    private Entry entry(Effect.RunTask task, TaskWorld.Answer answer) {
        StatesError error = answer.error();
        return error == null
                ? new Entry.TaskSucceeded(task.id(), now, Objects.requireNonNull(answer.output()))
                : new Entry.TaskFailed(task.id(), now, error);
    }

    /** Of what such a task gives, confluent machines use the other execution's output only. */
    private Entry nested(Effect.RunTask task, Resource.Pattern pattern) {
        JsonNode input = task.input().get("Input");
        if (pattern == Resource.Pattern.WAIT_FOR_TASK_TOKEN) {
            return entry(task, TaskWorld.answerToToken(executionArn + task.id(), input));
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        if (pattern.waitsForJob()) {
            Outcome outcome = of(world, new ExecutionId(Machine.CHILD, "undisturbed"), input)
                    .outcome();
            if (!(outcome instanceof Outcome.Succeeded succeeded)) {
                return new Entry.TaskFailed(task.id(), now, new StatesError("States.TaskFailed", "undisturbed"));
            }
            if (pattern == Resource.Pattern.SYNC) {
                result.put("Output", succeeded.output().toString());
            } else {
                result.set("Output", succeeded.output());
            }
        }
        return new Entry.TaskSucceeded(task.id(), now, result);
    }
}
