package dev.reprise.operations;

import dev.reprise.journal.WaitingTasks;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;

/**
 * One invocation that takes over one execution.
 *
 * @param known the execution's head before the lease is taken
 * @param lease as it is to be taken
 * @param earlier what was waited for before
 */
record Takeover(Head known, Lease lease, TasksOfEarlierOwners earlier, Invocation invocation) {

    static Takeover of(Head known, Lease lease, Invocation invocation, WaitingTasks waiting) {
        return new Takeover(known, lease, TasksOfEarlierOwners.of(known, waiting), invocation);
    }
}
