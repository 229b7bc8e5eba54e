package dev.reprise.task.aws.client;

import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * What the AWS SDKs' standard mode tries again: three attempts, apart by growing random times, and fewer when a service
 * fails for long. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">AWS, Retry behavior</a>
 */
final class Retries {

    private static final Set<String> THROTTLED = Set.of(
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestThrottledException",
            "RequestThrottled",
            "TooManyRequestsException",
            "ProvisionedThroughputExceededException",
            "TransactionInProgressException",
            "RequestLimitExceeded",
            "BandwidthLimitExceeded",
            "LimitExceededException",
            "SlowDown",
            "PriorRequestNotComplete",
            "EC2ThrottledException");

    private static final Set<String> PASSING =
            Set.of("RequestTimeout", "RequestTimeoutException", "InternalError", "IDPCommunicationError");

    private static final Set<Integer> PASSING_STATUS = Set.of(500, 502, 503, 504);

    private static final int TOO_MANY_REQUESTS = 429;

    private final RetryStrategy strategy;
    private final Sleeper sleeper;

    /** Lets time pass. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    Retries(Sleeper sleeper) {
        this.sleeper = sleeper;
        this.strategy = DefaultRetryStrategy.standardStrategyBuilder()
                .retryOnException(Retries::mayPass)
                .treatAsThrottling(Retries::isThrottled)
                .build();
    }

    static boolean mayPass(Throwable failure) {
        return switch (failure) {
            case UnreachableServiceException unreachable -> unreachable.tryAgain();
            case ServiceRefusedException refused ->
                isThrottled(refused)
                        || PASSING_STATUS.contains(refused.status())
                        || (refused.error().code() != null
                                && PASSING.contains(refused.error().code()));
            default -> false;
        };
    }

    private static boolean isThrottled(Throwable failure) {
        return failure instanceof ServiceRefusedException refused
                && (refused.status() == TOO_MANY_REQUESTS
                        || (refused.error().code() != null
                                && THROTTLED.contains(refused.error().code())));
    }

    /**
     * Asks until there is an answer, or asking again is no use.
     *
     * @param service whose failures count together
     * @param timeLeft no attempt begins later than this from now; null for no bound
     * @param attempt one attempt
     */
    <T> T run(String service, Supplier<@Nullable Duration> timeLeft, Supplier<T> attempt) throws InterruptedException {
        RetryToken token = strategy.acquireInitialToken(AcquireInitialTokenRequest.create(service))
                .token();
        while (true) {
            try {
                T answer = attempt.get();
                strategy.recordSuccess(RecordSuccessRequest.create(token));
                return answer;
            } catch (ServiceRefusedException | UnreachableServiceException failure) {
                RefreshRetryTokenResponse next = next(token, failure);
                Duration left = timeLeft.get();
                if (next == null || (left != null && next.delay().compareTo(left) >= 0)) {
                    throw failure;
                }
                token = next.token();
                sleeper.sleep(next.delay());
            }
        }
    }

    /** Null when asking again is no use. */
    private @Nullable RefreshRetryTokenResponse next(RetryToken token, RuntimeException failure) {
        try {
            return strategy.refreshRetryToken(RefreshRetryTokenRequest.builder()
                    .token(token)
                    .failure(failure)
                    .suggestedDelay(Duration.ZERO)
                    .build());
        } catch (TokenAcquisitionFailedException e) {
            return null;
        }
    }
}
