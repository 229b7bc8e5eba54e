package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.task.Job;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskThreads;
import dev.reprise.task.aws.client.AssumedRoles;
import dev.reprise.task.aws.client.AwsAnswer;
import dev.reprise.task.aws.client.AwsCall;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.ServiceRefusedException;
import dev.reprise.task.aws.client.UnreachableServiceException;
import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.model.ServiceModel;
import dev.reprise.task.aws.protocol.InvalidRequestException;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** Calls services for tasks, each call on a worker thread. Thread-safe. */
public final class ServiceCalls {

    private final TaskThreads threads;
    private final AwsClient client;
    private final StateCredentials credentials;

    /** @param roles that states with {@code Credentials} are done in */
    public ServiceCalls(TaskThreads threads, AwsClient client, AssumedRoles roles) {
        this.threads = threads;
        this.client = client;
        this.credentials = new StateCredentials(roles);
    }

    /** What the service answers to a task's input, or a {@link TaskException}. */
    Uni<AwsAnswer> call(ServiceModel service, Operation operation, TaskCall call, ServiceErrors errors) {
        return call(service, operation, call, call.input(), errors);
    }

    /** What the service answers to a request that a task makes, or a {@link TaskException}. */
    public Uni<AwsAnswer> call(
            ServiceModel service, Operation operation, TaskCall call, JsonNode request, ServiceErrors errors) {
        return run(
                service,
                errors,
                () -> new AwsCall(service, operation, request)
                        .recognisedBy(call.context().idempotencyKey())
                        .as(credentials.identity(
                                call.credentials(), call.context().executionArn()))
                        .until(call.context().deadline()));
    }

    /** What the service answers to a question about a job, or a {@link TaskException}. */
    public Uni<AwsAnswer> call(
            ServiceModel service, Operation operation, JsonNode request, Job.Submission job, ServiceErrors errors) {
        return run(
                service,
                errors,
                () -> new AwsCall(service, operation, request).as(credentials.identity(job.credentials(), "job")));
    }

    private Uni<AwsAnswer> run(ServiceModel service, ServiceErrors errors, Supplier<AwsCall> call) {
        return threads.run(() -> {
            try {
                return client.call(call.get());
            } catch (ServiceRefusedException e) {
                throw new TaskException(errors.of(e), e);
            } catch (UnreachableServiceException e) {
                throw new TaskException(errors.of(service, e), e);
            } catch (InvalidRequestException e) {
                throw new TaskException("States.Runtime", e.getMessage());
            }
        });
    }
}
