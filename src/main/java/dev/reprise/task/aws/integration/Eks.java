package dev.reprise.task.aws.integration;

import dev.reprise.task.aws.LegacyErrors;

/**
 * {@code eks}: clusters, node groups and Fargate profiles. What is done inside a cluster ({@code call}, {@code runJob})
 * is asked of the cluster itself: {@link dev.reprise.task.aws.KubernetesTasks}.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-eks.html">AWS, EKS</a>
 */
final class Eks {

    private static final String NOT_FOUND = "ResourceNotFoundException";

    private static final JobKind CLUSTER = JobKind.described("describeCluster", "{\"Name\": \"/Cluster/Name\"}")
            .at("/Cluster", "/Status")
            .givingTheAnswer();

    private static final JobKind NODE_GROUP = JobKind.described("describeNodegroup", """
        {"ClusterName": "/Nodegroup/ClusterName", "NodegroupName": "/Nodegroup/NodegroupName"}\
        """)
            .at("/Nodegroup", "/Status")
            .givingTheAnswer();

    private static final JobKind FARGATE = JobKind.described("describeFargateProfile", """
        {"ClusterName": "/FargateProfile/ClusterName",
         "FargateProfileName": "/FargateProfile/FargateProfileName"}\
        """)
            .at("/FargateProfile", "/Status")
            .givingTheAnswer();

    static final ServiceIntegration INTEGRATION = ServiceIntegration.of("eks", new LegacyErrors("EKS", "AmazonEKS"))
            .with("createCluster", created("createCluster", CLUSTER, "FAILED"))
            .with("deleteCluster", deleted("deleteCluster", CLUSTER, "FAILED"))
            .with("createNodegroup", created("createNodegroup", NODE_GROUP, "CREATE_FAILED"))
            .with("deleteNodegroup", deleted("deleteNodegroup", NODE_GROUP, "DELETE_FAILED"))
            .with("createFargateProfile", created("createFargateProfile", FARGATE, "CREATE_FAILED"))
            .with("deleteFargateProfile", deleted("deleteFargateProfile", FARGATE, "DELETE_FAILED"));

    private Eks() {}

    private static Action created(String operation, JobKind kind, String failed) {
        return Action.of("eks", operation)
                .waitingFor(kind.succeedingIn("ACTIVE").failingIn(failed));
    }

    private static Action deleted(String operation, JobKind kind, String failed) {
        return Action.of("eks", operation)
                .waitingFor(kind.doneWhenGone(NOT_FOUND).failingIn(failed));
    }
}
