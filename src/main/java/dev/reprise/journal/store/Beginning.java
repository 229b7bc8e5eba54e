package dev.reprise.journal.store;

import java.time.Instant;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * What is fixed when an execution starts. It is the journal's first entry: {@code Started} is never written again.
 *
 * @param semantics version of the interpreter's rules that it runs by
 * @param executionArn its ARN
 * @param roleArn as the context object shows it
 * @param definition SHA-256 of the definition it runs, in hexadecimal
 * @param body where in the definition the body that it runs stands, as a JSON Pointer; empty for the whole definition
 * @param input its input
 * @param startedAt millisecond precision
 * @param retention how long it is kept after its end
 * @param tokenSecret what its task tokens are made with, in base64; null when it has none
 * @param caller the task of another execution that started it; null when none did
 * @param origin by what it was started
 */
public record Beginning(
        int semantics,
        String executionArn,
        String roleArn,
        String definition,
        String body,
        Payload input,
        Instant startedAt,
        Period retention,
        @Nullable String tokenSecret,
        @Nullable Caller caller,
        Origin origin) {

    /** Of an execution of which nobody asks what it was started by. */
    public Beginning(
            int semantics,
            String executionArn,
            String roleArn,
            String definition,
            String body,
            Payload input,
            Instant startedAt,
            Period retention,
            @Nullable String tokenSecret,
            @Nullable Caller caller) {
        this(
                semantics,
                executionArn,
                roleArn,
                definition,
                body,
                input,
                startedAt,
                retention,
                tokenSecret,
                caller,
                Origin.NONE);
    }

    /** Of an execution that has no task tokens and that no other one started. */
    public Beginning(
            int semantics,
            String executionArn,
            String roleArn,
            String definition,
            Payload input,
            Instant startedAt,
            Period retention) {
        this(semantics, executionArn, roleArn, definition, "", input, startedAt, retention, null, null);
    }

    Beginning with(Payload otherInput) {
        return new Beginning(
                semantics,
                executionArn,
                roleArn,
                definition,
                body,
                otherInput,
                startedAt,
                retention,
                tokenSecret,
                caller,
                origin);
    }

    /** Its state machine's ARN, which its own follows from. */
    public String stateMachineArn() {
        return executionArn.substring(0, executionArn.lastIndexOf(':')).replaceFirst(":execution:", ":stateMachine:");
    }
}
