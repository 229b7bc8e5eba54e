package dev.reprise.journal.store;

import java.time.Instant;

/**
 * That an execution which had ended goes on.
 *
 * @param count how often, this time included
 * @param at when; millisecond precision
 */
public record Redrive(int count, Instant at) {}
