package dev.reprise.simulation;

import dev.reprise.core.Effect;
import dev.reprise.core.Entry;
import dev.reprise.core.Interpreter;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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

    private final Interpreter interpreter;
    private final Map<String, Told> tasks = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    private Retelling(Machine machine) {
        interpreter =
                new Interpreter(machine.workflow().program(), Machine.identity(), InterpreterLimits.DEFAULT, null);
    }

    static Retelling of(Machine machine, Iterator<Entry> journal) {
        Retelling retelling = new Retelling(machine);
        journal.forEachRemaining(retelling::apply);
        return retelling;
    }

    private void apply(Entry entry) {
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
        interpreter.apply(entry).forEach(effect -> caused(effect, position));
        while (interpreter.hasWork()) {
            interpreter.advance().forEach(effect -> caused(effect, position));
        }
    }

    private static String key(Entry.OfEffect entry) {
        return Machine.identity().executionArn() + entry.effect();
    }

    private void caused(Effect effect, long position) {
        if (effect instanceof Effect.RunTask task) {
            tasks.put(Machine.identity().executionArn() + task.id(), new Told(task, position, Long.MAX_VALUE));
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
