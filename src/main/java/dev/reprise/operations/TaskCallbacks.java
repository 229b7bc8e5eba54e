package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.execution.Entry;
import dev.reprise.execution.RequestException;
import dev.reprise.execution.StatesError;
import dev.reprise.journal.Inbox;
import dev.reprise.journal.Journals;
import dev.reprise.journal.WaitingTasks;
import dev.reprise.journal.store.Head;
import dev.reprise.runtime.TaskToken;
import dev.reprise.runtime.Time;
import dev.reprise.wakeup.WakeUps;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How those who do a task report to the execution that waits for it: the Step Functions API's operations on task tokens
 * and activities, with its names and errors. None of them waits for the execution to go on. Safe for use by many
 * threads; each call may block.
 *
 * <p>Each throws a {@link RequestException} of these errors: {@code InvalidToken} for a text that is no token of ours,
 * {@code TaskDoesNotExist} when there is no such execution (any more), {@code TaskTimedOut} when the task was answered,
 * timed out, or is not waited for any more. A {@link dev.reprise.journal.store.JournalException} says that the table is
 * out of reach: the same call may be repeated.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html">AWS,
 *     SendTaskSuccess</a>
 */
public final class TaskCallbacks {

    /** Far more than the name of any task takes. */
    private static final int LONGEST_TOKEN = 64 * 1024;

    private final Journals journals;
    private final WaitingTasks waiting;
    private final IdleExecutions idle;
    private final InstantSource clock;

    /** All of them shared with other parts. */
    public TaskCallbacks(Journals journals, WakeUps wakeUps, InstantSource clock) {
        this.journals = journals;
        this.waiting = journals.waitingTasks();
        this.idle = new IdleExecutions(wakeUps, clock);
        this.clock = clock;
    }

    /** Ends a task with its result. */
    public void sendTaskSuccess(String taskToken, JsonNode output) {
        TaskToken token = parse(taskToken);
        answer(token, new Entry.TaskSucceeded(token.task(), Time.millisOf(clock), output));
    }

    /**
     * Ends a task with an error.
     *
     * @param error null when there is none
     * @param cause null when there is none
     */
    public void sendTaskFailure(String taskToken, @Nullable String error, @Nullable String cause) {
        TaskToken token = parse(taskToken);
        answer(token, new Entry.TaskFailed(token.task(), Time.millisOf(clock), new StatesError(error, cause)));
    }

    /** Tells that somebody is still at a task: its {@code HeartbeatSeconds} count anew. */
    public void sendTaskHeartbeat(String taskToken) {
        TaskToken token = parse(taskToken);
        Head head = waitingHead(token);
        if (!waiting.heartbeat(head.id(), token.task(), Time.millisOf(clock))) {
            throw timedOut();
        }
    }

    private void answer(TaskToken token, Entry.OfEffect result) {
        Head head = waitingHead(token);
        Inbox.Delivery delivery = answer(head, result);
        if (delivery == null
                || delivery instanceof Inbox.Delivery.Closed
                || delivery instanceof Inbox.Delivery.Unknown) {
            throw timedOut();
        }
        idle.wake(head, delivery);
    }

    private Inbox.@Nullable Delivery answer(Head head, Entry.OfEffect result) {
        try {
            return waiting.answer(head, result);
        } catch (IllegalArgumentException e) {
            throw new RequestException("InvalidOutput", "Invalid Output: '" + e.getMessage() + "'");
        }
    }

    private static TaskToken parse(String taskToken) {
        TaskToken token = taskToken.length() > LONGEST_TOKEN ? null : TaskToken.read(taskToken);
        if (token == null) {
            throw invalid();
        }
        return token;
    }

    /** The head of the execution that a token belongs to, while it runs. */
    private Head waitingHead(TaskToken token) {
        Head head = journals.head(token.execution());
        if (head == null) {
            throw new RequestException(
                    "TaskDoesNotExist",
                    "Task Does Not Exist: 'There is no execution " + token.execution() + ", or its retention is over'");
        }
        String secret = head.beginning().tokenSecret();
        if (secret == null || !token.isGenuine(secret)) {
            throw invalid();
        }
        if (head.ending() != null) {
            throw timedOut();
        }
        return head;
    }

    private static RequestException invalid() {
        return new RequestException("InvalidToken", "Invalid Token: 'Invalid token'");
    }

    private static RequestException timedOut() {
        return new RequestException("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
    }

    /**
     * What an activity's worker is to do.
     *
     * @param taskToken to be sent back with the result
     * @param input the task's input
     */
    public record ActivityTask(String taskToken, JsonNode input) {}

    /**
     * Gives a worker the task of an activity that has waited longest. It does not wait for one to come.
     *
     * @param activityArn {@code arn:aws:states:REGION:ACCOUNT:activity:NAME}; the name counts
     * @param workerName as the history shows it; null when the worker has none
     * @return null when no task waits
     */
    public @Nullable ActivityTask getActivityTask(String activityArn, @Nullable String workerName) {
        if (!(Resource.parse(activityArn) instanceof Resource.Activity activity)) {
            throw new RequestException(
                    "InvalidArn",
                    "Invalid Arn: 'Not the ARN of an activity: " + activityArn
                            + ". It looks like arn:aws:states:us-east-1:123456789012:activity:pack'");
        }
        WaitingTasks.TakenTask taken = waiting.take(activity.name(), workerName, Time.millisOf(clock));
        if (taken == null) {
            return null;
        }
        idle.wake(taken.head(), taken.delivery());
        String secret = Objects.requireNonNull(taken.head().beginning().tokenSecret());
        return new ActivityTask(TaskToken.write(secret, taken.head().id(), taken.task()), taken.input());
    }
}
