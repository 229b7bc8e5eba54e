package dev.reprise.runtime;

import dev.reprise.core.Effect;
import dev.reprise.core.EffectId;
import dev.reprise.core.Entry;
import dev.reprise.core.TaskPattern;
import io.smallrye.mutiny.subscription.Cancellable;
import org.jspecify.annotations.Nullable;

/** A task that an execution has asked for, or is about to. Only the thread that owns the execution touches it, but for {@link #done}. */
final class OpenTask {

    final Effect.RunTask task;

    /** Whether it is to be asked for. */
    boolean queued;
    /** Whether that it was begun is in the journal, or soon will be. */
    boolean recorded;
    /** Whether it counts as in flight. */
    boolean counted;
    /** Null before it was asked for, and after the request was answered. */
    @Nullable
    Cancellable request;

    /** Set by whatever thread the request's answer comes about on, once it is posted: whoever sees that nothing runs any more must find it. */
    volatile boolean done;

    /** The answer from outside to a request that is still under way. */
    Mailbox.Mail.@Nullable Happened early;

    OpenTask(Effect.RunTask task) {
        this.task = task;
    }

    EffectId id() {
        return task.id();
    }

    boolean isAnsweredFromOutside() {
        return task.pattern().isAnsweredFromOutside();
    }

    /** Whether an entry must be in the journal before it may be asked for. */
    boolean mustBeRecorded() {
        return task.isStartRecorded() && !recorded && task.pattern() != TaskPattern.ACTIVITY;
    }

    /**
     * Keeps an answer from outside that comes while the request is under way: it is not to be cut off, and its own answer comes first.
     *
     * @return false when no request is under way
     */
    boolean keepsBack(Mailbox.Mail.Happened answer) {
        boolean isAnswer = answer.entry() instanceof Entry.TaskSucceeded || answer.entry() instanceof Entry.TaskFailed;
        if (answer.fact() == null || !isAnswer || request == null || !counted) {
            return false;
        }
        early = answer;
        return true;
    }

    /** Whether a request failed whose task was answered already: the answer counts. */
    boolean isAnsweredDespite(Mailbox.Mail.Happened failure) {
        return early != null && failure.fact() == null && failure.entry() instanceof Entry.TaskFailed;
    }
}
