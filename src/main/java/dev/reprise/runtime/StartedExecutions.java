package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.task.Job;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Executions that tasks of another one start. What starts them lies beyond the loop that carries one execution, which
 * knows no more of it than this. Thread-safe; the methods block, and throw {@link
 * dev.reprise.journal.store.JournalException}s.
 */
public interface StartedExecutions {

    /** An execution that is to be started. Its names are the same whenever the same task asks for it. */
    interface Planned {

        /** Which. */
        String executionArn();

        /**
         * Starts it, or finds that the same task has started it before, and has it woken up.
         *
         * @return what StartExecution answers
         * @throws dev.reprise.task.TaskException when there is another one of that name
         */
        JsonNode start();
    }

    /**
     * Which execution a task asks for.
     *
     * @param parent the task's execution
     * @param startedAt when that one started
     * @param traceHeader of the trace that the task is part of, in X-Ray's form; null when it is part of none
     * @throws dev.reprise.task.TaskException when the task does not ask for one that can be started
     */
    Planned plan(
            ExecutionIdentity parent,
            Instant startedAt,
            Effect.RunTask task,
            Resource.StartExecution start,
            @Nullable String traceHeader);

    /**
     * Stops who does a task that nobody waits for any more. An execution that has ended, or that another task started,
     * stays as it is.
     *
     * @param parentArn the task's execution
     * @param startedAt when that one started
     * @param doer as the table knows it: an execution's ARN, or a {@link JobReference}
     */
    Uni<Void> stopDoer(String parentArn, Instant startedAt, EffectId task, String doer);

    /** Cancels a job. */
    Uni<Void> cancel(Job.Submission submission);

    /** Does all of it, a bounded part at a time. */
    Uni<Void> someAtOnce(List<Uni<Void>> work);
}
