package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * {@code $$.Map.Item}.
 *
 * @param index from 0
 * @param value the item itself, before {@code ItemSelector}
 */
record MapItem(int index, JsonNode value) {}
