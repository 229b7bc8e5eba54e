package dev.reprise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.journal.store.Caller;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Origin;
import java.time.Instant;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * An execution to be started.
 *
 * @param identity its names
 * @param input its input
 * @param definitionHash SHA-256 of {@code definition}, in hexadecimal
 * @param definition the definition's text; kept as long as the table, so that a resume runs what the start ran
 * @param startedAt millisecond precision
 * @param retention how long it is kept after its end
 * @param answeredFromOutside whether it has tasks whose results come from outside, and so needs task tokens
 * @param caller the task of another execution that starts it; null when none does
 * @param lease who runs it, and until when; null when it is to be woken up first
 * @param origin by what it is started
 */
public record NewExecution(
        ExecutionIdentity identity,
        JsonNode input,
        String definitionHash,
        String definition,
        Instant startedAt,
        Period retention,
        boolean answeredFromOutside,
        @Nullable Caller caller,
        @Nullable Lease lease,
        Origin origin) {

    /** One of which nobody asks what it was started by. */
    public NewExecution(
            ExecutionIdentity identity,
            JsonNode input,
            String definitionHash,
            String definition,
            Instant startedAt,
            Period retention,
            boolean answeredFromOutside,
            @Nullable Caller caller,
            @Nullable Lease lease) {
        this(
                identity,
                input,
                definitionHash,
                definition,
                startedAt,
                retention,
                answeredFromOutside,
                caller,
                lease,
                Origin.NONE);
    }

    /** One that has no task tokens, that no other one starts, and that runs at once. */
    public NewExecution(
            ExecutionIdentity identity,
            JsonNode input,
            String definitionHash,
            String definition,
            Instant startedAt,
            Period retention,
            Lease lease) {
        this(identity, input, definitionHash, definition, startedAt, retention, false, null, lease);
    }

    /** Which execution. */
    public ExecutionId id() {
        return new ExecutionId(identity.stateMachineName(), identity.executionName());
    }
}
