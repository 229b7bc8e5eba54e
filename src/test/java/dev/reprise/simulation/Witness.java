package dev.reprise.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.RequestException;
import dev.reprise.journal.store.Caller;
import dev.reprise.journal.store.ContendedException;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.StoreUnavailableException;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.task.TaskCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen from outside of how an execution is carried on. What is wrong at first sight is noted at once; the
 * rest is for {@link Invariants} to judge. Times are the scheduler's.
 */
final class Witness {

    /** A segment that the table took. */
    record Written(SimulatedInvocation by, long at, Segment segment) {}

    /**
     * A task that was begun.
     *
     * @param openedAt when the invocation had taken the lease
     */
    record TaskStart(SimulatedInvocation by, long at, long openedAt, TaskCall call) {}

    /** A job that was asked how it is. */
    record Poll(SimulatedInvocation by, long at, String idempotencyKey) {}

    /** What an invocation answered. */
    record Answer(SimulatedInvocation by, long at, ExecutionDescription description) {}

    /** What state machines have that say nothing of it. */
    private static final long RETENTION_MILLIS = Duration.ofDays(14).toMillis();

    /** By how much clocks differ, at most. */
    private static final long CLOCKS_MILLIS = 5_000;

    private static final Set<String> RIGHTLY_REFUSED =
            Set.of("ExecutionDoesNotExist", "TaskTimedOut", "TaskDoesNotExist", "HistoryUnavailable");

    final Map<Occurrence, Integer> counts = new EnumMap<>(Occurrence.class);
    final List<String> violations = new ArrayList<>();

    /** By the name of the execution, in the order in which they were started. */
    final Map<ExecutionId, Course> courses = new LinkedHashMap<>();

    /** Idempotency keys of the tasks that somebody has answered, and been told that it counts. */
    final Set<String> answered = new LinkedHashSet<>();

    /** Idempotency keys of the tasks that heed no interrupt. */
    final Set<String> deaf = new HashSet<>();

    /** Idempotency keys of the activities' tasks that a worker was given. */
    private final Set<String> given = new HashSet<>();

    /** Whether the retention of the first execution is over. */
    private boolean begunAnew;

    /** What was seen of an execution that is known to be there. */
    Course course(ExecutionId id) {
        return Objects.requireNonNull(courses.get(id), id::toString);
    }

    /** The execution that a task has started; null when there is none. */
    @Nullable
    Course startedBy(String executionArn, EffectId task) {
        for (Course course : courses.values()) {
            Caller caller = course.caller;
            if (caller != null
                    && caller.executionArn().equals(executionArn)
                    && caller.task().equals(task)) {
                return course;
            }
        }
        return null;
    }

    void saw(Occurrence occurrence) {
        counts.merge(occurrence, 1, Integer::sum);
    }

    void violated(String what) {
        violations.add(what);
    }

    /** An execution was started. */
    Course created(Head head, JsonNode input, long at) {
        Course course = new Course(
                head.id(), head.beginning().startedAt(), head.beginning().caller(), input, at);
        if (courses.put(head.id(), course) != null) {
            course.isNamedAnew = true;
            saw(Occurrence.NAME_REUSED);
        }
        return course;
    }

    /** Whether there is none of that name, or none that is not to be treated as gone: whoever starts it finds it. */
    boolean isFree(ExecutionId id, long at) {
        Course course = courses.get(id);
        return course == null || (course.closedAt != Course.NEVER && at >= course.retainedUntil - CLOCKS_MILLIS);
    }

    /** What the tasks of an execution are known by may be told of another one's. */
    void beginAnew() {
        begunAnew = true;
        answered.clear();
        given.clear();
    }

    void written(ExecutionId id, Written written, Trace trace) {
        trace.note(written.by().name, () -> "has written " + InWords.of(written.segment()));
        saw(Occurrence.SEGMENT);
        long number = written.segment().number();
        Written before = course(id).segments.putIfAbsent(number, written);
        // What stood in the head of an execution that is redriven becomes a segment.
        if (before != null
                && !before.segment().writer().equals(written.segment().writer())) {
            violated("segment %d of %s has two writers, %s and %s".formatted(number, id, before.by(), written.by()));
        }
    }

    void leaseTaken(SimulatedInvocation taker, SimulatedInvocation from, World world) {
        saw(from.over ? Occurrence.TAKE_OVER : Occurrence.OVERLAP);
        long left = from.deadline - world.scheduler.now() - world.weather.greatestSkew();
        if (!from.over && !from.fenced && left > 0 && !from.requestId.equals(taker.requestId)) {
            violated("%s took the lease from %s, which had it for another %d ms".formatted(taker, from, left));
        }
    }

