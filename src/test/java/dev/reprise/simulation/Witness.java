package dev.reprise.simulation;

import dev.reprise.journal.Segment;
import dev.reprise.journal.StoreUnavailableException;
import dev.reprise.runtime.ExecutionDescription;
import dev.reprise.runtime.RequestException;
import dev.reprise.task.TaskCall;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** What can be seen from outside of how an execution is carried on. What is wrong at first sight is noted at once; the rest is for {@link Invariants} to judge. Times are the scheduler's. */
final class Witness {

    /** A segment that the table took. */
    record Written(SimulatedInvocation by, long at, Segment segment) {}

    /**
     * A task that was begun.
     *
     * @param openedAt when the invocation had taken the lease
     */
    record TaskStart(SimulatedInvocation by, long at, long openedAt, TaskCall call) {}

    /** What an invocation answered. */
    record Answer(SimulatedInvocation by, long at, ExecutionDescription description) {}

    private static final Set<String> RIGHTLY_REFUSED =
            Set.of("ExecutionDoesNotExist", "TaskTimedOut", "TaskDoesNotExist");

    final Map<Occurrence, Integer> counts = new EnumMap<>(Occurrence.class);
    final NavigableMap<Long, Written> segments = new TreeMap<>();
    final List<TaskStart> taskStarts = new ArrayList<>();
    final List<Answer> answers = new ArrayList<>();
    final List<String> violations = new ArrayList<>();

    /** Idempotency keys of the tasks that somebody has answered, and been told that it counts. */
    final Set<String> answered = new LinkedHashSet<>();

    /** Idempotency keys of the activities' tasks that a worker was given. */
    private final Set<String> given = new HashSet<>();

    /** When the head took the end; never while it runs. */
    long closedAt = Long.MAX_VALUE;

    /** When somebody was first told that the execution is stopped, or will be. */
    long stopAnsweredAt = Long.MAX_VALUE;

    /** When the execution was redriven the last time; before everything when it never was. */
    long redrivenAt = -1;

    void saw(Occurrence occurrence) {
        counts.merge(occurrence, 1, Integer::sum);
    }

    void violated(String what) {
        violations.add(what);
    }

    void written(Written written, Trace trace) {
        trace.note(written.by().name, () -> "has written " + InWords.of(written.segment()));
        saw(Occurrence.SEGMENT);
        long number = written.segment().number();
        Written before = segments.putIfAbsent(number, written);
        // What stood in the head of an execution that is redriven becomes a segment.
        if (before != null
                && !before.segment().writer().equals(written.segment().writer())) {
            violated("segment %d has two writers, %s and %s".formatted(number, before.by(), written.by()));
        }
    }

    void leaseTaken(SimulatedInvocation taker, SimulatedInvocation from, World world) {
        saw(from.over ? Occurrence.TAKE_OVER : Occurrence.OVERLAP);
        long left = from.deadline - world.scheduler.now() - world.weather.greatestSkew();
        if (!from.over && !from.fenced && left > 0 && !from.requestId.equals(taker.requestId)) {
            violated("%s took the lease from %s, which had it for another %d ms".formatted(taker, from, left));
        }
    }

    /** What was redriven after the stop was asked for need not end by it. */
    void stopped(long from, long at) {
        saw(Occurrence.STOP);
        if (from > redrivenAt) {
            stopAnsweredAt = Math.min(stopAnsweredAt, at);
        }
    }

    void redriven(SimulatedInvocation by, long at) {
        saw(Occurrence.REDRIVE);
        if (closedAt == Long.MAX_VALUE) {
            violated("%s redrove the execution, which had not ended".formatted(by));
        }
        by.openedAt = at;
        redrivenAt = at;
        closedAt = Long.MAX_VALUE;
        stopAnsweredAt = Long.MAX_VALUE;
    }

    void closed(long at) {
        if (closedAt != Long.MAX_VALUE) {
            violated("the execution ended twice");
        }
        closedAt = at;
    }

    void answered(SimulatedInvocation by, long at, ExecutionDescription description) {
        answers.add(new Answer(by, at, description));
    }

    /** An invocation may fail when the table is out of reach for long; with anything else it must cope. */
    void failed(SimulatedInvocation by, RuntimeException failure) {
        if (failure instanceof StoreUnavailableException) {
            saw(Occurrence.UNAVAILABLE);
        } else {
            violated("%s failed: %s".formatted(by, failure));
        }
    }

    /**
     * A client may ask for a stop before there is anything to stop, or answer a task that is over. Nothing else that is asked for here is wrong.
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

    void started(TaskStart start) {
        saw(Occurrence.TASK);
        taskStarts.add(start);
        if (start.by().fenced) {
            violated("%s began %s although it was fenced"
                    .formatted(start.by(), start.call().context().idempotencyKey()));
        }
    }
}
