package dev.reprise.task.aws.integration;

import dev.reprise.task.aws.LegacyErrors;

/**
 * {@code emr-containers}: EMR on EKS.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-eks.html">AWS, EMR on EKS</a>
 */
final class EmrContainers {

    private static final String SERVICE = "emrcontainers";

    private static final JobKind RUN = JobKind.described(
                    "describeJobRun", "{\"Id\": \"/Id\", \"VirtualClusterId\": \"/VirtualClusterId\"}")
            .at("/JobRun", "/State")
            .succeedingIn("COMPLETED")
            .failingIn("FAILED", "CANCELLED")
            .givingTheAnswer()
            .cancelledBy("cancelJobRun", "{\"Id\": \"/Id\", \"VirtualClusterId\": \"/VirtualClusterId\"}");

    private static final JobKind DELETION = JobKind.described("describeVirtualCluster", "{\"Id\": \"/Id\"}")
            .at("/VirtualCluster", "/State")
            .succeedingIn("TERMINATED")
            .failingIn("ARRESTED")
            .doneWhenGone("ResourceNotFoundException")
            .givingTheAnswer();

    static final ServiceIntegration INTEGRATION = ServiceIntegration.of(
                    "emr-containers", new LegacyErrors("EMRContainers", "AmazonEMRContainers"))
            .with("createVirtualCluster", Action.of(SERVICE, "createVirtualCluster"))
            .with(
                    "deleteVirtualCluster",
                    Action.of(SERVICE, "deleteVirtualCluster").waitingFor(DELETION))
            .with("startJobRun", Action.of(SERVICE, "startJobRun").waitingFor(RUN));

    private EmrContainers() {}
}
