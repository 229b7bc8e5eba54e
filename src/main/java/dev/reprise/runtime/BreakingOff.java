package dev.reprise.runtime;

import dev.reprise.core.Interpreter;
import dev.reprise.execution.Entry;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.StatesError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives an execution up whose invocation has no time left. What has arrived is made durable; what still runs is
 * interrupted, and waited for as long as there is time; what does not stop even then is known from its entry as begun,
 * or, amid work, where no entry has its place, from the inbox.
 */
final class BreakingOff {

    /** More messages than come while the last few requests are made. */
    private static final int MOST_TRIES = 10;

    private final Interpreter interpreter;
    private final Ledger ledger;
    private final Intake intake;
    private final OpenEffects open;
    private final Underway underway;
    private final Allotment allotment;

    BreakingOff(
            Interpreter interpreter,
            Ledger ledger,
            Intake intake,
            OpenEffects open,
            Underway underway,
            Allotment allotment) {
        this.interpreter = interpreter;
        this.ledger = ledger;
        this.intake = intake;
        this.open = open;
        this.underway = underway;
        this.allotment = allotment;
    }

    /**
     * The invocation is about to end. Tasks that still run will run again; nothing that is durable will.
     *
     * @return where the execution stands; an end for one that leaves no trace and so cannot go on, or when what had
     *     arrived led to it
     */
    RunResult breakOff() throws InterruptedException {
        Instant patience = allotment.patience(allotment.clock().instant());
        boolean atRest = intake.drain();
        boolean waits = atRest && intake.holdsNothing() && !open.hasTasks();
        Instant wakeAt = waits ? open.nextDue() : now();
        open.cancelAll();
        atRest = atRest && intake.drain();
        if (interpreter.outcome() != null) {
            return end(Objects.requireNonNull(interpreter.outcome()));
        }
        if (!ledger.canSuspend()) {
            return end(new Outcome.Failed(new StatesError(
                    "States.Timeout",
                    "The invocation's time ran out, and an execution with \"Durability\": \"NONE\""
                            + " cannot go on in another one.")));
        }
        if (!atRest) {
            intake.leave(patience);
        }
        awaitEnd(patience, atRest);
        return suspended(waits ? wakeAt : now(), waits && intake.holdsNothing(), !atRest);
    }

    /**
     * Nothing but what was interrupted runs any more. That something does not stop is recorded: it may take effect, and
     * will be asked for again, unless it must not run twice.
     */
    private void awaitEnd(Instant patience, boolean atRest) throws InterruptedException {
        List<Entry> amidWork = new ArrayList<>();
        for (Underway.Work left : underway.awaitEnd(patience)) {
            Entry begun = new Entry.TaskStarted(left.effect(), now(), null);
            if (atRest && !interpreter.hasWork()) {
                intake.takeIn(begun);
            } else {
                amidWork.add(begun);
            }
        }
        // Little time is left, and there may be hundreds.
        intake.leave(amidWork);
    }

    private RunResult suspended(@Nullable Instant wakeAt, boolean waits, boolean amidWork) {
        boolean suspended = waits
                ? ledger.suspend(wakeAt, interpreter::snapshot)
                : ledger.breakOff(now(), interpreter::snapshot, amidWork);
        if (suspended) {
            return new RunResult.Suspended(waits ? wakeAt : now());
        }
        // A message has arrived for which this invocation has no time left. Reading the inbox shows that it was seen;
        // the next invocation starts at once and reads it again, for it was not taken.
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            ledger.readInbox();
            if (ledger.breakOff(now(), interpreter::snapshot, false)) {
                return new RunResult.Suspended(now());
            }
        }
        // Messages come faster than the inbox can be read. All is durable; the lease is over when this invocation is,
        // and then the execution goes on.
        return new RunResult.Suspended(Objects.requireNonNullElse(allotment.end(), now()));
    }

    /** The execution has ended. */
    RunResult end(Outcome outcome) {
        Instant stoppedAt = now();
        ledger.close(outcome, stoppedAt, interpreter.followsFromEntries(), interpreter.lastEvent());
        return new RunResult.Ended(outcome, stoppedAt);
    }

    private Instant now() {
        return Time.millisOf(allotment.clock());
    }
}
