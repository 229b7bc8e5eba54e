package dev.reprise.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that a state made of its task. A call that comes again because a process died is the same call.
 *
 * @param state the Task state's name
 * @param scope where it stands, such as {@code /} or {@code /ProcessOrders[17]}
 * @param item the number of the innermost item or branch, from 0; null outside Map and Parallel
 * @param resource as the state names it
 * @param input what the task got
 * @param attempt 0 for the first, 1 for the first retry
 * @param at when
 * @param taskToken null unless somebody is to send it back
 */
public record MadeCall(
        String state,
        String scope,
        @Nullable Integer item,
        String resource,
        JsonNode input,
        int attempt,
        Instant at,
        @Nullable String taskToken) {}
