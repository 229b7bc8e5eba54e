package dev.reprise.journal;

import java.time.Instant;
import java.time.Period;

/**
 * What is fixed when an execution starts. It is the journal's first entry: {@code Started} is never written again.
 *
 * @param semantics version of the interpreter's rules that it runs by
 * @param executionArn its ARN
 * @param roleArn as the context object shows it
 * @param definition SHA-256 of the definition it runs, in hexadecimal
 * @param input its input
 * @param startedAt millisecond precision
 * @param retention how long it is kept after its end
 */
public record Beginning(
        int semantics,
        String executionArn,
        String roleArn,
        String definition,
        Payload input,
        Instant startedAt,
        Period retention) {

    /** Its state machine's ARN, which its own follows from. */
    public String stateMachineArn() {
        return executionArn.substring(0, executionArn.lastIndexOf(':')).replaceFirst(":execution:", ":stateMachine:");
    }
}
