package dev.reprise.task.aws;

import dev.reprise.execution.StatesError;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskThreads;
import dev.reprise.task.aws.client.AssumedRoles;
import dev.reprise.task.aws.client.UnreachableServiceException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.LambdaClientBuilder;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/** Runs Lambda functions, each request on a worker thread, through one client for each region. Thread-safe. */
public final class LambdaClients implements AutoCloseable {

    /** Stands for the region that this function runs in. */
    private static final String HERE = "";

    /** As long as a function may run, and a little for the way. */
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(15).plusSeconds(10);

    private final TaskThreads threads;
    private final StateCredentials credentials;
    private final Consumer<LambdaClientBuilder> settings;
    private final Function<String, @Nullable String> refusal;
    private final Map<String, LambdaClient> clients = new ConcurrentHashMap<>();

    /**
     * Clients that call every function.
     *
     * @param roles that states with {@code Credentials} ask in
     * @param settings what is special about the clients, such as where Lambda is
     */
    public LambdaClients(TaskThreads threads, AssumedRoles roles, Consumer<LambdaClientBuilder> settings) {
        this(threads, roles, settings, function -> null);
    }

    /**
     * Clients that do not call every function.
     *
     * @param roles that states with {@code Credentials} ask in
     * @param settings what is special about the clients, such as where Lambda is
     * @param refusal why a function is not called, given its name as the request has it, and what to do; null for one
     *     that is. A function that is refused is refused before anything is asked for, credentials included
     */
    public LambdaClients(
            TaskThreads threads,
            AssumedRoles roles,
            Consumer<LambdaClientBuilder> settings,
            Function<String, @Nullable String> refusal) {
        this.threads = threads;
        this.credentials = new StateCredentials(roles);
        this.settings = settings;
        this.refusal = refusal;
    }

    private LambdaClient newClient(String region) {
        LambdaClientBuilder builder = LambdaClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(LONGEST_ANSWER))
                // What is to be tried again, and how often, is for the state's Retry to say.
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()));
        settings.accept(builder);
        if (!region.equals(HERE)) {
            builder.region(Region.of(region));
        }
        return builder.build();
    }

    /** The function's answer to what a task asks, or a {@link TaskException} with AWS's error name. */
    Uni<LambdaAnswer> invoke(LambdaInvocation invocation, TaskCall call) {
        String refused = refusal.apply(invocation.function());
        if (refused != null) {
            // No Retry tries it again, and no Catch takes it for a failure of the function.
            return Uni.createFrom().failure(() -> new TaskException(new StatesError("States.Runtime", refused), null));
        }
        return threads.run(() -> {
            try {
                String region = invocation.region() == null ? HERE : invocation.region();
                LambdaClient client = clients.computeIfAbsent(region, this::newClient);
                return LambdaAnswer.of(client.invoke(request(invocation, call)));
            } catch (LambdaException e) {
                throw new TaskException(ofService(e), e);
            } catch (ApiCallTimeoutException e) {
                throw new TaskException(new StatesError("Lambda.ClientExecutionTimeoutException", e.getMessage()), e);
            } catch (SdkClientException | UnreachableServiceException e) {
                throw new TaskException(
                        new StatesError(
                                "Lambda.SdkClientException",
                                "Cannot ask Lambda to run '" + invocation.function() + "': " + e.getMessage()),
                        e);
            }
        });
    }

    private InvokeRequest request(LambdaInvocation invocation, TaskCall call) {
        AwsCredentials identity =
                credentials.identity(call.credentials(), call.context().executionArn());
        return identity == null
                ? invocation.request()
                : invocation.request().toBuilder()
                        .overrideConfiguration(
                                override -> override.credentialsProvider(StaticCredentialsProvider.create(identity)))
                        .build();
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
