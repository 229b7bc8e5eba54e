package dev.reprise.simulation;

import dev.reprise.asl.Resource;
import dev.reprise.asl.TaskSemantics;
import dev.reprise.core.Interpreter;
import dev.reprise.core.Program;
import dev.reprise.execution.Effect;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.TaskPattern;
import dev.reprise.execution.TimerKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a journal tells when it is read from the start, without snapshots: what each entry set off, and what came of it
 * all.
 */
final class Retelling {

    /**
     * A task in the journal. A position is {@code Long.MAX_VALUE} when there is no such entry.
     *
     * @param causedBy position of the entry that asked for it
     * @param startedBy position of the entry that it is begun
     * @param startedAt when that was; null when there is no such entry
     * @param overBy position of the entry after which it must not be asked for again: its result, or that somebody has
     *     taken it on
     * @param answer the entry with its result; null when there is none
     * @param abandoned whether nobody waits for it any more
     */
    record Told(
            Effect.RunTask task,
            long causedBy,
            long startedBy,
            @Nullable Instant startedAt,
            long overBy,
            Entry.@Nullable OfEffect answer,
            boolean abandoned) {

        Told over(long by, Entry.@Nullable OfEffect with) {
            return new Told(task, causedBy, startedBy, startedAt, by, with, abandoned);
        }

        Told asAbandoned() {
            return new Told(task, causedBy, startedBy, startedAt, overBy, answer, true);
        }
    }

    /**
     * The end of an execution, as it was told to the task that has started it.
     *
     * @param child the execution that the task has started
     */
    record ToldEnd(Course child, Resource.Pattern pattern, Entry.OfEffect entry) {}

    /** One slice more than there may be. */
    private static final long MOST_TRANSITIONS =
            SimulatedProcess.LIMITS.transitionsWithoutFact() + SimulatedProcess.LIMITS.sliceTransitions();

    private final World world;
    private final ExecutionId id;
    private final String executionArn;
    private final Interpreter interpreter;
    private Entry.@Nullable Started started;

    /** Before each redrive. */
    private final List<Outcome> earlierEnds = new ArrayList<>();

    /** As it went on from the last redrive; null when there was none. */
    private @Nullable Interpreter redriven;

    private final Set<String> done = new HashSet<>();
    private boolean abandonedAny;
    private final List<ToldEnd> toldEnds = new ArrayList<>();
    private final Map<String, Long> takenOn = new HashMap<>();
    private final Map<String, Told> tasks = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    private Retelling(World world, ExecutionId id) {
        this.world = world;
        this.id = id;
        this.executionArn = Machine.arn(id);
        this.interpreter = new Interpreter(
                program(), Machine.identity(id), SimulatedProcess.LIMITS, new SimulatedProvisions(world, id), null);
    }

    private Program program() {
        return world.machine(id.workflow()).workflow().program();
    }

    static Retelling of(World world, ExecutionId id, Iterator<Entry> journal) {
        Retelling retelling = new Retelling(world, id);
        journal.forEachRemaining(retelling::apply);
        retelling.workOff(retelling.interpreter);
        return retelling;
    }

    /** What it waits for, after all that the journal tells. */
    List<Effect> openEffects() {
        return interpreter.openEffects();
    }

