package dev.reprise.execution;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** How an execution ended. */
public sealed interface Outcome {

    /** The machine reached its end. */
    record Succeeded(JsonNode output) implements Outcome {}

    /** A Fail state, or an error that nothing caught. */
    record Failed(StatesError error) implements Outcome {}

    /** The machine's {@code TimeoutSeconds} ran out. */
    record TimedOut() implements Outcome {}

    /** Somebody stopped it. */
    record Aborted(@Nullable String error, @Nullable String cause) implements Outcome {}
}
