package dev.reprise.runtime;

import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.TaskPattern;
import dev.reprise.execution.TaskPhase;
import org.jspecify.annotations.Nullable;

/**
 * A task that an execution waits for, and where it stands in this invocation:
 *
 * <pre>{@code
 * Queued ──> Asked ──> Elsewhere ──> Over        a task that somebody else does
 *    │ ▲       └─────> Answered ───> Over        a task whose request gives its result
 *    ▼ │
 * Recording                                      it must not run twice: that it begins is written first
 * }</pre>
 *
 * Each may be over at any time. Only the thread that owns the execution touches it.
 */
public final class OpenTask {

    private sealed interface State {

        /** It is to be asked for as soon as there is room. */
        record Queued() implements State {}

        /** That it begins is on its way into the journal; meanwhile it keeps its place among those that run. */
        record Recording() implements State {}

        /**
         * It was asked for, and runs here.
         *
         * @param early the answer from outside, which came before the request's own; null when none did
         */
        record Asked(Request request, Mailbox.Mail.@Nullable Happened early) implements State {}

        /** Its end is in the mailbox. */
        record Answered() implements State {}

        /** Somebody has taken it on: nothing runs here for it. */
        record Elsewhere() implements State {}

        /** Nobody waits for it any more. */
        record Over() implements State {}
    }

    private static final State QUEUED = new State.Queued();
    private static final State RECORDING = new State.Recording();
    private static final State ANSWERED = new State.Answered();
    private static final State ELSEWHERE = new State.Elsewhere();
    private static final State OVER = new State.Over();

    private Effect.RunTask effect;
    private State state;

    /** A task that nobody is known to have taken on queues. */
    public OpenTask(Effect.RunTask effect) {
        this.effect = effect;
        this.state = effect.isInterrupted() ? ANSWERED : effect.phase().submission() == null ? QUEUED : ELSEWHERE;
    }

    /** What the execution asks for, as far as the journal tells by now. */
    Effect.RunTask effect() {
        return effect;
    }

    EffectId id() {
        return effect.id();
    }

    boolean isAnsweredFromOutside() {
        return effect.pattern().isAnsweredFromOutside();
    }

    boolean isQueued() {
        return state == QUEUED;
    }

    /** Whether it runs here, or is about to. */
    boolean hasPlace() {
        return switch (state) {
            case State.Recording recording -> true;
            case State.Asked asked -> true;
            case State.Queued queued -> false;
            case State.Answered answered -> false;
            case State.Elsewhere elsewhere -> false;
            case State.Over over -> false;
        };
    }

    /** Whether an entry must be in the journal before it may be asked for. */
    boolean mustBeRecorded() {
        return effect.isStartRecorded()
                && effect.pattern() != TaskPattern.ACTIVITY
                && effect.phase().beginning() == null;
    }

    /** That it begins is to be written. */
    void recording() {
        state = RECORDING;
    }

    /** That it begins, or that a worker has taken it, has its place in the journal. */
    void recorded(Entry.TaskStarted started) {
        effect = effect.in(effect.phase().begun(started.at(), started.worker()));
        if (state == RECORDING) {
            state = QUEUED;
        }
    }

    /** It was asked for. */
    void asked(Request request) {
        state = request.isDone() ? ANSWERED : new State.Asked(request, null);
    }

    /** Somebody has taken it on. */
    void takenOn(TaskPhase phase) {
        effect = effect.in(phase);
        state = ELSEWHERE;
    }

    /** A heartbeat came. */
    void heard(Entry.TaskHeard heard) {
        effect = effect.in(effect.phase().heard(heard.heardAt()));
    }

    /** Nobody waits for it any more: what runs for it is interrupted. */
    public void over() {
        interrupt();
        state = OVER;
    }

    /** Its request is not waited for any longer. */
    void interrupt() {
        if (state instanceof State.Asked asked) {
            asked.request().cancel();
        }
    }

    /**
     * Keeps an answer from outside that comes while the request is under way: it is not to be cut off, and its own
     * answer comes first.
     *
     * @return false when no request is under way
     */
    boolean keepsBack(Mailbox.Mail.Happened answer) {
        boolean isAnswer = answer.entry() instanceof Entry.TaskSucceeded || answer.entry() instanceof Entry.TaskFailed;
        if (answer.fact() == null || !isAnswer || !(state instanceof State.Asked asked)) {
            return false;
        }
        state = new State.Asked(asked.request(), answer);
        return true;
    }

    /** The answer from outside that waits for the request's own; null when there is none. */
    Mailbox.Mail.@Nullable Happened early() {
        return state instanceof State.Asked asked ? asked.early() : null;
    }

    /** Whether a request failed whose task was answered already: the answer counts. */
    boolean isAnsweredDespite(Mailbox.Mail.Happened failure) {
        return early() != null && failure.fact() == null && failure.entry() instanceof Entry.TaskFailed;
    }
}
