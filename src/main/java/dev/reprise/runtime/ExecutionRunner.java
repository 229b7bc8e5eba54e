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
import dev.reprise.journal.WaitingTasks.TimeUp;
import dev.reprise.task.MapData;
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
    private final ReadItems items;
    private final RunnerSettings settings;
    private final Admission admission;
    private final Time clock;
    private final Allotment allotment;

    private final Mailbox mailbox;
    private final OpenEffects open;
    /** Effects whose cause is not durable yet. */
    private List<Effect> gated = new ArrayList<>();

    private Instant nextInboxLook;
    /** What the inbox asked for; null until then. */
    private Entry.@Nullable Stopped stop;

    /** Whether it was brought back to where it was; what is open there is to begin. */
    private boolean resumed;

    ExecutionRunner(
            Interpreter interpreter,
            Ledger ledger,
            TaskRequests tasks,
            MapData mapData,
            ReadItems items,
            RunnerSettings settings,
            Admission admission,
            Time clock,
            Deadline deadline) {
        this.interpreter = interpreter;
        this.ledger = ledger;
        this.items = items;
        this.settings = settings;
        this.admission = admission;
        this.clock = clock;
        this.allotment = new Allotment(settings, clock, deadline);
        this.mailbox = new Mailbox(clock);
        this.open = new OpenEffects(tasks, mapData, items, mailbox, allotment);
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
     * @param redriven what is to come after these, unless the interpreter has heard of it; null when it was never redriven
     * @throws dev.reprise.journal.JournalException when the journal cannot be read
     * @throws dev.reprise.dataset.DataSetException when a data set that was read cannot be read again: the interpreter
     *     then stands before the entry that tells of it
     */
    void replay(Iterator<Entry> journaled, Entry.@Nullable Redriven redriven) {
        while (journaled.hasNext()) {
            Entry next = journaled.next();
            workUpTo(next);
            items.supply(interpreter, next);
            interpreter.replay(next);
        }
        if (redriven != null && interpreter.redrives() < redriven.count()) {
            Entry next = inOrder(redriven);
            workUpTo(next);
            interpreter.replay(ledger.append(next));
        }
        interpreter.advance();
        resumed = true;
        nextInboxLook = clock.instant();
    }

    private void workUpTo(Entry next) {
        while (interpreter.hasWorkBefore(next)) {
            interpreter.advanceTo(next);
        }
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
                open.cancelAll();
                return end(outcome);
            }
            ledger.flush(interpreter::snapshot);
            performGated();
            open.forgetEnded();
            RunResult suspended = awaitMail();
            if (suspended != null) {
                return suspended;
            }
            takeIn();
        }
    }

    /** What has come about meanwhile may be the end, or the answer to what would begin anew: so it is taken in first. */
    private @Nullable RunResult comeBack() {
        RunResult cutShort = workOff();
        if (cutShort != null) {
            return cutShort;
        }
        List<Effect> before = interpreter.openEffects();
        lookIntoInbox(clock.instant());
        if (mailbox.isEmpty()) {
            gated = before;
            return null;
        }
        takeIn();
        gated = new ArrayList<>(interpreter.openEffects());
        open.ended(before, gated);
        return null;
    }

    /** Works out the last entry's consequences; not null when something else came first. */
    private @Nullable RunResult workOff() {
        while (interpreter.hasWork()) {
            Instant now = clock.instant();
            if (allotment.isOver(now)) {
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

    /** A stop or the execution's time-out, which do not wait until there is nothing to do: that may never be. And if that is never, this ends it too. */
    private @Nullable Entry endDueAt(Instant now) {
        if (interpreter.makesNoProgress()) {
            return new Entry.GivenUp(
                    Time.millisOf(clock), new StatesError("Reprise.NoProgress", noProgress(interpreter.transitions())));
        }
        Instant timeout = interpreter.timeoutAt();
        if (timeout != null && !timeout.isAfter(now)) {
            return new Entry.TimerFired(EffectId.EXECUTION, Time.millisOf(clock), TimerKind.TIMEOUT);
        }
        lookIntoInbox(now);
        return stop;
    }

    private static String noProgress(long transitions) {
        return transitions + " states were entered one after another without a result, a timer or anything else from"
                + " outside: this looks like a loop without end. If it is none, raise"
                + " reprise.runner.transitions-without-fact";
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
            switch (mailbox.poll()) {
                case null -> {
                    return;
                }
                case Mailbox.Mail.Happened happened -> takeIn(happened);
                case Mailbox.Mail.Checked checked -> takeIn(checked);
                case Mailbox.Mail.Broken broken -> throw broken.problem();
            }
        }
    }

    private void takeIn(Mailbox.Mail.Happened mail) {
        OpenTask task =
                mail.entry() instanceof Entry.OfEffect ofEffect ? open.tasks().task(ofEffect.effect()) : null;
        if (task != null && task.keepsBack(mail)) {
            return;
        }
        if (task != null && task.isAnsweredDespite(mail)) {
            open.tasks().answeredBeforeItsRequest(task);
            return;
        }
        takeIn(mail.entry());
        if (mail.fact() != null) {
            ledger.taken(mail.fact());
        }
    }

    private void takeIn(Entry entry) {
        if (!admission.admits(interpreter, entry)) {
            return;
        }
        Entry next = inOrder(entry);
        switch (next) {
            case Entry.TaskSubmitted submitted -> open.tasks().submitted(submitted);
            case Entry.TaskStarted begun -> open.tasks().started(begun);
            case Entry.TaskHeard heard -> open.tasks().heard(heard);
            case Entry.OfEffect answer -> open.close(answer.effect());
            case Entry.Started started -> {}
            case Entry.Stopped stopped -> {}
            case Entry.GivenUp givenUp -> {}
            case Entry.Redriven redriven -> {}
            case Entry.Interrupted interrupted -> {}
        }
        apply(ledger.append(next));
    }

    private void takeIn(Mailbox.Mail.Checked checked) {
        open.checked();
        OpenTask task = open.tasks().task(checked.task());
        if (task != null && task.early() != null) {
            // The answer is here, and waits for the request's own, which has taken too long.
            open.tasks().answeredBeforeItsRequest(task);
            return;
        }
        Instant now = Time.millisOf(clock);
        switch (checked.timeUp()) {
            case TimeUp.Over over -> takeIn(new Entry.TimerFired(checked.task(), now, checked.bound()));
            case TimeUp.Heard heard -> takeIn(new Entry.TaskHeard(checked.task(), now, heard.at()));
            case TimeUp.Answered answered -> {
                nextInboxLook = now;
                open.checkAgain(checked.task(), checked.bound(), now.plusSeconds(1));
            }
        }
    }

    /** Logical time never runs backwards, whatever the clocks do. */
    private Entry inOrder(Entry entry) {
        return entry.at().isBefore(interpreter.time()) ? entry.movedTo(interpreter.time()) : entry;
    }

    /** Waits until something has arrived; or suspends, when that is not to be expected soon. */
    private @Nullable RunResult awaitMail() throws InterruptedException {
        while (true) {
            Instant now = clock.instant();
            open.fireDue(now);
            lookIntoInbox(now);
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
                return runOutOfTime(false);
            }
            if (!closing && !open.hasTasks() && !isSoon(open.nextDue(), now) && ledger.canSuspend()) {
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
        open.inboxReadAt(now);
        for (InboxFact fact : ledger.readInbox()) {
            mailbox.post(new Mailbox.Mail.Happened(fact.entry(), fact));
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
        Duration part = allotment.untilNextPart(now);
        if (part != null) {
            wait = shorter(wait, part);
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
        Instant wakeAt = waits ? open.nextDue() : Time.millisOf(clock);
        open.cancelAll();
        if (!ledger.canSuspend()) {
            Outcome outcome = new Outcome.Failed(new StatesError(
                    "States.Timeout",
                    "The invocation's time ran out, and an execution with \"Durability\": \"NONE\" cannot go"
                            + " on in another one."));
            return end(outcome);
        }
        boolean suspended = waits
                ? ledger.suspend(wakeAt, interpreter::snapshot)
                : ledger.breakOff(Time.millisOf(clock), interpreter::snapshot, amidWork);
        if (suspended) {
            open.forgetEnded();
            return new RunResult.Suspended(wakeAt);
        }
        // A message has arrived for which this invocation has no time left. Reading the inbox shows that it was seen;
        // the next invocation starts at once and reads it again, for it was not taken.
        do {
            ledger.readInbox();
        } while (!ledger.breakOff(Time.millisOf(clock), interpreter::snapshot, false));
        open.forgetEnded();
        return new RunResult.Suspended(Time.millisOf(clock));
    }

    private RunResult end(Outcome outcome) {
        Instant stoppedAt = Time.millisOf(clock);
        ledger.close(outcome, stoppedAt, interpreter.followsFromEntries());
        return new RunResult.Ended(outcome, stoppedAt);
    }
}
