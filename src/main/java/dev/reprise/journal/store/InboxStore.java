package dev.reprise.journal.store;

import dev.reprise.execution.ExecutionId;
import java.util.List;

/**
 * Facts that others put into executions' inboxes. A part of an {@link ExecutionStore}, which says what holds for every
 * method.
 */
public interface InboxStore {

    /**
     * Puts facts into the inbox, together but not as one; see {@code Inbox} for what else it takes.
     *
     * @param items at most {@link ExecutionStore#LARGEST_BATCH}
     * @return those that the table did not get to
     */
    List<InboxItem> putInboxItems(ExecutionId id, List<InboxItem> items, UnitMeter meter);

    /**
     * Facts in the inbox in order of their keys, about 1 MB of them.
     *
     * @param after a key to go on after; empty for the beginning
     */
    Page<InboxItem> readInbox(ExecutionId id, String after, UnitMeter meter);

    /** Deletes a fact; nothing happens when it is gone already. */
    void deleteInboxItem(ExecutionId id, String key, UnitMeter meter);
}
