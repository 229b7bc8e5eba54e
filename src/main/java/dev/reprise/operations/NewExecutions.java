package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.execution.RequestException;
import dev.reprise.journal.Journals;
import dev.reprise.journal.NewExecution;
import dev.reprise.journal.StartOutcome;

/** Puts new executions into the journal, and refuses inputs that none can have. Thread-safe. */
final class NewExecutions {

    private final Journals journals;
    private final InterpreterLimits limits;

    NewExecutions(ExecutionServices services) {
        this.journals = services.journals();
        this.limits = services.limits();
    }

    /** @throws RequestException {@code InvalidExecutionInput} when it is too large */
    void requireWithinLimit(JsonNode input) {
        if (!limits.allows(input)) {
            throw invalidInput("it is larger than " + limits.payloadBytes()
                    + " bytes of JSON. Put the data where tasks can read it, and start the execution with a reference"
                    + " to it");
        }
    }

    /** {@link Journals#start}. */
    StartOutcome start(NewExecution execution) {
        try {
            return journals.start(execution);
        } catch (IllegalArgumentException e) {
            throw invalidInput(String.valueOf(e.getMessage()));
        }
    }

    /** {@link Journals#submit}. */
    StartOutcome.OfSubmission submit(NewExecution execution) {
        try {
            return journals.submit(execution);
        } catch (IllegalArgumentException e) {
            throw invalidInput(String.valueOf(e.getMessage()));
        }
    }

    private static RequestException invalidInput(String problem) {
        return new RequestException(
                "InvalidExecutionInput", "Invalid State Machine Execution Input: '" + problem + "'");
    }
}
