package dev.reprise.task.aws.integration;

import dev.reprise.task.aws.LegacyErrors;

/**
 * {@code databrew}: jobs of Glue DataBrew.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-databrew.html">AWS, Glue DataBrew</a>
 */
final class DataBrew {

    private static final JobKind RUN = JobKind.described(
                    "describeJobRun", "{\"Name\": \"/Name\", \"RunId\": \"/RunId\"}")
            .at("", "/State")
            .succeedingIn("SUCCEEDED")
            .failingIn("FAILED", "STOPPED", "TIMEOUT")
            .cancelledBy("stopJobRun", "{\"Name\": \"/Name\", \"RunId\": \"/RunId\"}");

    static final ServiceIntegration INTEGRATION = ServiceIntegration.of(
                    "databrew", new LegacyErrors("DataBrew", "AWSGlueDataBrew"))
            .with(
                    "startJobRun",
                    Action.of("databrew", "startJobRun").repeating("Name").waitingFor(RUN));

    private DataBrew() {}
}
