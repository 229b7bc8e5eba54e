package dev.reprise.runtime;

import dev.reprise.core.Effect;
import dev.reprise.core.EffectId;
import dev.reprise.core.Entry;
import dev.reprise.core.Interpreter;
import dev.reprise.core.Outcome;
import dev.reprise.core.StatesError;
import dev.reprise.core.TimerKind;
import dev.reprise.journal.FencedException;
import dev.reprise.journal.InboxFact;
import dev.reprise.task.MapData;
import dev.reprise.task.TaskRunners;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries one execution through one invocation: performs effects, gives what comes of them its place in the journal, applies it, and so on until the execution ends or has to wait for long, or the
 * invocation is about to end.
 *
 * <p>All of it happens on the thread that calls {@link #run}, which owns the execution; tasks run elsewhere and leave their results in the mailbox. Whatever has arrived while the owner was busy is
 * appended and applied together and written at once, so a thousand tasks that finish together share a write. Effects are held back until the entries that caused them are durable.
 */
final class ExecutionRunner {

    /** Tasks that are started, and entries that are applied, before something is written: bounds what a crash can lose and what is held in memory. */
    private static final int LARGEST_BATCH = 2_000;

    private final Interpreter interpreter;
    private final Ledger ledger;
    private final RunnerSettings settings;
    private final Admission admission;
    private final Time clock;
    private final Deadline deadline;

    private final Mailbox mailbox;
    private final OpenEffects open;
    /** Effects whose cause is not durable yet. */
    private List<Effect> gated = new ArrayList<>();

    private Instant nextInboxLook;
    /** Whether it was brought back to where it was; what is open there is to begin. */
    private boolean resumed;
    /** What the inbox asked for; null until then. */
    private Entry.@Nullable Stopped stop;

    ExecutionRunner(
            String executionArn,
            Interpreter interpreter,
            Ledger ledger,
            TaskRunners tasks,
            MapData mapData,
            ReadItems items,
            RunnerSettings settings,
            Admission admission,
            Time clock,
            Deadline deadline) {
        this.interpreter = interpreter;
        this.ledger = ledger;
        this.settings = settings;
        this.admission = admission;
        this.clock = clock;
        this.deadline = deadline;
        this.mailbox = new Mailbox(clock);
        this.open = new OpenEffects(executionArn, tasks, mapData, items, mailbox, settings, clock, deadline);
        this.nextInboxLook = clock.instant().plus(settings.inboxPoll());
    }

    /**
     * Begins an execution.
     *
     * @param started durable already
     */
    void start(Entry.Started started) {
        apply(started);
    }

    /** Most entries lead to little: one slice is all of it. */
    private void apply(Entry entry) {
        gated.addAll(interpreter.apply(entry));
        gated.addAll(interpreter.advance());
    }

    /**
     * Brings an execution back to where it was. What its entries caused, and none of them answered, begins anew with {@link #run}.
     *
     * @param journaled the entries that the interpreter does not know yet, all durable
     * @throws dev.reprise.journal.JournalException when the journal cannot be read
     */
    void replay(Iterator<Entry> journaled) {
        while (journaled.hasNext()) {
            Entry next = journaled.next();
            while (interpreter.hasWorkBefore(next)) {
                interpreter.advanceTo(next);
            }
            interpreter.apply(next);
        }
        interpreter.advance();
        resumed = true;
        nextInboxLook = clock.instant();
    }

    /**
     * Runs it as far as this invocation allows.
     *
     * @throws dev.reprise.journal.JournalException when the journal cannot be written; every task is cancelled by then
     * @throws InterruptedException when the thread is interrupted; every task is cancelled by then
     */
    RunResult run() throws InterruptedException {
        try {
            return loop();
        } catch (FencedException e) {
            return new RunResult.Fenced();
        } finally {
            open.cancelAll();
        }
    }

    private RunResult loop() throws InterruptedException {
        if (resumed) {
            // What has come about meanwhile may be the end, or the answer to what would begin anew.
            lookIntoInbox(clock.instant());
            takeIn();
            gated = new ArrayList<>(interpreter.openEffects());
        }
        while (true) {
            RunResult cutShort = workOff();
            if (cutShort != null) {
                return cutShort;
            }
            Outcome outcome = interpreter.outcome();
            if (outcome != null) {
                open.cancelAll();
                return end(outcome);
            }
            ledger.flush(interpreter::snapshot);
            performGated();
            RunResult suspended = awaitMail();
            if (suspended != null) {
                return suspended;
            }
            takeIn();
        }
    }

    /** Works out the last entry's consequences; not null when something else came first. */
    private @Nullable RunResult workOff() {
        while (interpreter.hasWork()) {
            Instant now = clock.instant();
            if (deadline.isWithin(settings.suspendMargin(), now)) {
                return runOutOfTime(true);
            }
            Entry end = endDueAt(now);
            if (end == null) {
                gated.addAll(interpreter.advance());
            } else {
                takeIn(new Entry.Interrupted(interpreter.transitions(), end));
            }
        }
        return null;
    }

    /** A stop or the execution's time-out, which do not wait until there is nothing to do: that may never be. */
    private @Nullable Entry endDueAt(Instant now) {
        Instant timeout = interpreter.timeoutAt();
        if (timeout != null && !timeout.isAfter(now)) {
            return new Entry.TimerFired(EffectId.EXECUTION, now(), TimerKind.TIMEOUT);
        }
        lookIntoInbox(now);
        return stop;
    }

    private void performGated() {
        List<Effect> durable = gated;
        if (!durable.isEmpty()) {
            gated = new ArrayList<>();
            durable.forEach(open::begin);
        }
        open.startQueued(LARGEST_BATCH);
    }

    /** Appends and applies what has arrived, as far as somebody still waits for it. */
    private void takeIn() {
        for (int taken = 0; taken < LARGEST_BATCH && !interpreter.hasWork() && interpreter.outcome() == null; taken++) {
            Mailbox.Mail mail = mailbox.poll();
            if (mail == null) {
                return;
            }
            takeIn(mail.entry());
            if (mail.fact() != null) {
                ledger.taken(mail.fact());
            }
        }
    }

    private void takeIn(Entry entry) {
        if (!admission.admits(interpreter, entry)) {
            return;
        }
        // Logical time never runs backwards, whatever the clocks do.
        Entry next = entry.at().isBefore(interpreter.time()) ? entry.movedTo(interpreter.time()) : entry;
        switch (next) {
            case Entry.TaskSubmitted submitted -> open.submitted(submitted.effect());
            case Entry.TaskStarted begun -> {}
            case Entry.TaskHeard heard -> {}
            case Entry.OfEffect answer -> open.close(answer.effect());
            case Entry.Started started -> {}
            case Entry.Stopped stopped -> {}
            case Entry.GivenUp givenUp -> {}
            case Entry.Interrupted interrupted -> {}
        }
        apply(ledger.append(next));
    }

    /** Waits until something has arrived; or suspends, when that is not to be expected soon. */
    private @Nullable RunResult awaitMail() throws InterruptedException {
        while (true) {
            Instant now = clock.instant();
            open.fireDue(now);
            lookIntoInbox(now);
            boolean closing = deadline.isWithin(settings.admissionMargin(), now);
            if (closing) {
                open.stopAdmitting();
            }
            if (!mailbox.isEmpty()) {
                return null;
            }
            if (closing && (open.tasksInFlight() == 0 || deadline.isWithin(settings.suspendMargin(), now))) {
                return runOutOfTime(false);
            }
            if (!closing && open.tasksInFlight() == 0 && !isSoon(open.nextDue(), now) && ledger.canSuspend()) {
                Instant wakeAt = open.nextDue();
                if (ledger.suspend(wakeAt, interpreter::snapshot)) {
                    return new RunResult.Suspended(wakeAt);
                }
                nextInboxLook = now;
            }
            mailbox.await(untilNextLook(now));
        }
    }

    private boolean isSoon(@Nullable Instant due, Instant now) {
        return due != null && !due.isAfter(now.plus(settings.waitInProcess()));
    }

    /** Others leave a stop, or a callback's result, in the execution's inbox. Each look reads one item, so it is not taken at every turn. */
    private void lookIntoInbox(Instant now) {
        if (now.isBefore(nextInboxLook)) {
            return;
        }
        nextInboxLook = now.plus(settings.inboxPoll());
        for (InboxFact fact : ledger.readInbox()) {
            mailbox.post(new Mailbox.Mail(fact.entry(), fact));
            if (stop == null && fact.entry() instanceof Entry.Stopped stopped) {
                stop = stopped;
            }
        }
    }

    /** Nanoseconds until a timer is due, the inbox is to be read, or the deadline wants something, whichever comes first. */
    private long untilNextLook(Instant now) {
        Duration wait = Duration.between(now, nextInboxLook);
        Instant due = open.nextDue();
        if (due != null) {
            wait = shorter(wait, Duration.between(now, due));
        }
        if (deadline.at() != null) {
            Duration margin = open.isAdmitting() ? settings.admissionMargin() : settings.suspendMargin();
            wait = shorter(wait, Duration.between(now, deadline.at()).minus(margin));
        }
        return Math.max(wait.toNanos(), 0);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    /**
     * The invocation is about to end. Tasks that still run are cancelled, and will run again; nothing that is durable will.
     *
     * @param amidWork whether work is left that no entry tells of
     */
    private RunResult runOutOfTime(boolean amidWork) {
        boolean waits = !amidWork && !open.hasTasks();
        Instant wakeAt = waits ? open.nextDue() : now();
        open.cancelAll();
        if (!ledger.canSuspend()) {
            Outcome outcome = new Outcome.Failed(
                    new StatesError(
                            "States.Timeout",
                            "The invocation's time ran out, and an execution with \"Durability\": \"NONE\" cannot go on in another one."));
            return end(outcome);
        }
        boolean suspended = waits
                ? ledger.suspend(wakeAt, interpreter::snapshot)
                : ledger.breakOff(now(), interpreter::snapshot, amidWork);
        if (suspended) {
            return new RunResult.Suspended(wakeAt);
        }
        // A message has arrived for which this invocation has no time left. Reading the inbox shows that it was seen;
        // the next invocation starts at once and reads it again, for it was not taken.
        do {
            ledger.readInbox();
        } while (!ledger.breakOff(now(), interpreter::snapshot, false));
        return new RunResult.Suspended(now());
    }

    private RunResult end(Outcome outcome) {
        Instant stoppedAt = now();
        ledger.close(outcome, stoppedAt, interpreter.followsFromEntries());
        return new RunResult.Ended(outcome, stoppedAt);
    }

    /** The clock's time in whole milliseconds, as entries carry it. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
