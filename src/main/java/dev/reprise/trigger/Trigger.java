package dev.reprise.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Labels;
import dev.reprise.query.Expression;
import dev.reprise.query.Queries;
import org.jspecify.annotations.Nullable;

/**
 * What an event starts.
 *
 * @param match which events
 * @param workflow the workflow's name
 * @param name of the execution; null for the event's own
 * @param input of the execution; null for what the event says
 * @param labels of the execution; null for none
 */
record Trigger(
        SourceMatch match,
        String workflow,
        @Nullable Expression name,
        @Nullable Expression input,
        @Nullable Labels labels) {

    /**
     * Reads one.
     *
     * @param trigger which was checked
     * @param jsonata compiles its expressions
     */
    static Trigger of(JsonNode trigger, Queries jsonata) {
        return new Trigger(
                SourceMatch.of(trigger),
                trigger.path("workflow").textValue(),
                expression(trigger, "name", jsonata),
                expression(trigger, "input", jsonata),
                trigger.has("labels") ? Labels.compile(trigger.path("labels"), jsonata) : null);
    }

    private static @Nullable Expression expression(JsonNode trigger, String field, Queries jsonata) {
        return trigger.has(field) ? jsonata.template(trigger.path(field), field) : null;
    }
}
