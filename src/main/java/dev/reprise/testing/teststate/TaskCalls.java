package dev.reprise.testing.teststate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.StateTrial.Answer;
import dev.reprise.execution.Effect;
import dev.reprise.execution.StatesError;
import org.jspecify.annotations.Nullable;

/** Calls the tasks of states that are tested without a mock. */
@FunctionalInterface
public interface TaskCalls {

    /** Calls nothing: a task that is tested without a mock fails, and says why. */
    TaskCalls NONE = (task, revealSecrets) -> new Called(
            new Answer.Failed(new StatesError(
                    "States.Runtime", "Nothing runs '" + task.resource().uri() + "' here: give the test a mock.")),
            null);

    /**
     * Calls a task once, and waits for it.
     *
     * @param revealSecrets whether the request that is shown may hold secrets
     */
    Called call(Effect.RunTask task, boolean revealSecrets);

    /**
     * What came of a call.
     *
     * @param exchange of an HTTP task; null for another
     */
    record Called(Answer answer, @Nullable HttpExchange exchange) {}

    /**
     * What an HTTP task sent and got, in the API's own terms.
     *
     * @param request {@code protocol}, {@code method}, {@code url}, {@code headers}, {@code body}
     * @param response {@code protocol}, {@code statusCode}, {@code statusMessage}, {@code headers}, {@code body}
     */
    record HttpExchange(ObjectNode request, ObjectNode response) {}
}
