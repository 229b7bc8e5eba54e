package dev.reprise.wakeup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.Arns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.sqs.SqsClient;

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

    private final String functionName;
    private final Supplier<LambdaClient> lambda;
    private final Optional<String> queueUrl;
    private final Supplier<SqsClient> sqs;
    private final Optional<Schedules> schedules;
    private final InstantSource clock;

    /**
     * Wake-ups of this function; a client is asked for when it is needed first.
     *
     * @param functionName this function's own
     * @param queueUrl the queue whose messages invoke this function; empty when there is none
     * @param schedules empty when the function may make none: the sweeper wakes up what waits for long
     */
    public AwsWakeUps(
            String functionName,
            Supplier<LambdaClient> lambda,
            Optional<String> queueUrl,
            Supplier<SqsClient> sqs,
            Optional<Schedules> schedules,
            InstantSource clock) {
        this.functionName = functionName;
        this.lambda = lambda;
        this.queueUrl = queueUrl;
        this.sqs = sqs;
        this.schedules = schedules;
        this.clock = clock;
    }

    @Override
    public boolean leavesLongWaitsToTheSweeper() {
        return schedules.isEmpty();
    }

    @Override
    public void schedule(String executionArn, Instant at) {
        try {
            arrange(executionArn, at);
        } catch (SdkException e) {
            LOG.warnf(
                    "%s is due at %s, and the sweeper has to wake it up: no wake-up could be asked for: %s",
                    executionArn, at, e.getMessage());
        }
    }

    private void arrange(String executionArn, Instant at) {
        Duration wait = Duration.between(clock.instant(), at);
        if (!wait.isPositive()) {
            invoke(executionArn);
        } else if (queueUrl.isPresent() && wait.compareTo(LONGEST_DELAY) <= 0) {
            send(queueUrl.get(), executionArn, wait);
        } else if (schedules.isPresent()) {
            String functionArn = Arns.function(executionArn, functionName);
            schedules
                    .get()
                    .create(
                            functionArn,
                            reminder(executionArn, at),
                            queueUrl.isPresent() ? at.minus(SCHEDULE_PRECISION) : at.plusMillis(999));
        } else {
            LOG.debugf("%s is due at %s; the sweeper wakes it up", executionArn, at);
        }
    }

    private void invoke(String executionArn) {
        String event = event(executionArn).toString();
        try {
            lambda.get()
                    .invoke(request -> request.functionName(functionName)
                            .invocationType(InvocationType.EVENT)
                            .payload(SdkBytes.fromUtf8String(event)));
        } catch (SdkException e) {
            if (queueUrl.isEmpty()) {
                throw e;
            }
            LOG.warnf("The function could not invoke itself, so the queue does: %s", e.getMessage());
            send(queueUrl.get(), executionArn, Duration.ZERO);
        }
    }

    private void send(String url, String executionArn, Duration delay) {
        // Rounded up: a message that comes early would find nothing to do.
        int seconds = (int) Math.ceilDiv(delay.toMillis(), 1_000L);
        String event = event(executionArn).toString();
        sqs.get()
                .sendMessage(request -> request.queueUrl(url).messageBody(event).delaySeconds(seconds));
    }

    private static String reminder(String executionArn, Instant at) {
        return event(executionArn).put("at", at.toString()).toString();
    }

    private static ObjectNode event(String executionArn) {
        return JsonNodeFactory.instance.objectNode().put("resume", executionArn);
    }
}
