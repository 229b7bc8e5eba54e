package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Entry;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.ScopePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Has an execution that did not succeed go on from where it stood just before it ended: what was open then is done
 * again, what had succeeded stays.
 *
 * <p>An end closes every scope. So a replay that comes to an end which was redriven first takes the state down as a
 * snapshot does, which is {@link BeforeEnd}: an execution that nobody redrives pays nothing for this. From there the
 * interpreter makes the same transitions once more, unseen, but for the last one, which led to the end.
 */
final class Redrive {

    /**
     * The state at some place after an execution's last entry but one, before the end.
     *
     * @param state as a snapshot has it
     * @param unapplied the last entry, while nothing that follows from it is in {@code state}; else null
     * @param transitions how many had been made since the last entry
     */
    record BeforeEnd(JsonNode state, @Nullable Entry unapplied, long transitions) {

        static BeforeEnd of(Execution execution) {
            return new BeforeEnd(SnapshotWriter.write(execution), execution.unapplied, execution.transitions);
        }
    }

    private final Execution ended;
    private final Execution again;
    private final boolean interrupted;
    private final Entry.Redriven entry;
    private final @Nullable Duration timeoutAfter;
    /** Scopes that have something to do, in the order in which it is to be done. */
    private final List<Scope> queue = new ArrayList<>();

    /**
     * @param ended the execution as it ended; or as it stands, when it did not
     * @param again the same just before; what this makes of it is what goes on
     * @param interrupted whether the end did not wait for the work before it
     * @param timeoutAfter the machine's {@code TimeoutSeconds}, which begin anew; null when it has none
     */
    Redrive(
            Execution ended,
            Execution again,
            boolean interrupted,
            Entry.Redriven entry,
            @Nullable Duration timeoutAfter) {
        this.ended = ended;
        this.again = again;
        this.interrupted = interrupted;
        this.entry = entry;
        this.timeoutAfter = timeoutAfter;
    }

    void perform() {
        Scope root = Objects.requireNonNull(again.root);
        again.position = ended.position + 1;
        again.now = entry.at();
        again.draws = 0;
        again.transitions = 0;
        again.unapplied = null;
        again.redriven(entry);
        if (timeoutAfter != null) {
            again.restoreTimeout(timeoutAfter);
        }
        again.history.redriven(ended.history, root, Objects.requireNonNull(ended.root).lastEvent, entry.count());
        haveEntered();
        goOn(root, whatFailed());
        for (Scope scope : queue.reversed()) {
            again.enqueue(scope);
        }
        again.takeEffects();
    }

    /** The state whose entering led to the end was entered all the same: that is told once. */
    private void haveEntered() {
        Scope last = ended.working;
        Scope scope = last == null ? null : again.find(last.path);
        if (last != null && scope != null && scope.phase == Scope.Phase.ENTERING) {
            scope.enteredAt = last.enteredAt;
            scope.enteredEvent = last.enteredEvent;
            repeat(scope);
        }
    }

    /** The innermost state that failed and that nothing handled; null when the end came from outside. */
    private @Nullable ScopePath whatFailed() {
        if (!(ended.outcome instanceof Outcome.Failed)) {
            return null;
        }
        Scope failed = ended.failing == null ? ended.working : ended.failing;
        return failed == null ? null : failed.path;
    }

    private void goOn(Scope scope, @Nullable ScopePath failed) {
        if (interrupted) {
            // Whoever worked before, and died, may have asked for effects of which the journal does not tell.
            again.numberAnew(scope);
        }
        FanOut fanOut = scope.fanOut;
        if (fanOut != null && fanOut.writing != null && fanOut.writing.isAfterRun()) {
            writeAgain(fanOut, failed);
        } else if (scope.path.equals(failed)) {
            startAgain(scope);
        } else if (fanOut != null) {
            runAgain(fanOut, failed);
        } else if (scope.pending != null) {
            startAgain(scope);
        } else if (scope.phase == Scope.Phase.WAITING && scope.state instanceof MapBehaviour map) {
            map.recordRedriven(scope, again);
        }
    }

    /** The state does its work from the beginning, as if it had just been entered. */
    private void startAgain(Scope scope) {
        if (scope.fanOut != null) {
            scope.fanOut.forEachOpen(again::abandon);
            scope.fanOut = null;
        }
        repeat(scope);
        queue.add(scope);
    }

    private static void repeat(Scope scope) {
        scope.pending = null;
        scope.retryCount = 0;
        scope.retries = null;
        scope.lastEvent = scope.enteredEvent;
        scope.phase = Scope.Phase.REPEATING;
    }

    /**
     * Its children go on, but for those that have succeeded; those of which nothing is left but that they failed begin
     * anew.
     */
    private void runAgain(FanOut fanOut, @Nullable ScopePath failed) {
        Scope owner = fanOut.owner;
        fanOut.startUnsuccessfulAgain();
        fanOut.state.recordRedriven(fanOut, again);
        fanOut.forEachOpen(child -> goOn(child, failed));
        if (owner.phase == Scope.Phase.WAITING && fanOut.children.canStart()) {
            owner.phase = Scope.Phase.SPAWNING;
            queue.add(owner);
        }
    }

    /**
     * The children have ended, and their results were being written: all of them are written again, when all have ended
     * that run again.
     */
    private void writeAgain(FanOut fanOut, @Nullable ScopePath failed) {
        ResultWriting writing = Objects.requireNonNull(fanOut.writing);
        fanOut.owner.pending = null;
        fanOut.writing = writing.again();
        if (writing.failure == null) {
            fanOut.state.complete(fanOut, again);
        } else {
            runAgain(fanOut, failed);
        }
    }
}
