package dev.reprise.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.QueryLanguage;
import org.jspecify.annotations.Nullable;

/**
 * What a state makes a request of: {@code Parameters} or {@code Arguments}, as they stand in the file. Some of it is
 * computed when the state runs.
 *
 * @param json null when the state has no such field, and its input is the request
 */
public record RequestTemplate(@Nullable JsonNode json, QueryLanguage language) {

    private static final String COMPUTED = ".$";

    /** The name that a field of a template gives the value, without the mark of one that is computed. */
    public String name(String field) {
        return isComputed(field) ? field.substring(0, field.length() - COMPUTED.length()) : field;
    }

    private boolean isComputed(String field) {
        return language == QueryLanguage.JSONPATH && field.endsWith(COMPUTED);
    }

    /** Whether the value is there as it will be sent, rather than computed. */
    public boolean isWritten(String field, JsonNode value) {
        return !isComputed(field) && isWritten(value);
    }

    /** The same of a value that has no name, as in an array. */
    public boolean isWritten(JsonNode value) {
        return !(language == QueryLanguage.JSONATA
                && value.isTextual()
                && value.textValue().startsWith("{%")
                && value.textValue().endsWith("%}"));
    }
}
