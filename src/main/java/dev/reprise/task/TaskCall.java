package dev.reprise.task;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a task.
 *
 * @param resource the state's {@code Resource}, as it stands there
 * @param input what the task gets; not to be changed
 * @param credentials the state's {@code Credentials}, evaluated; null when it has none
 */
public record TaskCall(
        String resource,
        JsonNode input,
        TaskContext context,
        @Nullable JsonNode credentials) {}
