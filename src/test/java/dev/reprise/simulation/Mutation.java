package dev.reprise.simulation;

import dev.reprise.journal.ChunksLast;
import dev.reprise.journal.Forgetful;
import dev.reprise.journal.NobodysHeads;
import dev.reprise.journal.NobodysWrites;
import dev.reprise.journal.Unconditional;
import dev.reprise.journal.WriteBehind;
import dev.reprise.journal.store.ExecutionStore;

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

    /** A task that is over can be opened anew. */
    NO_TRACE_OF_TASKS,

    /** A large value is written after the entry or the head that names it. */
    NO_CHUNKS_FIRST,

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
            case NO_TRACE_OF_TASKS -> new Forgetful(whole);
            default -> whole;
        };
    }

    @Override
    public ExecutionStore store(ExecutionStore whole) {
        return switch (this) {
            case NO_EFFECT_GATING -> new WriteBehind(whole);
            case NO_CHUNKS_FIRST -> new ChunksLast(whole);
            case NO_OWN_WRITES -> new NobodysWrites(whole);
            case NO_OWN_HEADS -> new NobodysHeads(whole);
            default -> whole;
        };
    }
}
