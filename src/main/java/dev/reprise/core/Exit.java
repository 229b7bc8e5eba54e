package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What a state leaves behind.
 *
 * @param output the next state's input
 * @param assigned the variables it sets; null when it sets none
 */
record Exit(JsonNode output, @Nullable ObjectNode assigned) {}
