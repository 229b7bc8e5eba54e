package dev.reprise.execution;

import dev.reprise.asl.Resource;

/**
 * When a task is over, and so who gives its result: AWS's service integration patterns, and activities.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html">AWS, Service integration
 *     patterns</a>
 */
public enum TaskPattern {
    /** When the request is answered; the answer is the result. */
    REQUEST_RESPONSE,
    /** {@code .sync}: when the job that the request started is done. */
    RUN_A_JOB,
    /** {@code .waitForTaskToken}: when somebody sends the task's token back. */
    WAIT_FOR_TASK_TOKEN,
    /** When a worker has polled the task and sends its token back. */
    ACTIVITY;

    /** Whether the request only begins the task, and its result comes from outside later. */
    public boolean isAnsweredFromOutside() {
        return this != REQUEST_RESPONSE;
    }

    /** The pattern of a Task's {@code Resource}. */
    public static TaskPattern of(Resource resource) {
        return resource instanceof Resource.Activity
                ? ACTIVITY
                : switch (resource.pattern()) {
                    case REQUEST_RESPONSE -> REQUEST_RESPONSE;
                    case SYNC, SYNC_2 -> RUN_A_JOB;
                    case WAIT_FOR_TASK_TOKEN -> WAIT_FOR_TASK_TOKEN;
                };
    }
}
