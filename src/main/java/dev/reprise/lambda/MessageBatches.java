package dev.reprise.lambda;

import dev.reprise.execution.RequestException;
import dev.reprise.operations.Invocation;
import dev.reprise.process.ExhaustedMemory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what the messages of a queue ask for, each by itself: one that fails, or asks for what cannot be, does
 * not keep those behind it from being carried out.
 *
 * <p>One that failed is to come again, and only that one: its id is among the {@link Failures}, which SQS heeds where
 * the event source mapping has {@code ReportBatchItemFailures}. When all failed, so does the invocation: then they come
 * again however the mapping is configured. One that is refused is not repeated, for that would be of no use; the log
 * tells of it. One that was to start an execution and did not is no such: it comes again, until its queue gives it up.
 *
 * <p>The messages of a group of a FIFO queue keep their order: behind one that is to come again, all others of its
 * group are.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">AWS, Handling errors for
 *     an SQS event source</a>
 */
final class MessageBatches {

    private static final Logger LOG = Logger.getLogger(MessageBatches.class);

    /**
     * With less time than this left, a message is left for another invocation: to begin would be of no use, and counts
     * as an attempt.
     */
    private static final Duration WORTH_BEGINNING = Duration.ofSeconds(5);

    private final BiConsumer<Request.Message, Invocation> carryingOut;
    private final InstantSource clock;

    /** @param carryingOut carries out one message */
    MessageBatches(BiConsumer<Request.Message, Invocation> carryingOut, InstantSource clock) {
        this.carryingOut = carryingOut;
        this.clock = clock;
    }

    /** The messages that are to come again. */
    record Failures(List<String> messageIds) {
        Failures {
            messageIds = List.copyOf(messageIds);
        }
    }

    /**
     * @throws RuntimeException when every message failed; it tells of the first, and the others are suppressed in it
     */
    Failures carryOut(List<Request.Message> messages, Invocation invocation) {
        List<String> failed = new ArrayList<>();
        Set<String> heldUp = new HashSet<>();
        RuntimeException first = null;
        for (int i = 0; i < messages.size(); i++) {
            Request.Message message = messages.get(i);
            boolean waits = message.group() != null && heldUp.contains(message.group());
            if (waits || (i > 0 && isAlmostOver(invocation))) {
                failed.add(message.id());
                holdUp(message, heldUp);
                continue;
            }
            RuntimeException failure = failure(message, invocation);
            if (failure != null) {
                failed.add(message.id());
                holdUp(message, heldUp);
                LOG.errorf(failure, "Message %s failed, and is to come again", message.id());
                first = first == null ? failure : suppressed(first, failure);
            }
        }
        if (first != null && failed.size() == messages.size()) {
            throw first;
        }
        return new Failures(failed);
    }

    private static void holdUp(Request.Message message, Set<String> heldUp) {
        if (message.group() != null) {
            heldUp.add(message.group());
        }
    }

    private boolean isAlmostOver(Invocation invocation) {
        return invocation.deadline() != null
                && clock.instant().plus(WORTH_BEGINNING).isAfter(invocation.deadline());
    }

    private @Nullable RuntimeException failure(Request.Message message, Invocation invocation) {
        try {
            carryingOut.accept(message, invocation);
            return null;
        } catch (RequestException e) {
            LOG.warnf("Message %s is refused, and not repeated: %s: %s", message.id(), e.error(), e.message());
            return null;
        } catch (RuntimeException e) {
            return e;
        } catch (Error e) {
            ExhaustedMemory.haltOn(e);
            return new FailedInvocationException(invocation.requestId(), e);
        }
    }

    private static RuntimeException suppressed(RuntimeException first, RuntimeException other) {
        if (first != other) {
            first.addSuppressed(other);
        }
        return first;
    }
}
