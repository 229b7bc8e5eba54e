package dev.reprise.runtime;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.Provisions;
import dev.reprise.journal.store.Head;
import org.jspecify.annotations.Nullable;

/** The task tokens of one execution. Immutable. */
public final class TaskTokens {

    private final ExecutionId execution;
    private final @Nullable String secret;

    /** @param secret null for an execution that has no tokens */
    private TaskTokens(ExecutionId execution, @Nullable String secret) {
        this.execution = execution;
        this.secret = secret;
    }

    public static TaskTokens of(Head head) {
        return new TaskTokens(head.id(), head.beginning().tokenSecret());
    }

    /** Of an execution without a journal: nobody could call it back. */
    public static TaskTokens none(ExecutionId execution) {
        return new TaskTokens(execution, null);
    }

    /** Whether the execution has any. */
    boolean areThere() {
        return secret != null;
    }

    /**
     * The token of a task, always the same.
     *
     * @throws dev.reprise.query.EvaluationException when the execution has no tokens
     */
    public String of(EffectId task) {
        return secret == null ? Provisions.NONE.taskToken(task) : TaskToken.write(secret, execution, task);
    }
}
