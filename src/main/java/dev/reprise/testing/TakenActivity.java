package dev.reprise.testing;

import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskContext;

/**
 * A task of an activity that a worker has taken.
 *
 * @param key tells it from every other
 */
record TakenActivity(String token, String key, String executionArn, MadeCall call) {

    /** The call as a function of the test sees it. */
    TaskCall asTaskCall() {
        return new TaskCall(
                call.resource(),
                call.input(),
                new TaskContext(executionArn, call.scope(), call.state(), call.attempt(), key, null, token),
                null);
    }
}
