package dev.reprise.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.StatesError;
import org.jspecify.annotations.Nullable;

/**
 * A task that somebody else ends: whoever has its token, or an activity's worker. Its run goes on as far as it can at
 * this moment.
 */
public final class Callback {

    private final WorkflowRun run;
    private final String token;
    private final @Nullable JsonNode input;

    Callback(WorkflowRun run, String token, @Nullable JsonNode input) {
        this.run = run;
        this.token = token;
        this.input = input;
    }

    /** The task's token. */
    public String token() {
        return token;
    }

    /** What an activity's worker is given; null for a task of another kind, whose {@link MadeCall} has it. */
    public @Nullable JsonNode input() {
        return input;
    }

    /**
     * Ends the task with a result, as JSON text.
     *
     * @throws dev.reprise.execution.RequestException {@code TaskTimedOut} when nobody waits for it any more
     */
    public WorkflowRun succeeds(String json) {
        return succeeds(TestJson.read(json));
    }

    /** Ends the task with a result. */
    public WorkflowRun succeeds(JsonNode output) {
        run.succeed(token, output);
        return run;
    }

    /** Ends the task with an error. */
    public WorkflowRun fails(@Nullable String error, @Nullable String cause) {
        run.fail(token, new StatesError(error, cause));
        return run;
    }

    /** Tells that somebody is still at it. */
    public WorkflowRun heartbeat() {
        run.heartbeat(token);
        return run;
    }
}
