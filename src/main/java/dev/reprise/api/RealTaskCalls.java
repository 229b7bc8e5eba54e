package dev.reprise.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.StateTrial.Answer;
import dev.reprise.execution.Effect;
import dev.reprise.execution.StatesError;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskContext;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunners;
import dev.reprise.testing.teststate.TaskCalls;
import io.smallrye.mutiny.TimeoutException;
import java.time.Duration;
import java.util.UUID;

/** Calls the tasks of states that are tested without a mock: what the function's own executions would call. */
public final class RealTaskCalls implements TaskCalls {

    /** As long as AWS lets a tested state take. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Each call is one of an execution of its own, of a machine that there is not. */
    private static final String EXECUTION = "arn:aws:states:us-east-1:000000000000:execution:TestState:";

    private final TaskRunners runners;

    public RealTaskCalls(TaskRunners runners) {
        this.runners = runners;
    }

    @Override
    public Called call(Effect.RunTask task, boolean revealSecrets) {
        return new Called(answer(task), null);
    }

    private Answer answer(Effect.RunTask task) {
        String execution = UUID.randomUUID().toString();
        TaskContext context = new TaskContext(
                EXECUTION + execution,
                task.id().scope().toString(),
                task.state(),
                task.attempt(),
                execution,
                null,
                null);
        try {
            JsonNode output = runners.find(task.resource())
                    .run(new TaskCall(task.resource().uri(), task.input(), context, task.credentials()))
                    .await()
                    .atMost(LONGEST);
            return new Answer.Succeeded(output);
        } catch (TaskException e) {
            return new Answer.Failed(e.error());
        } catch (TimeoutException e) {
            return new Answer.Failed(new StatesError(
                    "States.Timeout", "The task took longer than the " + LONGEST.toMinutes() + " minutes of a test"));
        } catch (RuntimeException e) {
            return new Answer.Failed(new StatesError("States.TaskFailed", String.valueOf(e.getMessage())));
        }
    }
}
