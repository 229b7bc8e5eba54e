package dev.reprise.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Tries one state.
 *
 * @param body as it came; {@link dev.reprise.testing.teststate.TestStateRequest} reads it
 */
public record TestState(ObjectNode body) implements ApiRequest {}
