package dev.reprise.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.operations.Invocation;

/** Has events carried out, as the function in Lambda does. Safe for use by many threads. */
@FunctionalInterface
public interface Events {

    /**
     * The event's answer.
     *
     * @throws dev.reprise.execution.RequestException when it asks for what cannot be
     */
    JsonNode answer(byte[] event, Invocation invocation);
}
