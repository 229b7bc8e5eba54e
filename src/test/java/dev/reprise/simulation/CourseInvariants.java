package dev.reprise.simulation;

import dev.reprise.asl.TaskSemantics;
import dev.reprise.core.Interpreter;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.TaskPattern;
import dev.reprise.execution.TimerKind;
import dev.reprise.journal.store.Caller;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Segment;
import dev.reprise.operations.ExecutionDescription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What must hold of one execution that has ended, by what was seen of it and what its journal tells. */
final class CourseInvariants {

    /**
     * From a stop to the end of the execution: a lease may have to run out before anybody can see to it, and wake-ups
     * be lost, one after each sweep.
     */
    private static final long STOP_MILLIS = 8 * 900_000L;

    /**
     * How long what was interrupted is waited for, at least: what is left to be written needs the rest of the margin.
     */
    private static final long LEAST_PATIENCE_MILLIS = 400;

    /** Before its deadline an invocation waits no longer when so much is left. */
    private static final long MOST_LEFT_MILLIS = 500;

    private final World world;
    private final Course course;
    private final Head head;
    private final @Nullable Outcome kept;
    private final Retelling retelling;
    private final List<String> violations;

    /** When each entry became durable, by the position of the last one in its segment. */
    private final TreeMap<Long, Witness.Written> durable = new TreeMap<>();

    /**
     * @param head as it is stored
     * @param kept the outcome as it is stored; null when only the journal tells it
     * @param violations to which is added what does not hold
     */
    CourseInvariants(
            World world,
            Course course,
            Head head,
            @Nullable Outcome kept,
            Retelling retelling,
            List<String> violations) {
        this.world = world;
        this.course = course;
        this.head = head;
        this.kept = kept;
        this.retelling = retelling;
        this.violations = violations;
        for (Witness.Written written : course.segments.values()) {
            Segment segment = written.segment();
            if (segment.count() > 0) {
                durable.put(segment.last(), written);
            }
        }
    }

    ExecutionId id() {
        return course.id;
    }

    Course course() {
        return course;
    }

    Retelling retelling() {
        return retelling;
    }

    private void violated(String what) {
        violations.add(course.id + ": " + what);
    }

    void check() {
        retelling.violations().forEach(this::violated);
        checkOutcome();
        course.taskStarts.forEach(this::checkStart);
        checkAtMostOnce();
        retelling.tasks().forEach(this::checkTimeout);
        course.outlived.forEach(this::checkOutlived);
        course.polls.forEach(this::checkPoll);
        world.service.all().forEach(this::checkCancelled);
    }

    // ---- the end