    private void apply(Entry entry) {
        while (interpreter.hasWorkBefore(entry)) {
            caused(interpreter.advanceTo(entry));
        }
        long position = interpreter.position() + 1;
        if (entry instanceof Entry.Started beginning) {
            started = beginning;
        } else if (entry instanceof Entry.Interrupted interrupted) {
            workOff(copy());
            if (interrupted.transitions() > MOST_TRANSITIONS) {
                violations.add("entry " + position + " comes after " + interrupted.transitions()
                        + " transitions without a fact");
            }
        } else if (entry instanceof Entry.Redriven && interpreter.outcome() != null) {
            earlierEnds.add(interpreter.outcome());
        }
        if (!interpreter.expects(entry)) {
            violations.add("entry " + position + " is in the journal, though nobody waited for it: " + entry);
        }
        if (entry.at().isBefore(interpreter.time())) {
            violations.add("entry " + position + " is earlier than the one before: " + entry);
        }
        if (entry instanceof Entry.ItemsRead read && !world.objects.knows(read.version(), read.count())) {
            violations.add("entry " + position + " tells of what was never there: " + entry);
        }
        if (entry instanceof Entry.OfEffect answer) {
            tasks.computeIfPresent(key(answer), (key, told) -> answered(told, answer, position));
        }
        interpreter.replay(entry);
        if (entry instanceof Entry.Redriven) {
            redriven = copy();
            done.clear();
            abandonedAny = false;
        }
    }

    /** What an end breaks off an earlier owner may have worked out, and begun: it knew of no end. */
    private Interpreter copy() {
        return Interpreter.restore(
                program(),
                Machine.identity(id),
                SimulatedProcess.LIMITS,
                new SimulatedProvisions(world, id),
                Objects.requireNonNull(started),
                interpreter.snapshot());
    }

    private void workOff(Interpreter worker) {
        while (worker.hasWork() && !worker.makesNoProgress()) {
            caused(worker.advance());
        }
    }

    private String key(Entry.OfEffect entry) {
        return executionArn + entry.effect();
    }

    /** By the last entry. */
    private void caused(List<Effect> effects) {
        for (Effect effect : effects) {
            String key = executionArn + effect.id();
            if (effect instanceof Effect.RunTask task) {
                // What was broken off is asked for again after a redrive.
                tasks.putIfAbsent(
                        key, new Told(task, interpreter.position(), Long.MAX_VALUE, null, Long.MAX_VALUE, null, false));
            } else if (effect instanceof Effect.Abandon) {
                abandonedAny = true;
                tasks.computeIfPresent(key, (same, told) -> told.asAbandoned());
            }
        }
    }

    private Told answered(Told told, Entry.OfEffect entry, long position) {
        if (!isTrue(told, entry)) {
            violations.add("entry " + position + " tells what did not happen: " + entry);
        }
        long overBy = Math.min(told.overBy(), position);
        if (entry instanceof Entry.TaskSucceeded || entry instanceof Entry.TaskFailed) {
            done.add(key(entry));
        }
        return switch (entry) {
            case Entry.TaskStarted started ->
                new Told(told.task(), told.causedBy(), position, started.at(), told.overBy(), null, told.abandoned());
            case Entry.TaskHeard heard -> told;
            case Entry.TaskSubmitted submitted -> {
                takenOn.putIfAbsent(key(entry), position);
                yield told.over(overBy, null);
            }
            default -> told.over(overBy, entry);
        };
    }

    private boolean isTrue(Told told, Entry.OfEffect entry) {
        Effect.RunTask task = told.task();
        if (task.resource() instanceof Resource.StartExecution start) {
            return isTrue(told, start.pattern(), entry);
        }
        TaskWorld.Answer answer = TaskWorld.answer(task.resource().uri(), key(entry), task.input());
        return isTrue(told, answer, entry);
    }

    /** Of a task that starts an execution. */
    private boolean isTrue(Told told, Resource.Pattern pattern, Entry.OfEffect entry) {
        Course child = world.witness.startedBy(executionArn, entry.effect());
        boolean isEnd = entry instanceof Entry.TaskSucceeded || entry instanceof Entry.TaskFailed;
        if (isEnd && child == null) {
            return false;
        } else if (isEnd && pattern.waitsForJob()) {
            toldEnds.add(new ToldEnd(child, pattern, entry));
            return true;
        } else if (isEnd && pattern == Resource.Pattern.REQUEST_RESPONSE) {
            return entry instanceof Entry.TaskSucceeded;
        } else if (entry instanceof Entry.TaskSubmitted && child == null) {
            return false;
        }
        TaskWorld.Answer answer =
                TaskWorld.answerToToken(key(entry), told.task().input().get("Input"));
        return isTrue(told, answer, entry);
    }

