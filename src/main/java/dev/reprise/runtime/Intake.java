package dev.reprise.runtime;

import dev.reprise.core.Interpreter;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TimerKind;
import dev.reprise.journal.InboxFact;
import dev.reprise.journal.WaitingTasks.TimeUp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives what has come about its place in the journal, and tells the interpreter. The effects that follow are held back
 * until the entries that caused them are durable. Only the thread that owns the execution touches it.
 */
final class Intake {

    /** Answers may be large: between so many the clock is looked at. */
    private static final int LEFT_TOGETHER = 100;

    private final Interpreter interpreter;
    private final Ledger ledger;
    private final Mailbox mailbox;
    private final OpenEffects open;
    private final Allotment allotment;

    /** Effects whose cause is not durable yet. */
    private List<Effect> gated = new ArrayList<>();

    private Instant nextInboxLook;
    /** What the inbox asked for; null until then. */
    private Entry.@Nullable Stopped stop;

    Intake(Interpreter interpreter, Ledger ledger, Mailbox mailbox, OpenEffects open, Allotment allotment) {
        this.interpreter = interpreter;
        this.ledger = ledger;
        this.mailbox = mailbox;
        this.open = open;
        this.allotment = allotment;
        this.nextInboxLook =
                allotment.clock().instant().plus(allotment.settings().inboxPoll());
    }

    // ---- the interpreter

    /** Most entries lead to little: one slice is all of it. */
    void apply(Entry entry) {
        gated.addAll(interpreter.apply(entry));
        gated.addAll(interpreter.advance());
    }

    /** Works on for one slice. */
    void advance() {
        gated.addAll(interpreter.advance());
    }

    /** What is held back, now that its causes are durable. */
    List<Effect> released() {
        List<Effect> durable = gated;
        if (!durable.isEmpty()) {
            gated = new ArrayList<>();
        }
        return durable;
    }

    /** In place of what is held back: all that is open. */
    void hold(List<Effect> effects) {
        gated = new ArrayList<>(effects);
    }

    boolean holdsNothing() {
        return gated.isEmpty();
    }

    // ---- mail

    /**
     * Takes in what has arrived, as far as somebody still waits for it and no work comes before it, at most so many
     * pieces.
     */
    void takeIn(int most) {
        for (int taken = 0; taken < most && !interpreter.hasWork() && interpreter.outcome() == null; taken++) {
            switch (mailbox.poll()) {
                case null -> {
                    return;
                }
                case Mailbox.Mail.Happened happened -> takeIn(happened);
                case Mailbox.Mail.Checked checked -> takeIn(checked);
                case Mailbox.Mail.GoesOn job -> open.goesOn(job);
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

    /** Takes in a fact, unless nobody waits for it. */
    void takeIn(Entry entry) {
        if (!interpreter.expects(entry)) {
            return;
        }
        Entry next = inOrder(entry);
        switch (next) {
            case Entry.TaskSubmitted submitted -> open.tasks().submitted(submitted);
            case Entry.TaskStarted begun -> open.tasks().started(begun);
            case Entry.TaskHeard heard -> open.tasks().heard(heard);
            case Entry.TimerFired fired -> open.close(fired.effect(), false);
            case Entry.OfEffect answer -> open.close(answer.effect(), true);
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
        Instant now = Time.millisOf(allotment.clock());
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
    Entry inOrder(Entry entry) {
        return entry.at().isBefore(interpreter.time()) ? entry.movedTo(interpreter.time()) : entry;
    }

    // ---- the inbox

    /**
     * Others leave a stop, or a callback's result, in the execution's inbox. Each look reads one item, so it is not
     * taken at every turn.
     */
    void lookIntoInbox(Instant now) {
        if (now.isBefore(nextInboxLook) && !allotment.clock().knowsOfMail()) {
            return;
        }
        nextInboxLook = now.plus(allotment.settings().inboxPoll());
        open.inboxReadAt(now);
        for (InboxFact fact : ledger.readInbox()) {
            mailbox.post(new Mailbox.Mail.Happened(fact.entry(), fact));
            if (stop == null && fact.entry() instanceof Entry.Stopped stopped) {
                stop = stopped;
            }
        }
    }

    /** The next look is due at that time. */
    void lookIntoInboxAt(Instant time) {
        nextInboxLook = time;
    }

    Instant nextInboxLook() {
        return nextInboxLook;
    }

    /**
     * A stop or the execution's time-out, which do not wait until there is nothing to do: that may never be. And if
     * that is never, this ends it too.
     */
    @Nullable
    Entry endDueAt(Instant now) {
        if (interpreter.makesNoProgress()) {
            Instant at = Time.millisOf(allotment.clock());
            return new Entry.GivenUp(at, new StatesError("Reprise.NoProgress", noProgress(interpreter.transitions())));
        }
        Instant timeout = interpreter.timeoutAt();
        if (timeout != null && !timeout.isAfter(now)) {
            return new Entry.TimerFired(EffectId.EXECUTION, Time.millisOf(allotment.clock()), TimerKind.TIMEOUT);
        }
        lookIntoInbox(now);
        return stop;
    }

    private static String noProgress(long transitions) {
        return transitions + " states were entered one after another without a result, a timer or anything else from"
                + " outside: this looks like a loop without end. If it is none, raise"
                + " reprise.runner.transitions-without-fact";
    }

    // ---- when time is up

    /**
     * Takes in what has arrived, without waiting for anything.
     *
     * @return false when work is left, or an end has come, before all of it was taken in
     */
    boolean drain() {
        while (!mailbox.isEmpty() && !interpreter.hasWork() && interpreter.outcome() == null) {
            takeIn(1);
        }
        return !interpreter.hasWork();
    }

    /**
     * Leaves in the inbox what has arrived and cannot be appended, because work comes before it: it need not be done
     * again. What there is no time for is lost, and is done again, or is known as interrupted.
     *
     * @param until when to stop
     */
    void leave(Instant until) {
        List<Entry> answers = new ArrayList<>();
        for (Mailbox.Mail mail = mailbox.poll(); mail != null; mail = mailbox.poll()) {
            if (mail instanceof Mailbox.Mail.Happened happened
                    && happened.fact() == null
                    && isAnswer(happened.entry())) {
                answers.add(happened.entry());
            }
        }
        for (int from = 0;
                from < answers.size() && allotment.clock().instant().isBefore(until);
                from += LEFT_TOGETHER) {
            leave(answers.subList(from, Math.min(answers.size(), from + LEFT_TOGETHER)));
        }
    }

    /** Leaves facts in the inbox, but for those that nobody waits for. */
    void leave(List<Entry> facts) {
        List<Entry> awaited = facts.stream().filter(interpreter::expects).toList();
        if (!awaited.isEmpty()) {
            ledger.leave(awaited);
        }
    }

    private static boolean isAnswer(Entry entry) {
        return entry instanceof Entry.TaskSucceeded
                || entry instanceof Entry.TaskFailed
                || entry instanceof Entry.TaskSubmitted;
    }
}
