package dev.reprise.journal.store;

import dev.reprise.execution.ExecutionId;

/**
 * Facts that others put into executions' inboxes. A part of an {@link ExecutionStore}, which says what holds for every
 * method.
 */
public interface InboxStore {

    /** Puts a fact into the inbox; see {@code Inbox} for what else it takes. */
    void putInboxItem(ExecutionId id, InboxItem item, UnitMeter meter);

    /**
     * Facts in the inbox in order of their keys, about 1 MB of them.
     *
     * @param after a key to go on after; empty for the beginning
     */
    Page<InboxItem> readInbox(ExecutionId id, String after, UnitMeter meter);

    /** Deletes a fact; nothing happens when it is gone already. */
    void deleteInboxItem(ExecutionId id, String key, UnitMeter meter);
}
