package dev.reprise.task.aws.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Resource;
import dev.reprise.task.Job.Progress;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.aws.HttpMetadata;
import dev.reprise.task.aws.LegacyErrors;
import dev.reprise.task.aws.client.AwsAnswer;

/**
 * {@code ecs}: tasks in containers, on Fargate or on EC2.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html">AWS, ECS and Fargate</a>
 */
final class Ecs {

    private static final JobKind TASK = JobKind.described(
                    "describeTasks", "{\"Cluster\": \"/Tasks/0/ClusterArn\", \"Tasks\": [\"/Tasks/0/TaskArn\"]}")
            .at("/Tasks/0", "/LastStatus")
            .succeedingIn("STOPPED")
            .judgedBy(Ecs::judge)
            .cancelledBy("stopTask", """
                {"Cluster": "/Tasks/0/ClusterArn", "Task": "/Tasks/0/TaskArn",
                 "Reason": "Nobody waits for it any more"}\
                """);

    static final ServiceIntegration INTEGRATION = ServiceIntegration.of("ecs", new LegacyErrors("ECS", "AmazonECS"))
            .with("runTask", Action.of("ecs", "runTask").giving(Ecs::result).waitingFor(TASK));

    private Ecs() {}

    /** A task that could not be placed fails whoever waits for it, and nobody else. */
    private static JsonNode result(TaskCall call, AwsAnswer answer) {
        boolean waits = Resource.parse(call.resource()).pattern() != Resource.Pattern.REQUEST_RESPONSE;
        if (waits && !answer.output().path("Failures").isEmpty()) {
            throw new TaskException("AmazonECS.Unknown", answer.output().toString());
        }
        return HttpMetadata.added(answer);
    }

    /** A task that has stopped has done its work when all its containers ended well. */
    private static Progress judge(JsonNode task, ObjectNode answer) {
        for (JsonNode container : task.path("Containers")) {
            if (container.path("ExitCode").asInt(1) != 0) {
                return PolledJob.failed(task);
            }
        }
        return task.path("StopCode").asText().equals("TaskFailedToStart")
                ? PolledJob.failed(task)
                : new Progress.Succeeded(task);
    }
}