    private boolean isTrue(Told told, TaskWorld.@Nullable Answer answer, Entry.OfEffect entry) {
        Effect.RunTask task = told.task();
        return switch (entry) {
            case Entry.TaskSucceeded succeeded ->
                answer != null && succeeded.output().equals(answer.output());
            case Entry.TaskFailed failed ->
                isInterruption(told, failed)
                        || (answer != null && failed.error().equals(answer.error()));
            case Entry.TimerFired fired -> !fired.at().isBefore(earliestTimeUp(told, fired.kind()));
            case Entry.TaskStarted started ->
                task.semantics() == TaskSemantics.AT_MOST_ONCE_PER_RETRY
                        || task.pattern() == TaskPattern.ACTIVITY
                        || mayHaveRunOn(key(started));
            case Entry.TaskSubmitted submitted ->
                task.resource() instanceof Resource.Integration
                        ? world.service.gave(key(submitted), submitted.response())
                        : task.pattern() != TaskPattern.REQUEST_RESPONSE;
            case Entry.TaskHeard heard -> task.heartbeat() != null;
            default -> false;
        };
    }

    /** Whether it is one of those that heed no interrupt: that it was begun is written when it does not stop. */
    private boolean mayHaveRunOn(String key) {
        return world.witness.deaf.contains(key);
    }

    private static boolean isInterruption(Told told, Entry.TaskFailed failed) {
        return "Reprise.TaskInterrupted".equals(failed.error().error()) && told.startedBy() != Long.MAX_VALUE;
    }

    /** As the task was asked for, by the clock of whoever asks, or a worker took it: heartbeats only put it off. */
    private Instant earliestTimeUp(Told told, TimerKind kind) {
        Effect.RunTask task = told.task();
        Duration bound = kind == TimerKind.HEARTBEAT ? task.heartbeat() : task.timeout();
        if (task.pattern() == TaskPattern.ACTIVITY) {
            return Objects.requireNonNull(told.startedAt()).plus(Objects.requireNonNull(bound));
        }
        return task.requestedAt().plus(Objects.requireNonNull(bound)).minusMillis(world.weather.greatestSkew());
    }

    /** How many tasks were given up because they must not run twice. */
    long interruptions() {
        return tasks.values().stream()
                .filter(told -> told.answer() instanceof Entry.TaskFailed failed && isInterruption(told, failed))
                .count();
    }

    /** The ends that it had come to before it was redriven. */
    List<Outcome> earlierEnds() {
        return earlierEnds;
    }

    /** Those, and the last. */
    List<Outcome> ends() {
        List<Outcome> ends = new ArrayList<>(earlierEnds);
        if (interpreter.outcome() != null) {
            ends.add(interpreter.outcome());
        }
        return ends;
    }

    /** As it went on from the last redrive; null when there was none. */
    @Nullable
    Interpreter redriven() {
        return redriven;
    }

    /** Idempotency keys of the tasks that were done since the last redrive. */
    Set<String> done() {
        return done;
    }

    /** Whether something was given up since the last redrive. */
    boolean hasAbandoned() {
        return abandonedAny;
    }

    List<ToldEnd> toldEnds() {
        return toldEnds;
    }

    /** All of them, by idempotency key. */
    Map<String, Told> tasks() {
        return tasks;
    }

    /** Position of the entry that somebody has taken a task on; {@code Long.MAX_VALUE} when there is none. */
    long takenOnBy(String idempotencyKey) {
        return takenOn.getOrDefault(idempotencyKey, Long.MAX_VALUE);
    }

    /** By idempotency key; null when the journal knows of no such task. */
    @Nullable
    Told task(String idempotencyKey) {
        return tasks.get(idempotencyKey);
    }

    @Nullable
    Outcome outcome() {
        return interpreter.outcome();
    }

    List<String> violations() {
        return violations;
    }
}