    private void checkOutcome() {
        Outcome outcome = retelling.outcome();
        if (outcome == null) {
            violated("the journal leads to no end, but recorded is " + kept);
            return;
        }
        if (kept != null && !kept.equals(outcome)) {
            violated("the journal leads to " + outcome + ", but recorded is " + kept);
        }
        if (world.machine(course.id.workflow()).confluent() && !(outcome instanceof Outcome.Aborted)) {
            checkUndisturbed(outcome);
        }
        for (Witness.Answer answer : course.answers) {
            ExecutionDescription told = answer.description();
            boolean afterLastRedrive = Objects.requireNonNull(told.redrive()).count() == head.redrives();
            if (afterLastRedrive && told.status() != ExecutionStatus.RUNNING && !tells(told, outcome)) {
                violated(answer.by() + " answered " + told + ", but it ended with " + outcome);
            }
        }
        if (outcome instanceof Outcome.Failed failed
                && "Reprise.NoProgress".equals(failed.error().error())) {
            world.witness.saw(Occurrence.NO_PROGRESS);
        }
        boolean dataIsLost = outcome instanceof Outcome.Failed failed
                && "States.ItemReaderFailed".equals(failed.error().error());
        if (dataIsLost) {
            world.witness.saw(Occurrence.DATA_LOST);
            if (!world.objects.isDisturbed()) {
                violated("it failed for lack of data that was there all the time");
            }
        }
        if (course.closedAt - STOP_MILLIS > course.stopAnsweredAt) {
            violated("stopped at " + course.stopAnsweredAt + ", it went on until " + course.closedAt);
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

    /** Nothing that happened to it, or to what it has started, may show in the end that it comes to by itself. */
    private void checkUndisturbed(Outcome outcome) {
        if (hasDisturbedChildren() || world.isDataDisturbed()) {
            return;
        }
        Interpreter redriven = retelling.redriven();
        if (redriven != null) {
            checkRedriven(redriven, outcome);
        }
        boolean onlyStopped = retelling.earlierEnds().stream().allMatch(Outcome.Aborted.class::isInstance);
        boolean asNeverStopped = onlyStopped
                && (redriven == null || world.machine(course.id.workflow()).retold());
        if (asNeverStopped) {
            Outcome undisturbed = Undisturbed.of(world, course.id, course.input).outcome();
            if (!undisturbed.equals(outcome)) {
                violated("it ended with " + outcome + ", and undisturbed with " + undisturbed);
            }
        }
    }

    private boolean hasDisturbedChildren() {
        for (Course other : world.witness.courses.values()) {
            Caller caller = other.caller;
            boolean isChild = caller != null && caller.execution().equals(course.id);
            if (isChild && (other.wasRedriven() || other.wasStopped)) {
                return true;
            }
        }
        return false;
    }

    /** A twin that was redriven at the same place, and to which nothing happened since. */
    private void checkRedriven(Interpreter redriven, Outcome outcome) {
        world.witness.saw(Occurrence.TWIN);
        Undisturbed twin = Undisturbed.of(world, course.id, redriven);
        if (!twin.outcome().equals(outcome)) {
            violated("redriven it ended with " + outcome + ", and its undisturbed twin with " + twin.outcome());
        } else if (!twin.hasAbandoned()
                && !retelling.hasAbandoned()
                && !twin.done().equals(retelling.done())) {
            violated("redriven it did " + retelling.done() + ", and its undisturbed twin " + twin.done());
        }
    }

    // ---- tasks

    private void checkStart(Witness.TaskStart start) {
        String key = start.call().context().idempotencyKey();
        Retelling.Told told = retelling.task(key);
        if (told == null) {
            violated(start.by() + " began " + key + ", of which the journal knows nothing");
            return;
        }
        if (!told.task().input().equals(start.call().input())) {
            violated(start.by() + " began " + key + " with " + start.call().input());
        }
        if (durableAt(told.causedBy()) > start.at()) {
            violated(start.by() + " began " + key + " before entry " + told.causedBy() + " was durable");
        }
        if (told.overBy() != Course.NEVER) {
            Witness.Written answer = writtenWith(told.overBy());
            boolean known = answer != null && (answer.by() == start.by() || answer.at() <= start.openedAt());
            if (known && answer.at() <= start.at()) {
                violated(start.by() + " began " + key + " again, though its result was durable");
            }
        }
    }

    private void checkAtMostOnce() {
        Map<String, Long> begun = new HashMap<>();
        for (Witness.TaskStart start : course.taskStarts) {
            String key = start.call().context().idempotencyKey();
            Retelling.Told told = retelling.task(key);
            if (told != null && told.task().semantics() == TaskSemantics.AT_MOST_ONCE_PER_RETRY) {
                if (begun.merge(key, 1L, Long::sum) > 1) {
                    violated(key + ", which may be run once at most, was begun again by " + start.by());
                }
                if (durableAt(told.startedBy()) > start.at()) {
                    violated(start.by() + " began " + key + " before that was durable");
                }
            }
        }
        if (retelling.interruptions() > 0) {
            world.witness.saw(Occurrence.INTERRUPTED);
        }
    }

    /** A task's time runs from when it is asked for by whoever says that it is over, however long it had queued. */
    private void checkTimeout(String key, Retelling.Told told) {
        boolean isTimeout = told.answer() instanceof Entry.TimerFired fired && fired.kind() == TimerKind.TIMEOUT;
        if (!isTimeout || told.task().pattern() != TaskPattern.REQUEST_RESPONSE) {
            return;
        }
        Witness.Written written = writtenWith(told.overBy());
        // One that is frozen between its look at the clock and the task is not to be held to this.
        if (written == null || written.by().overruns()) {
            return;
        }
        long over = SimulatedProcess.timeOf(told.answer().at()) + world.weather.greatestSkew();
        long timeout = Objects.requireNonNull(told.task().timeout()).toMillis();
        boolean hadItsTime = course.taskStarts.stream()
                .anyMatch(start -> start.by() == written.by()
                        && start.call().context().idempotencyKey().equals(key)
                        && start.at() + timeout <= over);
        if (!hadItsTime) {
            violated(key + " timed out before its time was over");
        }
    }

    /**
     * What ran on after the answer was interrupted in time and waited for; and it is known as begun, if anybody still
     * waits for it.
     */
    private void checkOutlived(DeafTask task, SimulatedInvocation invocation) {
        boolean wasWaitedFor = task.outlivedAt >= invocation.deadline - MOST_LEFT_MILLIS
                || (task.interruptedAt != Course.NEVER
                        && task.outlivedAt - task.interruptedAt >= LEAST_PATIENCE_MILLIS);
        if (!wasWaitedFor && !invocation.fenced) {
            violated(task.idempotencyKey + " ran on, and " + invocation + " did not wait for it");
        }
        Retelling.Told told = retelling.task(task.idempotencyKey);
        boolean isAwaited = told != null && !told.abandoned() && durableAt(told.overBy()) > task.outlivedAt;
        // Whoever was overtaken writes nothing; and amid work it is left in the inbox.
        boolean couldTell = invocation.suspended && !invocation.fenced && !invocation.leavesFacts;
        if (isAwaited
                && couldTell
                && course.closedAt > task.outlivedAt
                && durableAt(told.startedBy()) > task.outlivedAt) {
            violated(task.idempotencyKey + " ran on, and the journal does not tell that it was begun");
        }
    }

    // ---- jobs

    private void checkPoll(Witness.Poll poll) {
        if (durableAt(retelling.takenOnBy(poll.idempotencyKey())) > poll.at()) {
            violated(poll.by() + " polled " + poll.idempotencyKey() + " before its submission was durable");
        }
    }

    /** A job that is known, and that nobody waits for any more, is cancelled. */
    private void checkCancelled(Service.Work work) {
        Retelling.Told told = retelling.task(work.idempotencyKey);
        boolean isKnown = told != null && retelling.takenOnBy(work.idempotencyKey) != Course.NEVER;
        boolean hasEnded =
                isKnown && (told.answer() instanceof Entry.TaskSucceeded || told.answer() instanceof Entry.TaskFailed);
        if (isKnown && !hasEnded && !work.isCancelled()) {
            violated(work.idempotencyKey + " goes on, though nobody waits for it any more");
        }
    }

    private long durableAt(long position) {
        Witness.Written written = writtenWith(position);
        return position == 1 ? course.createdAt : written == null ? Course.NEVER : written.at();
    }

    /** The segment with the entry at that position; null when none was seen. */
    private Witness.@Nullable Written writtenWith(long position) {
        Map.Entry<Long, Witness.Written> written = durable.ceilingEntry(position);
        return written == null ? null : written.getValue();
    }

    // ---- executions that others start

    boolean isStartedBy(CourseInvariants parent) {
        Caller caller = course.caller;
        return caller != null && caller.execution().equals(parent.id());
    }

    /**
     * It was asked for, when that was durable, as the journal tells; and it does not go on when nobody waits for it any
     * more.
     */
    void checkStartedBy(CourseInvariants parent) {
        Caller caller = Objects.requireNonNull(course.caller);
        Retelling.Told told = parent.retelling.task(caller.executionArn() + caller.task());
        if (told == null) {
            violated("it was started by a task of which " + parent.id() + " knows nothing");
            return;
        }
        if (!course.input.path("v").equals(told.task().input().path("Input").path("v"))) {
            violated("it was started with " + course.input + ", not as " + told.task());
        }
        if (parent.durableAt(told.causedBy()) > course.createdAt) {
            violated("it was started before entry " + told.causedBy() + " was durable");
        }
        boolean mayGoOn = !caller.awaitsEnd() || course.wasRedriven();
        if (!mayGoOn && course.closedAt > parent.course.closedAt + STOP_MILLIS) {
            violated("it went on until " + course.closedAt + ", though " + parent.id() + " had ended at "
                    + parent.course.closedAt);
        }
    }
}
