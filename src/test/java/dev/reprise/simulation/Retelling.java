package dev.reprise.simulation;

import dev.reprise.asl.TaskSemantics;
import dev.reprise.core.Effect;
import dev.reprise.core.Entry;
import dev.reprise.core.Interpreter;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Outcome;
import dev.reprise.core.Provisions;
import dev.reprise.core.TaskPattern;
import dev.reprise.core.TimerKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a journal tells when it is read from the start, without snapshots: what each entry set off, and what came of it all. */
final class Retelling {

    /**
     * A task in the journal. A position is {@code Long.MAX_VALUE} when there is no such entry.
     *
     * @param causedBy position of the entry that asked for it
     * @param startedBy position of the entry that it is begun
     * @param startedAt when that was; null when there is no such entry
     * @param overBy position of the entry after which it must not be asked for again: its result, or that somebody has taken it on
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

    private final Machine machine;
    private final Interpreter interpreter;
    private Entry.@Nullable Started started;
    private final Map<String, Told> tasks = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    private Retelling(Machine machine) {
        this.machine = machine;
        interpreter =
                new Interpreter(machine.workflow().program(), Machine.identity(), InterpreterLimits.DEFAULT, null);
    }

    static Retelling of(Machine machine, Iterator<Entry> journal) {
        Retelling retelling = new Retelling(machine);
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
        if (entry instanceof Entry.Started beginning) {
            started = beginning;
        } else if (entry instanceof Entry.Interrupted) {
            workOff(copy());
        }
        long position = interpreter.position() + 1;
        if (!interpreter.expects(entry)) {
            violations.add("entry " + position + " is in the journal, though nobody waited for it: " + entry);
        }
        if (entry.at().isBefore(interpreter.time())) {
            violations.add("entry " + position + " is earlier than the one before: " + entry);
        }
        if (entry instanceof Entry.OfEffect answer) {
            tasks.computeIfPresent(key(answer), (key, told) -> answered(told, answer, position));
        }
        interpreter.replay(entry);
    }

    /** What an end breaks off an earlier owner may have worked out, and begun: it knew of no end. */
    private Interpreter copy() {
        return Interpreter.restore(
                machine.workflow().program(),
                Machine.identity(),
                InterpreterLimits.DEFAULT,
                Provisions.NONE,
                Objects.requireNonNull(started),
                interpreter.snapshot());
    }

    private void workOff(Interpreter worker) {
        while (worker.hasWork()) {
            caused(worker.advance());
        }
    }

    private static String key(Entry.OfEffect entry) {
        return Machine.identity().executionArn() + entry.effect();
    }

    /** By the last entry. */
    private void caused(List<Effect> effects) {
        for (Effect effect : effects) {
            String key = Machine.identity().executionArn() + effect.id();
            if (effect instanceof Effect.RunTask task) {
                // What was broken off is asked for again after a redrive.
                tasks.putIfAbsent(
                        key, new Told(task, interpreter.position(), Long.MAX_VALUE, null, Long.MAX_VALUE, null, false));
            } else if (effect instanceof Effect.Abandon) {
                tasks.computeIfPresent(key, (same, told) -> told.asAbandoned());
            }
        }
    }

    private Told answered(Told told, Entry.OfEffect entry, long position) {
        if (!isTrue(told, entry)) {
            violations.add("entry " + position + " tells what did not happen: " + entry);
        }
        long overBy = Math.min(told.overBy(), position);
        return switch (entry) {
            case Entry.TaskStarted started ->
                new Told(told.task(), told.causedBy(), position, started.at(), told.overBy(), null, told.abandoned());
            case Entry.TaskHeard heard -> told;
            case Entry.TaskSubmitted submitted -> told.over(overBy, null);
            default -> told.over(overBy, entry);
        };
    }

    private static boolean isTrue(Told told, Entry.OfEffect entry) {
        Effect.RunTask task = told.task();
        TaskWorld.Answer answer = TaskWorld.answer(task.resource().uri(), key(entry), task.input());
        return switch (entry) {
            case Entry.TaskSucceeded succeeded ->
                answer != null && succeeded.output().equals(answer.output());
            case Entry.TaskFailed failed ->
                isInterruption(told, failed)
                        || (answer != null && failed.error().equals(answer.error()));
            case Entry.TimerFired fired -> !fired.at().isBefore(earliestTimeUp(told, fired.kind()));
            case Entry.TaskStarted started ->
                task.semantics() == TaskSemantics.AT_MOST_ONCE_PER_RETRY || task.pattern() == TaskPattern.ACTIVITY;
            case Entry.TaskSubmitted submitted -> task.pattern() != TaskPattern.REQUEST_RESPONSE;
            case Entry.TaskHeard heard -> task.heartbeat() != null;
            default -> false;
        };
    }

    private static boolean isInterruption(Told told, Entry.TaskFailed failed) {
        return "Reprise.TaskInterrupted".equals(failed.error().error()) && told.startedBy() != Long.MAX_VALUE;
    }

    /** As the task was asked for, or a worker took it: heartbeats only put it off. */
    private static Instant earliestTimeUp(Told told, TimerKind kind) {
        Effect.RunTask task = told.task();
        Duration bound = kind == TimerKind.HEARTBEAT ? task.heartbeat() : task.timeout();
        if (task.pattern() == TaskPattern.ACTIVITY) {
            return Objects.requireNonNull(told.startedAt()).plus(Objects.requireNonNull(bound));
        }
        return task.requestedAt().plus(Objects.requireNonNull(bound));
    }

    /** How many tasks were given up because they must not run twice. */
    long interruptions() {
        return tasks.values().stream()
                .filter(told -> told.answer() instanceof Entry.TaskFailed failed && isInterruption(told, failed))
                .count();
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
