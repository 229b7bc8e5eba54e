package dev.reprise.field;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.task.InProcessTasks;
import dev.reprise.task.Job;
import dev.reprise.task.MappedTasks;
import dev.reprise.task.MappingFile;
import dev.reprise.task.StubService;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import dev.reprise.task.aws.LambdaCalls;
import dev.reprise.task.aws.LambdaFunctions;
import dev.reprise.task.aws.LambdaInvoke;
import dev.reprise.task.aws.SdkActions;
import dev.reprise.task.aws.ServiceCalls;
import dev.reprise.task.aws.client.AssumedRoles;
import dev.reprise.task.aws.client.AwsAccess;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.Connections;
import dev.reprise.task.aws.client.Endpoints;
import dev.reprise.task.aws.integration.OptimisedIntegrations;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** The function's own integrations; in place of all services of AWS there is a stub, which answers what it is told. */
final class FieldServices implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AwsBasicCredentials CREDENTIALS = AwsBasicCredentials.create("a", "b");

    private final StubService stub;
    private final AwsClient client;
    private final TaskRunners runners;

    FieldServices() throws IOException {
        stub = new StubService();
        client = new AwsClient(
                new Endpoints(
                        () -> "us-east-1",
                        Endpoints.configured(
                                Map.of(),
                                Map.of("AWS_ENDPOINT_URL", stub.endpoint().toString())),
                        List.of()),
                () -> CREDENTIALS,
                AwsAccess.allowed(),
                new Connections(1_000_000),
                Clock.systemUTC());
        // In the thread of the run, which waits for the answer: no time passes there meanwhile.
        TaskThreads threads = new TaskThreads(Runnable::run);
        AssumedRoles roles = new AssumedRoles(client, Clock.systemUTC());
        LambdaCalls lambda = new LambdaCalls(threads, client, roles);
        ServiceCalls calls = new ServiceCalls(threads, client, roles);
        runners = new TaskRunners(
                new LambdaFunctions(lambda),
                new LambdaInvoke(
                        lambda,
                        new MappedTasks(
                                Map.of(), MappingFile.readOnce(Path.of("nowhere")), new InProcessTasks(Map.of()))),
                new OptimisedIntegrations(calls),
                new SdkActions(calls));
    }

    /**
     * Has a task ask its service; a job is described until it is done.
     *
     * @param answers the service's, to each request
     * @throws TaskException when the task fails
     */
    JsonNode ask(TaskCall call, Supplier<StubService.Answer> answers) {
        Resource resource = Resource.parse(call.resource());
        Job job = runners.job(resource);
        if (job == null) {
            return asked(runners.find(resource).run(call), answers);
        }
        JsonNode response = asked(job.submit(call), answers);
        Job.Submission submission =
                new Job.Submission(call.resource(), response, call.context().idempotencyKey(), call.credentials());
        while (true) {
            switch (asked(job.poll(submission), answers)) {
                case Job.Progress.Running running -> {}
                case Job.Progress.Succeeded succeeded -> {
                    return succeeded.output();
                }
                case Job.Progress.Failed failed -> throw new TaskException(failed.error(), null);
            }
        }
    }

    private <T> T asked(Uni<T> request, Supplier<StubService.Answer> answers) {
        stub.answers(answers.get());
        return request.await().atMost(PATIENCE);
    }

    /** How many requests there were so far. */
    int requests() {
        return stub.received().size();
    }

    /** The body of a request, or its method and address where it has none. */
    String request(int number) {
        StubService.Received received = stub.received().get(number);
        return received.body().isEmpty() ? received.method() + " " + received.uri() : received.body();
    }

    @Override
    public void close() {
        client.close();
        stub.close();
    }
}
