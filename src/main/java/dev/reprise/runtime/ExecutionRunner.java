package dev.reprise.runtime;

import dev.reprise.core.Interpreter;
import dev.reprise.execution.Effect;
import dev.reprise.execution.Entry;
import dev.reprise.execution.Outcome;
import dev.reprise.journal.store.FencedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries one execution through one invocation: performs effects, gives what comes of them its place in the journal,
 * applies it, and so on until the execution ends or has to wait for long, or the invocation is about to end.
 *
 * <p>All of it happens on the thread that calls {@link #run}, which owns the execution; tasks run elsewhere and leave
 * their results in the mailbox. Whatever has arrived while the owner was busy is appended and applied together and
 * written at once, so a thousand tasks that finish together share a write. Effects are held back until the entries that
 * caused them are durable.
 */
public final class ExecutionRunner {

    /**
     * Tasks that are started, and entries that are applied, before something is written: bounds what a crash can lose
     * and what is held in memory.
     */
    private static final int LARGEST_BATCH = 2_000;

    private final Interpreter interpreter;
    private final Ledger ledger;
    private final Allotment allotment;
    private final Time clock;
    private final Mailbox mailbox;
    private final Underway underway;
    private final OpenEffects open;
    private final Intake intake;
    private final BreakingOff breakingOff;

    /** Whether it was brought back to where it was; what is open there is to begin. */
    private boolean resumed;

    public ExecutionRunner(
            Interpreter interpreter,
            Ledger ledger,
            TaskRequests tasks,
            MapData mapData,
            ReadItems items,
            Allotment allotment,
            Underway underway) {
        this.interpreter = interpreter;
        this.ledger = ledger;
        this.allotment = allotment;
        this.clock = allotment.clock();
        this.mailbox = new Mailbox(clock);
        this.underway = underway;
        RateGates gates = RateGates.of(interpreter.program().rateLimits());
        this.open = new OpenEffects(tasks, mapData, items, gates, mailbox, allotment, underway);
        this.intake = new Intake(interpreter, ledger, mailbox, open, allotment);
        this.breakingOff = new BreakingOff(interpreter, ledger, intake, open, underway, allotment);
    }

    /**
     * Begins an execution.
     *
     * @param started durable already
     */
    public void start(Entry.Started started) {
        intake.apply(started);
    }

    /**
     * Goes on with an execution that was brought back to where it was by a {@link Restoration}. What its entries
     * caused, and none of them answered, begins anew with {@link #run}.
     *
     * @param redriven what is to come after these, unless the interpreter has heard of it; null when it was never
     *     redriven
     */
    public void resume(Entry.@Nullable Redriven redriven) {
        if (redriven != null && interpreter.redrives() < redriven.count()) {
            Entry next = intake.inOrder(redriven);
            Restoration.workUpTo(interpreter, next);
            interpreter.replay(ledger.append(next));
        }
        interpreter.advance();
        resumed = true;
        intake.lookIntoInboxAt(clock.instant());
    }

    /**
     * Runs it as far as this invocation allows. When it returns, everything is cancelled, and what was put on threads
     * has stopped, unless the log says that it does not.
     *
     * @throws dev.reprise.journal.store.JournalException when the journal cannot be written
     * @throws InterruptedException when the thread is interrupted
     */
    public RunResult run() throws InterruptedException {
        try {
            return loop();
        } catch (FencedException e) {
            return new RunResult.Fenced();
        } finally {
            open.cancelAll();
            underway.awaitEnd(allotment.patience(clock.instant()));
        }
    }

    /** Ends with the execution, with a wait, or with the invocation's time. */
    private RunResult loop() throws InterruptedException {
        if (resumed) {
            RunResult cutShort = comeBack();
            if (cutShort != null) {
                return cutShort;
            }
        }
        while (true) {
            RunResult cutShort = workOff();
            if (cutShort != null) {
                return cutShort;
            }
            Outcome outcome = interpreter.outcome();
            if (outcome != null) {
                return end(outcome);
            }
            ledger.flush(interpreter::snapshot);
            intake.released().forEach(open::begin);
            open.startQueued(LARGEST_BATCH);
            open.ended().forget();
            RunResult suspended = awaitMail();
            if (suspended != null) {
                return suspended;
            }
            intake.takeIn(LARGEST_BATCH);
        }
    }

    private RunResult end(Outcome outcome) {
        if (!ledger.canSuspend()) {
            // Of one that leaves a trace, whoever is told of its end has stopped what its tasks await.
            for (Effect effect : intake.released()) {
                if (effect instanceof Effect.Abandon abandon) {
                    open.close(abandon.id(), false);
                }
            }
            open.ended().forgetTheRest();
        }
        open.cancelAll();
        RunResult ended = breakingOff.end(outcome);
        open.ended().forgetJobs();
        return ended;
    }

    /**
     * What has come about meanwhile may be the end, or the answer to what would begin anew: so it is taken in first.
     */
    private @Nullable RunResult comeBack() throws InterruptedException {
        RunResult cutShort = workOff();
        if (cutShort != null) {
            return cutShort;
        }
        List<Effect> before = interpreter.openEffects();
        intake.lookIntoInbox(clock.instant());
        if (mailbox.isEmpty()) {
            intake.hold(before);
            return null;
        }
        intake.takeIn(LARGEST_BATCH);
        List<Effect> after = interpreter.openEffects();
        intake.hold(after);
        open.ended().add(before, after);
        return null;
    }

    /** Works out the last entry's consequences; not null when something else came first. */
    private @Nullable RunResult workOff() throws InterruptedException {
        while (interpreter.hasWork()) {
            Instant now = clock.instant();
            if (allotment.isOver(now)) {
                return brokenOff();
            }
            Entry end = intake.endDueAt(now);
            if (end == null) {
                intake.advance();
            } else {
                intake.takeIn(new Entry.Interrupted(interpreter.transitions(), end));
            }
        }
        return null;
    }

    /**
     * Waits until something has arrived; or suspends, when that is not to be expected soon. With a deadline it ends
     * with that, else when there is mail.
     */
    private @Nullable RunResult awaitMail() throws InterruptedException {
        while (true) {
            Instant now = clock.instant();
            open.fireDue(now);
            intake.lookIntoInbox(now);
            boolean closing = allotment.isClosing(now);
            if (closing) {
                allotment.stopAdmitting();
            }
            if (mailbox.isEmpty()) {
                open.startQueued(LARGEST_BATCH);
            }
            if (!mailbox.isEmpty()) {
                return null;
            }
            if (closing && (open.inFlight() == 0 || allotment.isOver(now))) {
                return brokenOff();
            }
            if (!closing && !open.hasTasks() && !isSoon(open.nextDue(), now) && ledger.canSuspend()) {
                Instant wakeAt = open.nextDue();
                open.ended().forgetTheRest();
                if (ledger.suspend(wakeAt, interpreter::snapshot)) {
                    return new RunResult.Suspended(wakeAt);
                }
                intake.lookIntoInboxAt(now);
            }
            mailbox.await(untilNextLook(now));
        }
    }

    private RunResult brokenOff() throws InterruptedException {
        RunResult result = breakingOff.breakOff();
        if (result instanceof RunResult.Suspended) {
            open.ended().forgetTheRest();
        }
        return result;
    }

    private boolean isSoon(@Nullable Instant due, Instant now) {
        return due != null && !due.isAfter(now.plus(allotment.settings().waitInProcess()));
    }

    /**
     * Nanoseconds until a timer is due, the inbox is to be read, or the deadline wants something, whichever comes
     * first.
     */
    private long untilNextLook(Instant now) {
        Duration wait = Duration.between(now, intake.nextInboxLook());
        Instant due = open.nextDueHere();
        if (due != null) {
            wait = shorter(wait, Duration.between(now, due));
        }
        Duration part = allotment.untilNextPart(now);
        if (part != null) {
            wait = shorter(wait, part);
        }
        return Math.max(wait.toNanos(), 0);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
