package dev.reprise.journal;

import dev.reprise.execution.Entry;

/**
 * A fact that another invocation put into an execution's inbox.
 *
 * @param key names it until {@link Journal#taken} deletes it
 * @param entry what happened
 */
public record InboxFact(String key, Entry entry) {}
