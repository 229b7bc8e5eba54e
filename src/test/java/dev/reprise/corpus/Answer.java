package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.StatesError;

/** What becomes of a task. */
sealed interface Answer {

    record Succeeded(JsonNode output) implements Answer {}

    record Failed(StatesError error) implements Answer {}

    /** Nothing comes: it runs into its time-out, or the execution ends before. */
    record Never() implements Answer {}
}
