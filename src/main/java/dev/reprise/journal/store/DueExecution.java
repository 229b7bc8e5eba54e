package dev.reprise.journal.store;

import dev.reprise.execution.ExecutionId;
import java.time.Instant;

/**
 * An execution and the time at which something is to be done about it.
 *
 * @param at its wake-up time; for one whose invocation died, the end of its lease; for a closed one, the end of its
 *     retention
 */
public record DueExecution(ExecutionId id, Instant at) {}
