package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Interpreter;
import dev.reprise.core.LiveObserver;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.Span;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TimerKind;
import dev.reprise.journal.InboxFact;
import dev.reprise.journal.WaitingTasks.TimeUp;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.task.Job;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener what one execution does in one invocation. It stands between a runner and what it works with, and is
 * there only when somebody listens. Used by the thread that owns the execution.
 *
 * <p>A replay is over, and the interpreter observed, with the first thing that the runner makes known: a fact that it
 * appends, or that all is durable. Up to there everything follows from the journal, and was told when it happened;
 * unless nothing was left to be replayed, for then the state was kept as it was, and whatever follows from it is new.
 */
public final class LiveRun implements LiveObserver {

    private final String executionArn;
    private final Interpreter interpreter;
    private final RunListener listener;
    private final InstantSource clock;
    private boolean isLive;
    private Instant startedAt = Instant.EPOCH;

    public LiveRun(String executionArn, Interpreter interpreter, RunListener listener, InstantSource clock) {
        this.executionArn = executionArn;
        this.interpreter = interpreter;
        this.listener = listener;
        this.clock = clock;
    }

    /** The execution begins. */
    public void started(Entry.Started started) {
        startedAt = started.at();
        listener.on(new RunEvent.Started(executionArn, started.at()));
        goLive();
    }

    /**
     * The execution was taken over, and is to be replayed.
     *
     * @param started when it had started
     */
    public void resumed(Instant started) {
        startedAt = started;
        listener.on(new RunEvent.Resumed(executionArn, Time.millisOf(clock)));
    }

    private void goLive() {
        if (!isLive) {
            isLive = true;
            interpreter.observe(this);
        }
    }

    /**
     * It was replayed.
     *
     * @param isKeptAsItWas whether the interpreter stands where its last owner gave the execution up, as there was no
     *     entry to replay
     */
    public void replayed(boolean isKeptAsItWas) {
        if (isKeptAsItWas) {
            goLive();
        }
    }

    // ---- states

    @Override
    public void stateEntered(ScopePath scope, String state, Instant at) {
        listener.on(new RunEvent.StateEntered(executionArn, at, scope, state));
    }

    @Override
    public void stateLeft(ScopePath scope, String state, Instant at) {
        listener.on(new RunEvent.StateLeft(executionArn, at, scope, state));
    }

    @Override
    public void stateFailed(ScopePath scope, String state, StatesError error, Instant at) {
        listener.on(new RunEvent.StateFailed(executionArn, at, scope, state, error));
    }

    @Override
    public void stateRetried(ScopePath scope, String state, Instant due, Instant at) {
        listener.on(new RunEvent.StateRetried(executionArn, at, scope, state, due));
    }

    @Override
    public void itemStarted(ScopePath item, Instant at) {
        listener.on(new RunEvent.ItemStarted(executionArn, at, item));
    }

    @Override
    public void itemSucceeded(ScopePath item, Instant at) {
        listener.on(new RunEvent.ItemSucceeded(executionArn, at, item));
    }

    @Override
    public void itemFailed(ScopePath item, StatesError error, Instant at) {
        listener.on(new RunEvent.ItemFailed(executionArn, at, item, error));
    }

    @Override
    public void spanEnded(Span span, Instant from, @Nullable StatesError error, boolean isCut, Instant at) {
        listener.on(new RunEvent.SpanEnded(executionArn, at, span, from, error, isCut));
    }

    // ---- tasks

    /** {@link RunListener#traceHeader}. */
    public @Nullable String traceHeader(EffectId task) {
        return listener.traceHeader(task);
    }

    /** The same requests, told when they are made. */
    public TaskRequests telling(TaskRequests requests) {
        return new TaskRequests() {
            @Override
            public Uni<? extends Reply> request(Effect.RunTask task) {
                listener.on(new RunEvent.TaskAsked(
                        executionArn, Time.millisOf(clock), task.id(), task.state(), task.attempt()));
                return requests.request(task);
            }

            @Override
            public Uni<TimeUp> timeUp(Effect.RunTask task, TimerKind bound, Instant inboxReadAt) {
                return requests.timeUp(task, bound, inboxReadAt);
            }

            @Override
            public boolean isJob(Effect.RunTask task) {
                return requests.isJob(task);
            }

            @Override
            public Uni<Job.Progress> poll(Effect.RunTask task) {
                return requests.poll(task);
            }

            @Override
            public Uni<?> forget(List<Ended> ended) {
                return requests.forget(ended);
            }
        };
    }

    // ---- facts

    /**
     * The same ledger, told what goes into it.
     *
     * @param consumed what the execution has consumed in all; null when nothing of it is stored
     */
    public Ledger telling(Ledger ledger, @Nullable Supplier<ConsumedUnits> consumed) {
        return new Told(ledger, consumed);
    }

    private final class Told implements Ledger {

        private final Ledger ledger;
        private final @Nullable Supplier<ConsumedUnits> consumed;
        private ConsumedUnits told;

        Told(Ledger ledger, @Nullable Supplier<ConsumedUnits> consumed) {
            this.ledger = ledger;
            this.consumed = consumed;
            this.told = consumed == null ? ConsumedUnits.NONE : consumed.get();
        }

        @Override
        public Entry append(Entry entry) {
            Entry appended = ledger.append(entry);
            goLive();
            if (appended instanceof Entry.TaskSucceeded done) {
                answered(done, null);
            } else if (appended instanceof Entry.TaskFailed failed) {
                answered(failed, failed.error());
            }
            return appended;
        }

        private void answered(Entry.OfEffect answer, @Nullable StatesError error) {
            listener.on(new RunEvent.TaskAnswered(executionArn, answer.at(), answer.effect(), error));
        }

        @Override
        public void taken(InboxFact fact) {
            ledger.taken(fact);
        }

        @Override
        public void leave(List<? extends Entry> facts) {
            ledger.leave(facts);
        }

        @Override
        public void flush(Supplier<JsonNode> state) {
            ledger.flush(state);
            goLive();
            tellUnits();
        }

        private void tellUnits() {
            ConsumedUnits now = consumed == null ? told : consumed.get();
            if (now.write() > told.write()) {
                listener.on(new RunEvent.Flushed(executionArn, Time.millisOf(clock), now, now.minus(told)));
                told = now;
            }
        }

        @Override
        public List<InboxFact> readInbox() {
            return ledger.readInbox();
        }

        @Override
        public boolean canSuspend() {
            return ledger.canSuspend();
        }

        @Override
        public boolean suspend(@Nullable Instant wakeAt, Supplier<JsonNode> state) {
            return told(ledger.suspend(wakeAt, state), wakeAt);
        }

        @Override
        public boolean breakOff(Instant now, Supplier<JsonNode> state, boolean amidWork) {
            return told(ledger.breakOff(now, state, amidWork), now);
        }

        private boolean told(boolean suspended, @Nullable Instant wakeAt) {
            if (suspended) {
                tellUnits();
                listener.on(new RunEvent.Suspended(executionArn, Time.millisOf(clock), wakeAt));
            }
            return suspended;
        }

        @Override
        public void close(Outcome outcome, Instant stoppedAt, boolean followsFromEntries, long lastEvent) {
            ledger.close(outcome, stoppedAt, followsFromEntries, lastEvent);
            tellUnits();
            listener.on(new RunEvent.Ended(executionArn, startedAt, stoppedAt, outcome));
        }
    }
}
