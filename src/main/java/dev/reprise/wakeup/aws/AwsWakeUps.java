package dev.reprise.wakeup.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.Arns;
import dev.reprise.task.aws.client.AwsCall;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.ServiceRefusedException;
import dev.reprise.task.aws.client.UnreachableServiceException;
import dev.reprise.task.aws.protocol.InvalidRequestException;
import dev.reprise.wakeup.WakeUps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * On AWS: the function invokes itself to go on at once, and sends itself a message that SQS delays to go on within 15
 * minutes. For what is further away it makes a schedule, where it may. Each carries {@code {"resume": "<execution
 * ARN>"}}.
 *
 * <p>A schedule is exact to a minute only. So it comes a minute early and carries the time too: whoever it wakes asks
 * again, for the message that SQS delivers to the second.
 */
public final class AwsWakeUps implements WakeUps {

    private static final Logger LOG = Logger.getLogger(AwsWakeUps.class);

    /** The most that SQS takes as {@code DelaySeconds}. */
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

    /** A schedule's time is the earliest moment; it may come so much later. */
    private static final Duration SCHEDULE_PRECISION = Duration.ofMinutes(1);

    /**
     * For one wake-up, all attempts together: whoever asks has an answer to give that waits for this one. The services
     * take hundredths of a second, and where requests get lost more patience would help as little. The sweeper keeps
     * more than this before its invocation ends.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** So much is left for the invocation's answer, which goes to the same machine. */
    private static final Duration ANSWER = Duration.ofMillis(50);

    private final String functionName;
    private final Supplier<AwsClient> client;
    private final Optional<String> queueUrl;
    private final Optional<Schedules> schedules;
    private final InstantSource clock;
    private final @Nullable Instant end;

    /**
     * Wake-ups of this function.
     *
     * @param functionName this function's own
     * @param client asked for when it is needed first
     * @param queueUrl the queue whose messages invoke this function; empty when there is none
     * @param schedules empty when the function may make none: the sweeper wakes up what waits for long
     */
    public AwsWakeUps(
            String functionName,
            Supplier<AwsClient> client,
            Optional<String> queueUrl,
            Optional<Schedules> schedules,
            InstantSource clock) {
        this(functionName, client, queueUrl, schedules, clock, null);
    }

    private AwsWakeUps(
            String functionName,
            Supplier<AwsClient> client,
            Optional<String> queueUrl,
            Optional<Schedules> schedules,
            InstantSource clock,
            @Nullable Instant end) {
        this.functionName = functionName;
        this.client = client;
        this.queueUrl = queueUrl;
        this.schedules = schedules;
        this.clock = clock;
        this.end = end;
    }

    @Override
    public WakeUps within(@Nullable Instant invocation) {
        return new AwsWakeUps(functionName, client, queueUrl, schedules, clock, invocation);
    }

    @Override
    public boolean leavesLongWaitsToTheSweeper() {
        return schedules.isEmpty();
    }

    @Override
    public void schedule(String executionArn, Instant at) {
        try {
            arrange(executionArn, at, clock.instant());
        } catch (ServiceRefusedException | UnreachableServiceException | InvalidRequestException e) {
            LOG.warnf("%s: no wake-up could be asked for: %s", left(executionArn, at), e.getMessage());
        } catch (RuntimeException e) {
            // The wait stands in the table by now: this is no failure of whoever asks, whatever it is.
            LOG.warnf(e, "%s: no wake-up could be asked for", left(executionArn, at));
        }
    }

    private static String left(String executionArn, Instant at) {
        return executionArn + " is due at " + at + ", and the sweeper has to wake it up";
    }

    private void arrange(String executionArn, Instant at, Instant now) {
        Instant latest = latest(now);
        Duration wait = Duration.between(now, at);
        if (!latest.isAfter(now)) {
            LOG.warnf("%s: this invocation ends at %s, before one could be asked for", left(executionArn, at), end);
        } else if (!wait.isPositive()) {
            invoke(executionArn, now, latest);
        } else if (queueUrl.isPresent() && wait.compareTo(LONGEST_DELAY) <= 0) {
            send(queueUrl.get(), executionArn, wait, latest);
        } else if (schedules.isPresent()) {
            String functionArn = Arns.function(executionArn, functionName);
            schedules
                    .get()
                    .create(
                            functionArn,
                            reminder(executionArn, at),
                            queueUrl.isPresent() ? at.minus(SCHEDULE_PRECISION) : at.plusMillis(999),
                            latest);
        } else {
            LOG.debugf("%s is due at %s; the sweeper wakes it up", executionArn, at);
        }
    }

    private Instant latest(Instant now) {
        Instant latest = now.plus(PATIENCE);
        Instant answered = end == null ? latest : end.minus(ANSWER);
        return answered.isBefore(latest) ? answered : latest;
    }

    /** Where there is a queue, half of the time is left for it. */
    private void invoke(String executionArn, Instant now, Instant latest) {
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("FunctionName", functionName)
                .put("InvocationType", "Event")
                .put("Payload", event(executionArn).toString());
        Instant half = now.plus(Duration.between(now, latest).dividedBy(2));
        try {
            call("lambda", "invoke", request, queueUrl.isPresent() ? half : latest);
        } catch (ServiceRefusedException | UnreachableServiceException e) {
            if (queueUrl.isEmpty()) {
                throw e;
            }
            LOG.warnf("The function could not invoke itself, so the queue does: %s", e.getMessage());
            send(queueUrl.get(), executionArn, Duration.ZERO, latest);
        }
    }

    private void send(String url, String executionArn, Duration delay, Instant latest) {
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("QueueUrl", url)
                .put("MessageBody", event(executionArn).toString())
                // Rounded up: a message that comes early would find nothing to do.
                .put("DelaySeconds", (int) Math.ceilDiv(delay.toMillis(), 1_000L));
        call("sqs", "sendMessage", request, latest);
    }

    private void call(String service, String action, ObjectNode request, Instant latest) {
        client.get().call(AwsCall.of(service, action, request).until(latest));
    }

    private static String reminder(String executionArn, Instant at) {
        return event(executionArn).put("at", at.toString()).toString();
    }

    private static ObjectNode event(String executionArn) {
        return JsonNodeFactory.instance.objectNode().put("resume", executionArn);
    }
}
