package dev.reprise.testing.suite;

import dev.reprise.execution.Effect;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ErrorNames;
import dev.reprise.execution.TimerKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a call of now is answered with, of which the past has an answer. */
record Facts(Effect.RunTask task, RecordedStep.Attempt attempt) {

    /**
     * The fact.
     *
     * @param at when it is due, had the task as much time as it had then
     * @return null when the task has longer now than it had then, and had not answered by then
     */
    @Nullable
    Entry of(RecordedStep.End end, Instant at) {
        Instant tooLate = timeoutBefore(at);
        if (tooLate != null) {
            return new Entry.TimerFired(task.id(), tooLate, TimerKind.TIMEOUT);
        }
        return switch (end) {
            case RecordedStep.End.Succeeded succeeded -> new Entry.TaskSucceeded(task.id(), at, succeeded.output());
            case RecordedStep.End.Failed failed -> new Entry.TaskFailed(task.id(), at, failed.error());
            case RecordedStep.End.TimedOut timedOut -> timedOut(timedOut, at);
        };
    }

    /** How far whoever does the task had come. */
    Entry of(RecordedStep.Phase phase, Instant at) {
        return phase.isBegun()
                ? new Entry.TaskStarted(task.id(), at, phase.worker())
                : new Entry.TaskSubmitted(task.id(), at, phase.response());
    }

    private @Nullable Entry timedOut(RecordedStep.End.TimedOut end, Instant at) {
        boolean ofHeartbeat = ErrorNames.HEARTBEAT_TIMEOUT.equals(end.error().error());
        Duration then = ofHeartbeat ? attempt.heartbeat() : attempt.timeout();
        Duration now = ofHeartbeat ? task.heartbeat() : task.timeout();
        boolean isAsShort = now != null && (then == null || now.compareTo(then) <= 0);
        return isAsShort
                ? new Entry.TimerFired(task.id(), at, ofHeartbeat ? TimerKind.HEARTBEAT : TimerKind.TIMEOUT)
                : null;
    }

    /**
     * When the task's time is up now, where that comes before its end and did not then. Of a task that somebody else
     * does it counts from when that one took it on, which is not known exactly.
     */
    private @Nullable Instant timeoutBefore(Instant at) {
        Duration now = task.timeout();
        boolean isShorter = now != null
                && (attempt.timeout() == null || now.compareTo(attempt.timeout()) < 0)
                && !task.pattern().isAnsweredFromOutside();
        Instant due = isShorter ? task.timeoutAt(task.requestedAt()) : null;
        return due != null && due.isBefore(at) ? due : null;
    }
}
