package dev.reprise.task.aws;

import dev.reprise.execution.StatesError;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskThreads;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.LambdaClientBuilder;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/** Runs Lambda functions, each request on a worker thread, through one client for each region. Thread-safe. */
public final class LambdaClients implements AutoCloseable {

    /** Stands for the region that this function runs in. */
    private static final String HERE = "";

    /** As long as a function may run, and a little for the way. */
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(15).plusSeconds(10);

    private final TaskThreads threads;
    private final Consumer<LambdaClientBuilder> settings;
    private final Function<String, @Nullable String> refusal;
    private final Map<String, LambdaClient> clients = new ConcurrentHashMap<>();

    public LambdaClients(TaskThreads threads) {
        this(threads, builder -> {});
    }

    /** @param settings what is special about the clients, such as where Lambda is */
    public LambdaClients(TaskThreads threads, Consumer<LambdaClientBuilder> settings) {
        this(threads, settings, function -> null);
    }

    /**
     * Clients that do not call every function.
     *
     * @param settings what is special about the clients, such as where Lambda is
     * @param refusal why a function is not called, given its name as the request has it, and what to do; null for one
     *     that is. A function that is refused is refused before anything is asked for, credentials included
     */
    public LambdaClients(
            TaskThreads threads, Consumer<LambdaClientBuilder> settings, Function<String, @Nullable String> refusal) {
        this.threads = threads;
        this.settings = settings;
        this.refusal = refusal;
    }

    private LambdaClient newClient(String region) {
        LambdaClientBuilder builder = LambdaClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(LONGEST_ANSWER))
                // What is to be tried again, and how often, is for the state's Retry to say.
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()));
        if (!region.equals(HERE)) {
            builder.region(Region.of(region));
        }
        settings.accept(builder);
        return builder.build();
    }

    /** The function's answer, or a {@link TaskException} with AWS's error name. */
    Uni<LambdaAnswer> invoke(LambdaInvocation invocation) {
        String refused = refusal.apply(invocation.function());
        if (refused != null) {
            // No Retry tries it again, and no Catch takes it for a failure of the function.
            return Uni.createFrom().failure(() -> new TaskException(new StatesError("States.Runtime", refused), null));
        }
        return threads.run(() -> {
            try {
                String region = invocation.region() == null ? HERE : invocation.region();
                LambdaClient client = clients.computeIfAbsent(region, this::newClient);
                return LambdaAnswer.of(client.invoke(invocation.request()));
            } catch (LambdaException e) {
                throw new TaskException(ofService(e), e);
            } catch (ApiCallTimeoutException e) {
                throw new TaskException(new StatesError("Lambda.ClientExecutionTimeoutException", e.getMessage()), e);
            } catch (SdkClientException e) {
                throw new TaskException(
                        new StatesError(
                                "Lambda.SdkClientException",
                                "Cannot ask Lambda to run '" + invocation.function() + "': " + e.getMessage()),
                        e);
            }
        });
    }

    /** An error that the API documents keeps its name; any other is an {@code AWSLambdaException}. */
    private static StatesError ofService(LambdaException e) {
        boolean documented = e.getClass() != LambdaException.class;
        String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
        String message = e.awsErrorDetails() == null
                ? e.getMessage()
                : e.awsErrorDetails().errorMessage();
        return new StatesError(
                "Lambda." + (documented ? code : "AWSLambdaException"),
                message + " (Service: AWSLambda; Status Code: " + e.statusCode() + "; Error Code: " + code
                        + "; Request ID: " + e.requestId() + "; Proxy: null)");
    }

    @Override
    public void close() {
        clients.values().forEach(LambdaClient::close);
    }
}
