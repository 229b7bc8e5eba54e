package dev.reprise.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One step of an execution as {@code GetExecutionHistory} shows it. Events are not stored: a replay with an {@link ExecutionObserver} gives them again.
 *
 * @param id from 1, without gaps
 * @param previousId the event before it in its own scope, or the one that began the scope; 0 for the first
 * @param scope the scope in which it happened
 * @param details what {@code GetExecutionHistory} tells of such an event, with JSON in place of JSON text: {@code name}, {@code input}, {@code output}, {@code error}, {@code cause}, …
 */
public record HistoryEvent(
        long id, long previousId, HistoryEventType type, Instant timestamp, ScopePath scope, ObjectNode details) {}
