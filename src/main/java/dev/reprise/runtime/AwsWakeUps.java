package dev.reprise.runtime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * On AWS: the function invokes itself to go on at once, and sends itself a message that SQS delays to go on later. Both carry {@code {"resume": "<execution ARN>"}}.
 *
 * <p>SQS delays by 15 minutes at most. A longer wait is refused, when the workflow is loaded or when it comes to it.
 */
public final class AwsWakeUps implements WakeUps {

    private static final Logger LOG = Logger.getLogger(AwsWakeUps.class);

    /** The most that SQS takes as {@code DelaySeconds}. */
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

    private final String functionName;
    private final Supplier<LambdaClient> lambda;
    private final Optional<String> queueUrl;
    private final Supplier<SqsClient> sqs;
    private final InstantSource clock;

    /**
     * Wake-ups of this function; a client is asked for when it is needed first.
     *
     * @param functionName this function's own
     * @param queueUrl the queue whose messages invoke this function; empty when there is none: then nothing can be delayed
     */
    public AwsWakeUps(
            String functionName,
            Supplier<LambdaClient> lambda,
            Optional<String> queueUrl,
            Supplier<SqsClient> sqs,
            InstantSource clock) {
        this.functionName = functionName;
        this.lambda = lambda;
        this.queueUrl = queueUrl;
        this.sqs = sqs;
        this.clock = clock;
    }

    @Override
    public void schedule(String executionArn, Instant at) {
        String event = JsonNodeFactory.instance
                .objectNode()
                .put("resume", executionArn)
                .toString();
        // Rounded up: a message that comes early would only be sent again.
        long seconds =
                Math.max(Math.ceilDiv(Duration.between(clock.instant(), at).toMillis(), 1_000L), 0);
        if (seconds == 0) {
            invoke(event);
        } else {
            send(event, seconds);
        }
    }

    private void invoke(String event) {
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
            send(event, 0);
        }
    }

    private void send(String event, long delaySeconds) {
        String url = queueUrl.orElseThrow(() -> new IllegalStateException(limit()));
        // Never beyond what SQS takes: who is woken up early looks at the table, and asks again.
        int delay = (int) Math.min(delaySeconds, LONGEST_DELAY.toSeconds());
        sqs.get()
                .sendMessage(request -> request.queueUrl(url).messageBody(event).delaySeconds(delay));
    }

    @Override
    public @Nullable Duration longestWait() {
        return queueUrl.isPresent() ? LONGEST_DELAY : Duration.ZERO;
    }

    @Override
    public String limit() {
        return queueUrl.isPresent()
                ? "this release wakes an execution up after 15 minutes at most, which is the longest delay of an SQS message"
                : "without a queue for wake-ups nothing can wait; set reprise.wake-up-queue-url";
    }
}
