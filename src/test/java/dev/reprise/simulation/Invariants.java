package dev.reprise.simulation;

import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.Outcome;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.Head;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** What must hold after a simulation, whatever happened in it. */
final class Invariants {

    private final World world;
    private final Witness witness;
    private final List<String> violations = new ArrayList<>();
    private final Map<ExecutionId, CourseInvariants> executions = new LinkedHashMap<>();

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
        } catch (IllegalStateException e) {
            invariants.violations.add("the journal leads to what cannot be: " + e.getMessage());
        }
        return invariants.violations;
    }

    private void check() {
        violations.addAll(witness.violations);
        if (witness.courses.isEmpty()) {
            if (world.client.hasGivenUp()) {
                witness.saw(Occurrence.NOT_STARTED);
            } else {
                violations.add("there is no execution, though somebody asked for one");
            }
            return;
        }
        Journals journals =
                new Journals(world.items, InstantSource.fixed(SimulatedProcess.START), new SplittableRandom(1));
        for (Course course : witness.courses.values()) {
            Head head = journals.head(course.id);
            if (course.deleted && head == null) {
                continue;
            }
            if (head == null || head.ending() == null) {
                violations.add(course.id + " did not end, and nothing is left to wake it: " + head);
            } else {
                Retelling retelling = Retelling.of(
                        world,
                        course.id,
                        Objects.requireNonNull(journals.history(course.id)).entries());
                executions.put(
                        course.id,
                        new CourseInvariants(world, course, head, journals.outcome(head), retelling, violations));
            }
        }
        executions.values().forEach(CourseInvariants::check);
        executions.values().forEach(this::checkNested);
        witness.answered.forEach(this::checkAnswered);
    }

    private void checkNested(CourseInvariants parent) {
        for (Retelling.ToldEnd told : parent.retelling().toldEnds()) {
            CourseInvariants child = executions.get(told.child().id);
            if (child != null && child.retelling().ends().stream().noneMatch(end -> NestedEnd.tells(told, end))) {
                violations.add(parent.id() + " was told " + told.entry() + ", but " + child.id() + " ended with "
                        + child.retelling().ends());
            }
        }
        for (CourseInvariants child : executions.values()) {
            if (child.isStartedBy(parent)) {
                child.checkStartedBy(parent);
            }
        }
    }

    /** Somebody was told that the answer counts: then it is the task's end, unless nobody waits for one any more. */
    private void checkAnswered(String key) {
        for (CourseInvariants execution : executions.values()) {
            if (key.startsWith(Machine.arn(execution.id()) + "/")) {
                checkAnswered(execution, key);
            }
        }
    }

    private void checkAnswered(CourseInvariants execution, String key) {
        Retelling retelling = execution.retelling();
        Retelling.Told told = retelling.task(key);
        if (told == null) {
            violations.add(key + " was answered, but the journal knows nothing of it");
        } else if (told.answer() instanceof Entry.TimerFired fired) {
            violations.add(key + " was answered, and timed out all the same: " + fired);
        } else if (told.answer() == null
                && !told.abandoned()
                && retelling.outcome() instanceof Outcome.Succeeded
                // What was stopped with the answer in its inbox asks anew when it is redriven.
                && !execution.course().wasRedriven()) {
            violations.add(key + " was answered, and the answer is lost");
        }
    }
}
