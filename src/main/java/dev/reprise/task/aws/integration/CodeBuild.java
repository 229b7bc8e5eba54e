package dev.reprise.task.aws.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.task.Job.Progress;
import dev.reprise.task.aws.LegacyErrors;

/**
 * {@code codebuild}: builds, and batches of them.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-codebuild.html">AWS, CodeBuild</a>
 */
final class CodeBuild {

    private static final String[] FAILED = {"FAILED", "FAULT", "TIMED_OUT", "STOPPED"};

    private static final JobKind BUILD = JobKind.described("batchGetBuilds", "{\"Ids\": [\"/Build/Id\"]}")
            .at("/Builds/0", "/BuildStatus")
            .succeedingIn("SUCCEEDED")
            .failingIn(FAILED)
            .judgedBy((build, answer) -> wrapped("Build", build))
            .cancelledBy("stopBuild", "{\"Id\": \"/Build/Id\"}");

    private static final JobKind BATCH = JobKind.described("batchGetBuildBatches", "{\"Ids\": [\"/BuildBatch/Id\"]}")
            .at("/BuildBatches/0", "/BuildBatchStatus")
            .succeedingIn("SUCCEEDED")
            .failingIn(FAILED)
            .judgedBy((batch, answer) -> wrapped("BuildBatch", batch))
            .cancelledBy("stopBuildBatch", "{\"Id\": \"/BuildBatch/Id\"}");

    static final ServiceIntegration INTEGRATION = ServiceIntegration.of(
                    "codebuild", new LegacyErrors("CodeBuild", "AWSCodeBuild"))
            .with("startBuild", begun("startBuild").waitingFor(BUILD))
            .with("startBuildBatch", begun("startBuildBatch").waitingFor(BATCH))
            .with("retryBuildBatch", begun("retryBuildBatch").waitingFor(BATCH))
            .with("stopBuild", Action.of("codebuild", "stopBuild"))
            .with("stopBuildBatch", Action.of("codebuild", "stopBuildBatch"))
            .with("deleteBuildBatch", Action.of("codebuild", "deleteBuildBatch"))
            .with("batchDeleteBuilds", Action.of("codebuild", "batchDeleteBuilds"))
            .with("batchGetReports", Action.of("codebuild", "batchGetReports"));

    private CodeBuild() {}

    private static Action begun(String operation) {
        return Action.of("codebuild", operation).recognisedBy("IdempotencyToken");
    }

    private static Progress wrapped(String name, JsonNode job) {
        return new Progress.Succeeded(JsonNodeFactory.instance.objectNode().set(name, job));
    }
}
