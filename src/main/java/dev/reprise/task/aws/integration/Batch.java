package dev.reprise.task.aws.integration;

import dev.reprise.task.aws.LegacyErrors;

/**
 * {@code batch}: jobs.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html">AWS, Batch</a>
 */
final class Batch {

    private static final JobKind JOB = JobKind.described("describeJobs", "{\"Jobs\": [\"/JobId\"]}")
            .at("/Jobs/0", "/Status")
            .succeedingIn("SUCCEEDED")
            .failingIn("FAILED")
            .cancelledBy("terminateJob", "{\"JobId\": \"/JobId\", \"Reason\": \"Nobody waits for it any more\"}");

    static final ServiceIntegration INTEGRATION = ServiceIntegration.of("batch", new LegacyErrors("Batch", "AWSBatch"))
            .with("submitJob", Action.of("batch", "submitJob").waitingFor(JOB));

    private Batch() {}
}
