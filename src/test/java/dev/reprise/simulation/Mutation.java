package dev.reprise.simulation;

import dev.reprise.core.InterpreterLimits;
import dev.reprise.dataset.ObjectStore;
import dev.reprise.journal.ChunksLast;
import dev.reprise.journal.ForgottenSubmissions;
import dev.reprise.journal.LateAnswers;
import dev.reprise.journal.LostTails;
import dev.reprise.journal.NobodysHeads;
import dev.reprise.journal.NobodysWrites;
import dev.reprise.journal.Unconditional;
import dev.reprise.journal.WriteBehind;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.task.TaskSource;

/** Engines each of which lacks one of its protections. A simulation that does not notice is worth nothing. */
enum Mutation implements Engine {
    /** A segment is put although its number is taken. */
    NO_FENCE,

    /** Tasks begin before what asked for them is durable. */
    NO_EFFECT_GATING,

    /** An execution is taken over while its owner still has the lease. */
    NO_LEASE,

    /** An execution is suspended although a message has arrived. */
    NO_INBOX_COUNTER_ON_SUSPENSION,

    /** An execution is ended as if no message had arrived. */
    NO_INBOX_COUNTER_AT_THE_END,

    /** An execution is started although there is one of that name. */
    NO_SINGLE_START,

    /** A task that others do is opened, answered or timed out although somebody else was quicker. */
    NO_CONDITION_ON_TASKS,

    /** An execution whose retention is over is deleted by several at once, and its name given away meanwhile. */
    NO_CLAIM_OF_DELETION,

    /** A large value is written after the entry or the head that names it. */
    NO_CHUNKS_FIRST,

    /** An execution goes on with whatever is there of a data set that it has read. */
    NO_VERSION_OF_DATA,

    /** An execution ends, and the entries that tell why are not written. */
    NO_FACT_OF_THE_END,

    /** An entry is written that nobody waits for. */
    NO_CLOSED_SCOPES,

    /** Whoever resumes an execution does not learn that somebody has taken a task on. */
    NO_SUBMISSIONS,

    /** Whoever resumes an execution does not learn what a job is known by that was submitted. */
    NO_KEPT_RESPONSES,

    /** A task's bounds run while it still queues. */
    NO_BOUNDS_FROM_ASKING,

    /** An execution may go on for long without a fact. */
    NO_BOUND_OF_STRETCHES,

    /** Nobody watches what holds a thread. */
    NO_WATCH_OF_THREADS,

    /** A segment that is there already is another's, whoever wrote it. */
    NO_OWN_WRITES,

    /** A start, a suspension or an end that is there already is another's, whoever wrote it. */
    NO_OWN_HEADS;

    @Override
    public ExecutionStore table(ExecutionStore whole) {
        return switch (this) {
            case NO_FENCE -> Unconditional.segments(whole);
            case NO_LEASE -> Unconditional.leases(whole);
            case NO_INBOX_COUNTER_ON_SUSPENSION -> Unconditional.suspensions(whole);
            case NO_INBOX_COUNTER_AT_THE_END -> Unconditional.ends(whole);
            case NO_SINGLE_START -> Unconditional.starts(whole);
            case NO_CONDITION_ON_TASKS -> Unconditional.tasks(whole);
            case NO_CLAIM_OF_DELETION -> Unconditional.claims(whole);
            default -> whole;
        };
    }

    @Override
    public ExecutionStore store(ExecutionStore whole) {
        return switch (this) {
            case NO_CLOSED_SCOPES -> new LateAnswers(whole);
            case NO_SUBMISSIONS -> ForgottenSubmissions.whole(whole);
            case NO_KEPT_RESPONSES -> ForgottenSubmissions.responses(whole);
            case NO_FACT_OF_THE_END -> new LostTails(whole);
            case NO_EFFECT_GATING -> new WriteBehind(whole);
            case NO_CHUNKS_FIRST -> new ChunksLast(whole);
            case NO_OWN_WRITES -> new NobodysWrites(whole);
            case NO_OWN_HEADS -> new NobodysHeads(whole);
            default -> whole;
        };
    }

    @Override
    public ObjectStore objects(ObjectStore whole) {
        return this == NO_VERSION_OF_DATA ? new AnyVersion(whole) : whole;
    }

    @Override
    public TaskSource tasks(TaskSource whole) {
        return this == NO_BOUNDS_FROM_ASKING
                ? new QueueingTasks(whole)
                : this == NO_WATCH_OF_THREADS ? new UnwatchedTasks(whole) : whole;
    }

    @Override
    public RunnerSettings settings(RunnerSettings whole) {
        return this == NO_BOUNDS_FROM_ASKING ? RunnerSettings.DEFAULT : whole;
    }

    @Override
    public InterpreterLimits limits(InterpreterLimits whole) {
        return this == NO_BOUND_OF_STRETCHES
                ? new InterpreterLimits(
                        whole.payloadBytes(),
                        InterpreterLimits.DEFAULT.sliceTransitions(),
                        whole.sliceFuel(),
                        10 * whole.transitionsWithoutFact())
                : whole;
    }
}
