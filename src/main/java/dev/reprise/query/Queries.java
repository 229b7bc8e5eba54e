package dev.reprise.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Condition;
import dev.reprise.asl.Value;

/**
 * One query language's compiler. Each method throws {@link IllegalArgumentException} for text that is not well-formed,
 * which a validated definition never holds.
 */
public interface Queries {

    /**
     * A payload template ({@code Parameters}, {@code ResultSelector}, {@code ItemSelector}, {@code Assign}, …) or a
     * JSONata one ({@code Arguments}, {@code Output}, {@code Assign}, …).
     *
     * @param field the field it stands in, for locations in errors
     */
    Expression template(JsonNode template, String field);

    /**
     * A field that is literal or computed.
     *
     * @param field the field it stands in, for locations in errors
     */
    Expression value(Value value, String field);

    /**
     * A choice rule's condition.
     *
     * @param field where it stands, such as {@code Choices[0]/Condition}, for locations in errors
     */
    CompiledCondition condition(Condition condition, String field);
}
