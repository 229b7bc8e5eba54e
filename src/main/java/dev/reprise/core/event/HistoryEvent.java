package dev.reprise.core.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.ScopePath;
import java.time.Instant;
import java.util.List;

/**
 * One step of an execution as {@code GetExecutionHistory} shows it. Events are not stored: a replay with an {@link
 * ExecutionObserver} gives them again.
 *
 * @param id from 1, without gaps
 * @param previousId the event that it follows from, mostly the one before it in its own scope; 0 where there is none
 * @param scope the scope in which it happened
 * @param details what {@code GetExecutionHistory} tells of such an event, with JSON in place of JSON text: {@code
 *     name}, {@code input}, {@code output}, {@code error}, {@code cause}, …
 */
public record HistoryEvent(
        long id, long previousId, HistoryEventType type, Instant timestamp, ScopePath scope, ObjectNode details) {

    /** The details that hold the workflow's own data. */
    private static final List<String> DATA = List.of("input", "output", "parameters", "assignedVariables", "summary");

    /** The same event without the workflow's own data. */
    public HistoryEvent withoutData() {
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        rest.setAll(details);
        rest.remove(DATA);
        return new HistoryEvent(id, previousId, type, timestamp, scope, rest);
    }
}