    /** What was redriven or got its name after the stop was asked for need not end by it. */
    void stopped(ExecutionId id, long from, long at) {
        saw(Occurrence.STOP);
        Course course = courses.get(id);
        if (course != null) {
            course.wasStopped = true;
        }
        boolean isNewer = course != null && course.isNamedAnew && from < course.createdAt;
        if (course != null && from > course.redrivenAt && !isNewer) {
            course.stopAnsweredAt = Math.min(course.stopAnsweredAt, at);
        }
    }

    void redriven(ExecutionId id, SimulatedInvocation by, long at) {
        Course course = course(id);
        saw(course.caller == null ? Occurrence.REDRIVE : Occurrence.CHILD_REDRIVEN);
        if (course.closedAt == Course.NEVER) {
            violated("%s redrove %s, which had not ended".formatted(by, id));
        }
        by.openedAt = at;
        course.redrivenAt = at;
        course.closedAt = Course.NEVER;
        course.stopAnsweredAt = Course.NEVER;
    }

    /** @param stoppedAt when it ended, as its head tells, which its retention counts from */
    void closed(ExecutionId id, long at, long stoppedAt) {
        Course course = course(id);
        if (course.closedAt != Course.NEVER) {
            violated(id + " ended twice");
        }
        course.closedAt = at;
        course.retainedUntil = stoppedAt + RETENTION_MILLIS;
    }

    void deleted(ExecutionId id, long at) {
        Course course = courses.get(id);
        if (course != null) {
            course.deleted = true;
            if (course.closedAt == Course.NEVER || at < course.retainedUntil) {
                violated("%s was deleted, and ended at %d".formatted(id, course.closedAt));
            }
        }
    }

    void answered(SimulatedInvocation by, long at, ExecutionDescription description) {
        Course course = course(ExecutionId.ofArn(description.executionArn()));
        // Who has read the head of the execution that had the name before may answer for that one.
        boolean isOfTheOneBefore = course.isNamedAnew && description.startDate().isBefore(course.startedAt);
        if (!isOfTheOneBefore) {
            course.answers.add(new Answer(by, at, description));
        }
    }

    /** An invocation may fail when the table is out of reach for long; with anything else it must cope. */
    void failed(SimulatedInvocation by, RuntimeException failure) {
        if (failure instanceof ContendedException && begunAnew) {
            saw(Occurrence.NAME_CLAIMED);
        } else if (failure instanceof StoreUnavailableException) {
            saw(Occurrence.UNAVAILABLE);
        } else {
            violated("%s failed: %s".formatted(by, failure));
        }
    }

    /**
     * A client may ask for a stop before there is anything to stop, answer a task that is over, or look at what was
     * done with data that are gone. Nothing else that is asked for here is wrong.
     *
     * @throws IllegalStateException when it was something else: to go on would lead to nothing but the same
     */
    void refused(SimulatedInvocation by, RequestException refusal) {
        if (!RIGHTLY_REFUSED.contains(refusal.error())) {
            throw new IllegalStateException(by + " refused: " + refusal.message(), refusal);
        }
    }

    void given(String key) {
        saw(Occurrence.ACTIVITY);
        if (!given.add(key)) {
            violated(key + " was given to two workers");
        }
    }

    void accepted(String key) {
        saw(Occurrence.CALLBACK);
        answered.add(key);
    }

    /** An invocation has answered: nothing that it began may run on, or it must be known that it does. */
    void outlived(SimulatedInvocation invocation, long at) {
        for (DeafTask task : invocation.deaf) {
            if (task.endedAt == Course.NEVER && invocation.opened != null) {
                saw(Occurrence.RAN_ON);
                task.outlivedAt = at;
                course(invocation.opened).outlived.put(task, invocation);
            }
        }
    }

    void polled(Poll poll) {
        Course course = courseOf(poll.idempotencyKey());
        course.polls.add(poll);
        boolean isOwn = course.taskStarts.stream()
                .anyMatch(start -> start.by() == poll.by()
                        && start.call().context().idempotencyKey().equals(poll.idempotencyKey()));
        if (!isOwn) {
            saw(Occurrence.JOB_POLLED_BY_ANOTHER);
        }
        if (poll.by().fenced) {
            violated("%s polled %s although it was fenced".formatted(poll.by(), poll.idempotencyKey()));
        }
    }

    /** The execution that a task is of. */
    private Course courseOf(String idempotencyKey) {
        return course(ExecutionId.ofArn(idempotencyKey.substring(0, idempotencyKey.indexOf('/'))));
    }

    void started(TaskStart start) {
        saw(Occurrence.TASK);
        course(ExecutionId.ofArn(start.call().context().executionArn()))
                .taskStarts
                .add(start);
        if (start.by().fenced) {
            violated("%s began %s although it was fenced"
                    .formatted(start.by(), start.call().context().idempotencyKey()));
        }
    }
}
