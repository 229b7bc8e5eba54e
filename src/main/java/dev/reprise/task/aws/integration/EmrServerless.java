package dev.reprise.task.aws.integration;

import dev.reprise.task.aws.LegacyErrors;

/**
 * {@code emr-serverless}: applications of EMR Serverless, and jobs in them.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-serverless.html">AWS, EMR
 *     Serverless</a>
 */
final class EmrServerless {

    private static final String SERVICE = "emrserverless";
    private static final String RUN_IDS = "{\"ApplicationId\": \"/ApplicationId\", \"JobRunId\": \"/JobRunId\"}";

    private static final JobKind RUN =
            JobKind.described("getJobRun", RUN_IDS).at("/JobRun", "/State").givingTheAnswer();

    private static final JobKind APPLICATION = JobKind.described(
                    "getApplication", "{\"ApplicationId\": \"/ApplicationId\"}")
            .at("/Application", "/State")
            .givingTheAnswer();

    static final ServiceIntegration INTEGRATION = ServiceIntegration.of(
                    "emr-serverless", new LegacyErrors("EMRServerless", "AWSEMRServerless"))
            .with("createApplication", until("createApplication", "CREATED"))
            .with("startApplication", until("startApplication", "STARTED"))
            .with("stopApplication", until("stopApplication", "STOPPED"))
            .with("deleteApplication", until("deleteApplication", "TERMINATED"))
            .with(
                    "startJobRun",
                    Action.of(SERVICE, "startJobRun")
                            .waitingFor(RUN.succeedingIn("SUCCESS")
                                    .failingIn("FAILED", "CANCELLED")
                                    .cancelledBy("cancelJobRun", RUN_IDS)))
            .with(
                    "cancelJobRun",
                    Action.of(SERVICE, "cancelJobRun")
                            .waitingFor(RUN.succeedingIn("CANCELLED").failingIn("FAILED", "SUCCESS")));

    private EmrServerless() {}

    private static Action until(String operation, String state) {
        String[] failed = state.equals("TERMINATED") ? new String[0] : new String[] {"TERMINATED"};
        return Action.of(SERVICE, operation)
                .repeating("ApplicationId")
                .waitingFor(APPLICATION
                        .succeedingIn(state)
                        .failingIn(failed)
                        .doneWhenGone(state.equals("TERMINATED") ? "ResourceNotFoundException" : "NoSuchError"));
    }
}
