package dev.reprise.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code Choices}.
 *
 * @param condition what must hold
 * @param next the state that then goes on
 * @param output JSONata: template of the output when this rule is taken; null when absent (the state's own
 *     {@code Output})
 * @param assign template of variables, in place of the state's own; null when absent
 * @see <a href="https://states-language.net/#choice-state">ASL, Choice state</a>
 */
public record ChoiceRule(
        Condition condition,
        String next,
        @Nullable JsonNode output,
        @Nullable ObjectNode assign) {}
