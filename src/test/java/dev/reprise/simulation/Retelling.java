package dev.reprise.simulation;

import dev.reprise.core.Effect;
import dev.reprise.core.Entry;
import dev.reprise.core.Interpreter;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Outcome;
import dev.reprise.core.Provisions;
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
     * A task in the journal.
     *
     * @param causedBy position of the entry that asked for it
     * @param answeredBy position of the entry with its result; {@code Long.MAX_VALUE} when there is none
     */
    record Told(Effect.RunTask task, long causedBy, long answeredBy) {}

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
            if (effect instanceof Effect.RunTask task) {
                // What was broken off is asked for again after a redrive.
                tasks.putIfAbsent(
                        Machine.identity().executionArn() + task.id(),
                        new Told(task, interpreter.position(), Long.MAX_VALUE));
            }
        }
    }

    private Told answered(Told told, Entry.OfEffect entry, long position) {
        TaskWorld.Answer answer =
                TaskWorld.answer(told.task().resource(), key(entry), told.task().input());
        boolean true_ = switch (entry) {
            case Entry.TaskSucceeded succeeded ->
                answer != null && succeeded.output().equals(answer.output());
            case Entry.TaskFailed failed -> answer != null && failed.error().equals(answer.error());
            case Entry.TimerFired fired -> !fired.at().isBefore(told.task().timeoutAt());
            default -> false;
        };
        if (!true_) {
            violations.add("entry " + position + " tells what did not happen: " + entry);
        }
        return new Told(told.task(), told.causedBy(), position);
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
