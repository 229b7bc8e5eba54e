package dev.reprise.journal.store;

import dev.reprise.journal.codec.Body;

/**
 * A fact in an execution's inbox, as it is stored.
 *
 * @param key time-ordered, unique in the execution
 * @param body one entry
 */
public record InboxItem(String key, Body body) {}
