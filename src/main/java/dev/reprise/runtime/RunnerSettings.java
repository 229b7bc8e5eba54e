package dev.reprise.runtime;

import java.time.Duration;

/**
 * How a runner behaves within one invocation.
 *
 * @param maxTasksInFlight tasks running at once for one execution, however large {@code MaxConcurrency} is; the rest
 *     queue. Default 256
 * @param waitInProcess a wait up to this length is waited for; a longer one suspends the execution. Default 5 s
 * @param admissionMargin so long before the deadline no new task is started. Default 2 s
 * @param inboxPoll how often to look for messages from other invocations while the execution runs. Default 2 s
 * @param suspendMargin so long before the deadline tasks that still run are cancelled, and the execution is suspended.
 *     Default 1 s
 * @param maxFruitlessResumes so many invocations in a row may end before anything was recorded; then the execution
 *     fails. Default 10
 */
public record RunnerSettings(
        int maxTasksInFlight,
        Duration waitInProcess,
        Duration inboxPoll,
        Duration admissionMargin,
        Duration suspendMargin,
        int maxFruitlessResumes) {

    /** 256 tasks, 5 s, 2 s, 2 s, 1 s, 10 resumes. */
    public static final RunnerSettings DEFAULT = new RunnerSettings(
            256, Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(1), 10);

    public RunnerSettings {
        if (maxTasksInFlight < 1 || maxFruitlessResumes < 1) {
            throw new IllegalArgumentException("Counts must be at least 1, were " + maxTasksInFlight + " tasks and "
                    + maxFruitlessResumes + " resumes");
        }
        if (waitInProcess.isNegative() || inboxPoll.isNegative() || suspendMargin.isNegative()) {
            throw new IllegalArgumentException("Durations must not be negative, were " + waitInProcess + ", "
                    + inboxPoll + " and " + suspendMargin);
        }
        if (admissionMargin.compareTo(suspendMargin) < 0) {
            throw new IllegalArgumentException("admissionMargin must be at least suspendMargin, were " + admissionMargin
                    + " and " + suspendMargin);
        }
    }
}
