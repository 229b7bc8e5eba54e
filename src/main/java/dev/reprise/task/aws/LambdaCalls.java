package dev.reprise.task.aws;

import dev.reprise.asl.Resource;
import dev.reprise.execution.ErrorNames;
import dev.reprise.execution.StatesError;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskThreads;
import dev.reprise.task.aws.client.AssumedRoles;
import dev.reprise.task.aws.client.AwsCall;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.ServiceRefusedException;
import dev.reprise.task.aws.client.UnreachableServiceException;
import dev.reprise.task.aws.protocol.InvalidRequestException;
import dev.reprise.task.aws.protocol.WireAnswer;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs Lambda functions for tasks, each request on a worker thread. Thread-safe. */
public final class LambdaCalls {

    private static final ServiceErrors ERRORS = new LegacyErrors("Lambda", "AWSLambda");

    private final TaskThreads threads;
    private final AwsClient client;
    private final StateCredentials credentials;
    private final Function<String, @Nullable String> refusal;

    /**
     * Calls of every function.
     *
     * @param roles that states with {@code Credentials} ask in
     */
    public LambdaCalls(TaskThreads threads, AwsClient client, AssumedRoles roles) {
        this(threads, client, roles, function -> null);
    }

    /**
     * Calls of some functions.
     *
     * @param roles that states with {@code Credentials} ask in
     * @param refusal why a function is not called, given its name as the request has it, and what to do; null for one
     *     that is. A function that is refused is refused before anything is asked for, credentials included
     */
    public LambdaCalls(
            TaskThreads threads, AwsClient client, AssumedRoles roles, Function<String, @Nullable String> refusal) {
        this.threads = threads;
        this.client = client;
        this.credentials = new StateCredentials(roles);
        this.refusal = refusal;
    }

    /** The function's answer to what a task asks, or a {@link TaskException} with AWS's error name. */
    Uni<LambdaAnswer> invoke(LambdaInvocation invocation, TaskCall call) {
        String refused = refusal.apply(invocation.function());
        if (refused != null) {
            // No Retry tries it again, and no Catch takes it for a failure of the function.
            return Uni.createFrom().failure(() -> new TaskException(new StatesError("States.Runtime", refused), null));
        }
        return threads.run(() -> LambdaAnswer.of(answer(invocation, call)));
    }

    private WireAnswer answer(LambdaInvocation invocation, TaskCall call) {
        try {
            return client.exchange(AwsCall.of("lambda", "invoke", invocation.request())
                    .in(invocation.region())
                    .as(credentials.identity(call.credentials(), call.context().executionArn()))
                    .until(call.context().deadline())
                    // What is to be tried again, and how often, is for the state's Retry to say.
                    .inOneAttempt());
        } catch (ServiceRefusedException e) {
            throw new TaskException(ERRORS.of(e), e);
        } catch (UnreachableServiceException e) {
            throw new TaskException(unanswered(invocation, call, e), e);
        } catch (InvalidRequestException e) {
            throw new TaskException("States.Runtime", e.getMessage());
        }
    }

    private static StatesError unanswered(
            LambdaInvocation invocation, TaskCall call, UnreachableServiceException unreachable) {
        if (unreachable.isTooLarge()) {
            // As a result is refused that is too large for a state, but could be read.
            return ErrorNames.resultTooLarge(Resource.parse(call.resource()).spokenName());
        }
        return new StatesError(
                "Lambda.SdkClientException",
                "Cannot ask Lambda to run '" + invocation.function() + "': " + unreachable.getMessage());
    }
}
