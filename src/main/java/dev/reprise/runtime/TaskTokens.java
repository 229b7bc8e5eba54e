package dev.reprise.runtime;

import dev.reprise.core.EffectId;
import dev.reprise.core.Provisions;
import dev.reprise.journal.ExecutionId;
import dev.reprise.journal.Head;
import org.jspecify.annotations.Nullable;

/** The task tokens of one execution. Immutable. */
final class TaskTokens {

    private final ExecutionId execution;
    private final @Nullable String secret;

    /** @param secret null for an execution that has no tokens */
    private TaskTokens(ExecutionId execution, @Nullable String secret) {
        this.execution = execution;
        this.secret = secret;
    }

    static TaskTokens of(Head head) {
        return new TaskTokens(head.id(), head.beginning().tokenSecret());
    }

    /** Of an execution without a journal: nobody could call it back. */
    static TaskTokens none(ExecutionId execution) {
        return new TaskTokens(execution, null);
    }

    /** Whether the execution has any. */
    boolean areThere() {
        return secret != null;
    }

    /** @throws dev.reprise.query.EvaluationException when the execution has no tokens */
    String of(EffectId task) {
        return secret == null ? Provisions.NONE.taskToken(task) : TaskToken.write(secret, execution, task);
    }
}
