package dev.reprise.simulation;

import dev.reprise.core.Effect;
import dev.reprise.core.EffectId;
import dev.reprise.core.Entry;
import dev.reprise.core.Interpreter;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Outcome;
import dev.reprise.core.StatesError;
import dev.reprise.core.TaskPattern;
import dev.reprise.core.TimerKind;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an execution comes to when nothing goes wrong: the interpreter alone, with no journal and no runner. Each task is done as soon as it is asked for, one after the other; when none is left, the
 * next timer fires.
 */
final class Undisturbed {

    /** What the time comes for. */
    private record Timer(Instant due, EffectId effect, TimerKind kind) {}

    private final Interpreter interpreter;
    private final Deque<Effect.RunTask> tasks = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private Instant now = SimulatedProcess.START;

    private Undisturbed(Machine machine) {
        interpreter =
                new Interpreter(machine.workflow().program(), Machine.identity(), InterpreterLimits.DEFAULT, null);
    }

    static Outcome outcome(Machine machine) {
        Undisturbed run = new Undisturbed(machine);
        run.apply(new Entry.Started(SimulatedProcess.START, machine.input()));
        while (run.interpreter.outcome() == null) {
            run.apply(run.next());
        }
        return Objects.requireNonNull(run.interpreter.outcome());
    }

    private void apply(Entry entry) {
        if (interpreter.expects(entry)) {
            interpreter.apply(entry).forEach(this::begin);
            while (interpreter.hasWork()) {
                interpreter.advance().forEach(this::begin);
            }
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
            case Effect.Abandon abandon -> {}
            case Effect.End end -> {}
            case Effect.ReadItems read -> throw new IllegalStateException("No data sets here: " + read);
            case Effect.WriteResults write -> throw new IllegalStateException("No data sets here: " + write);
        }
    }

    private void addTimer(@Nullable Instant due, EffectId effect, TimerKind kind) {
        if (due != null) {
            timers.add(new Timer(due, effect, kind));
        }
    }

    private Entry next() {
        for (Effect.RunTask task = tasks.poll(); task != null; task = tasks.poll()) {
            TaskWorld.Answer answer = TaskWorld.answer(
                    task.resource().uri(), Machine.identity().executionArn() + task.id(), task.input());
            if (answer != null) {
                StatesError error = answer.error();
                return error == null
                        ? new Entry.TaskSucceeded(task.id(), now, Objects.requireNonNull(answer.output()))
                        : new Entry.TaskFailed(task.id(), now, error);
            }
        }
        Timer timer = timers.stream().min(Comparator.comparing(Timer::due)).orElseThrow();
        timers.remove(timer);
        now = timer.due().isAfter(now) ? timer.due() : now;
        return new Entry.TimerFired(timer.effect(), now, timer.kind());
    }
}
