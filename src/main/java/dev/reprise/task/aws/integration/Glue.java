package dev.reprise.task.aws.integration;

import dev.reprise.task.aws.LegacyErrors;

/**
 * {@code glue}: runs of jobs. A run is known by its job's name too, so that stands beside its id in what is submitted.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html">AWS, Glue</a>
 */
final class Glue {

    private static final JobKind RUN = JobKind.described(
                    "getJobRun", "{\"JobName\": \"/JobName\", \"RunId\": \"/JobRunId\"}")
            .at("/JobRun", "/JobRunState")
            .succeedingIn("SUCCEEDED")
            .failingIn("FAILED", "STOPPED", "TIMEOUT", "ERROR", "EXPIRED")
            .cancelledBy("batchStopJobRun", "{\"JobName\": \"/JobName\", \"JobRunIds\": [\"/JobRunId\"]}");

    static final ServiceIntegration INTEGRATION = ServiceIntegration.of("glue", new LegacyErrors("Glue", "AWSGlue"))
            .with(
                    "startJobRun",
                    Action.of("glue", "startJobRun").repeating("JobName").waitingFor(RUN));

    private Glue() {}
}
