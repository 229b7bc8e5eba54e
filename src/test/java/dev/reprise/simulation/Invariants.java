package dev.reprise.simulation;

import dev.reprise.asl.TaskSemantics;
import dev.reprise.core.Entry;
import dev.reprise.core.Outcome;
import dev.reprise.journal.CorruptJournalException;
import dev.reprise.journal.ExecutionId;
import dev.reprise.journal.ExecutionStatus;
import dev.reprise.journal.Head;
import dev.reprise.journal.History;
import dev.reprise.journal.Journals;
import dev.reprise.journal.Segment;
import dev.reprise.runtime.ExecutionDescription;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What must hold after a simulation, whatever happened in it. */
final class Invariants {

    /** From a stop to the end of the execution: a lease may have to run out before anybody can see to it, and wake-ups be lost, one after each sweep. */
    private static final long STOP_MILLIS = 8 * 900_000L;

    private final World world;
    private final Witness witness;
    private final List<String> violations = new ArrayList<>();

    /** When each entry became durable, by the position of the last one in its segment. */
    private final TreeMap<Long, Witness.Written> durable = new TreeMap<>();

    private Invariants(World world) {
        this.world = world;
        this.witness = world.witness;
    }

    /** What does not hold, in words. */
    static List<String> violated(World world) {
        Invariants invariants = new Invariants(world);
        try {
            invariants.check();
        } catch (CorruptJournalException e) {
            invariants.violations.add("the journal cannot be read: " + e.getMessage());
        }
        return invariants.violations;
    }

    private void check() {
        violations.addAll(witness.violations);
        Journals journals =
                new Journals(world.items, InstantSource.fixed(SimulatedProcess.START), new SplittableRandom(1));
        Head head = journals.head(new ExecutionId(Machine.NAME, Machine.EXECUTION));
        if (head == null && world.client.hasGivenUp()) {
            witness.saw(Occurrence.NOT_STARTED);
            return;
        }
        if (head == null || head.ending() == null) {
            violations.add("the execution did not end, and nothing is left to wake it: " + head);
            return;
        }
        for (Witness.Written written : witness.segments.values()) {
            Segment segment = written.segment();
            if (segment.count() > 0) {
                durable.put(segment.last(), written);
            }
        }
        History history = Objects.requireNonNull(journals.history(head.id()));
        Retelling retelling = Retelling.of(world.machine, history.entries());
        violations.addAll(retelling.violations());
        checkOutcome(retelling, head, journals.outcome(head));
        witness.taskStarts.forEach(start -> checkStart(retelling, start));
        checkAtMostOnce(retelling);
        witness.answered.forEach(key -> checkAnswered(retelling, key));
    }

    private void checkOutcome(Retelling retelling, Head head, Outcome kept) {
        Outcome outcome = retelling.outcome();
        if (outcome == null) {
            violations.add("the journal leads to no end, but recorded is " + kept);
            return;
        }
        if (kept != null && !kept.equals(outcome)) {
            violations.add("the journal leads to " + outcome + ", but recorded is " + kept);
        }
        // A task that is done once more after a redrive is another one, and may come to another result.
        if (world.machine.confluent() && head.redrives() == 0 && !(outcome instanceof Outcome.Aborted)) {
            Outcome undisturbed = Undisturbed.outcome(world.machine);
            if (!undisturbed.equals(outcome)) {
                violations.add("it ended with " + outcome + ", and undisturbed with " + undisturbed);
            }
        }
        for (Witness.Answer answer : witness.answers) {
            ExecutionDescription told = answer.description();
            boolean afterLastRedrive = Objects.requireNonNull(told.redrive()).count() == head.redrives();
            if (afterLastRedrive && told.status() != ExecutionStatus.RUNNING && !tells(told, outcome)) {
                violations.add(answer.by() + " answered " + told + ", but it ended with " + outcome);
            }
        }
        if (witness.closedAt - STOP_MILLIS > witness.stopAnsweredAt) {
            violations.add("stopped at " + witness.stopAnsweredAt + ", it went on until " + witness.closedAt);
        }
    }

    private static boolean tells(ExecutionDescription told, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded succeeded -> succeeded.output().equals(told.output());
            case Outcome.Failed failed ->
                told.status() == ExecutionStatus.FAILED
                        && failed.error().error().equals(told.error());
            case Outcome.TimedOut timedOut -> told.status() == ExecutionStatus.TIMED_OUT;
            case Outcome.Aborted aborted -> told.status() == ExecutionStatus.ABORTED;
        };
    }

    private void checkStart(Retelling retelling, Witness.TaskStart start) {
        String key = start.call().context().idempotencyKey();
        Retelling.Told told = retelling.task(key);
        if (told == null) {
            violations.add(start.by() + " began " + key + ", of which the journal knows nothing");
            return;
        }
        if (!told.task().input().equals(start.call().input())) {
            violations.add(
                    start.by() + " began " + key + " with " + start.call().input());
        }
        if (durableAt(told.causedBy()) > start.at()) {
            violations.add(start.by() + " began " + key + " before entry " + told.causedBy() + " was durable");
        }
        if (told.overBy() != Long.MAX_VALUE) {
            Witness.Written answer = durable.ceilingEntry(told.overBy()).getValue();
            boolean known = answer.by() == start.by() || answer.at() <= start.openedAt();
            if (answer.at() <= start.at() && known) {
                violations.add(start.by() + " began " + key + " again, though its result was durable");
            }
        }
    }

    private void checkAtMostOnce(Retelling retelling) {
        Map<String, Long> begun = new HashMap<>();
        for (Witness.TaskStart start : witness.taskStarts) {
            String key = start.call().context().idempotencyKey();
            Retelling.Told told = retelling.task(key);
            if (told != null && told.task().semantics() == TaskSemantics.AT_MOST_ONCE_PER_RETRY) {
                if (begun.merge(key, 1L, Long::sum) > 1) {
                    violations.add(key + ", which may be run once at most, was begun again by " + start.by());
                }
                if (durableAt(told.startedBy()) > start.at()) {
                    violations.add(start.by() + " began " + key + " before that was durable");
                }
            }
        }
        if (retelling.interruptions() > 0) {
            witness.saw(Occurrence.INTERRUPTED);
        }
    }

    /** Somebody was told that the answer counts: then it is the task's end, unless nobody waits for one any more. */
    private void checkAnswered(Retelling retelling, String key) {
        Retelling.Told told = retelling.task(key);
        if (told == null) {
            violations.add(key + " was answered, but the journal knows nothing of it");
        } else if (told.answer() instanceof Entry.TimerFired fired) {
            violations.add(key + " was answered, and timed out all the same: " + fired);
        } else if (told.answer() == null
                && !told.abandoned()
                && retelling.outcome() instanceof Outcome.Succeeded
                // What was stopped with the answer in its inbox asks anew when it is redriven.
                && witness.redrivenAt < 0) {
            violations.add(key + " was answered, and the answer is lost");
        }
    }

    private long durableAt(long position) {
        Map.Entry<Long, Witness.Written> written = durable.ceilingEntry(position);
        return position == 1
                ? 0
                : written == null ? Long.MAX_VALUE : written.getValue().at();
    }
}
