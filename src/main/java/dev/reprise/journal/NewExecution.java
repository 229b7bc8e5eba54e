package dev.reprise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.ExecutionIdentity;
import java.time.Instant;
import java.time.Period;

/**
 * An execution to be started.
 *
 * @param identity its names
 * @param input its input
 * @param definitionHash SHA-256 of {@code definition}, in hexadecimal
 * @param definition the definition's text; kept as long as the table, so that a resume runs what the start ran
 * @param startedAt millisecond precision
 * @param retention how long it is kept after its end
 * @param lease who runs it, and until when
 */
public record NewExecution(
        ExecutionIdentity identity,
        JsonNode input,
        String definitionHash,
        String definition,
        Instant startedAt,
        Period retention,
        Lease lease) {

    /** Which execution. */
    public ExecutionId id() {
        return new ExecutionId(identity.stateMachineName(), identity.executionName());
    }
}
