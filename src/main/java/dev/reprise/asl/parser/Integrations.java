package dev.reprise.asl.parser;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The services that Step Functions calls, their actions, and whether it can wait for what they start.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html">AWS, Optimized integrations</a>
 */
final class Integrations {

    private static final String ANY_SERVICE = "aws-sdk:";
    private static final String SYNC = ".sync";
    private static final String SYNC_2 = ".sync:2";

    /** Ends the resource of a task that is over when its token comes back. */
    static final String TOKEN = ".waitForTaskToken";

    /** {@code service:action}, and the patterns beside plain request and response. */
    private static final Map<String, Set<String>> OPTIMISED = new HashMap<>();

    static {
        add("apigateway", Set.of(TOKEN), "invoke");
        add("athena", Set.of(SYNC), "startQueryExecution");
        add("athena", Set.of(), "stopQueryExecution", "getQueryExecution", "getQueryResults");
        add("batch", Set.of(SYNC), "submitJob");
        add("bedrock", Set.of(SYNC), "createModelCustomizationJob");
        add("bedrock", Set.of(TOKEN), "invokeModel");
        add("codebuild", Set.of(SYNC), "startBuild", "startBuildBatch", "retryBuildBatch");
        add(
                "codebuild",
                Set.of(),
                "stopBuild",
                "batchDeleteBuilds",
                "batchGetReports",
                "stopBuildBatch",
                "deleteBuildBatch");
        add("databrew", Set.of(SYNC), "startJobRun");
        add("dynamodb", Set.of(), "getItem", "putItem", "updateItem", "deleteItem");
        add("ecs", Set.of(SYNC, TOKEN), "runTask");
        add("eks", Set.of(SYNC), "createCluster", "deleteCluster", "createNodegroup", "deleteNodegroup", "runJob");
        add("eks", Set.of(SYNC), "createFargateProfile", "deleteFargateProfile");
        add("eks", Set.of(), "call");
        add("elasticmapreduce", Set.of(SYNC), "createCluster", "terminateCluster", "addStep");
        add("elasticmapreduce", Set.of(), "cancelStep", "setClusterTerminationProtection");
        add("elasticmapreduce", Set.of(), "modifyInstanceFleetByName", "modifyInstanceGroupByName");
        add("emr-containers", Set.of(SYNC), "deleteVirtualCluster", "startJobRun");
        add("emr-containers", Set.of(), "createVirtualCluster");
        add("emr-serverless", Set.of(SYNC), "createApplication", "deleteApplication", "startApplication");
        add("emr-serverless", Set.of(SYNC), "stopApplication", "startJobRun", "cancelJobRun");
        add("events", Set.of(TOKEN), "putEvents");
        add("glue", Set.of(SYNC), "startJobRun");
        add("http", Set.of(), "invoke");
        add("lambda", Set.of(TOKEN), "invoke");
        add("mediaconvert", Set.of(SYNC), "createJob");
        add("sagemaker", Set.of(SYNC), "createHyperParameterTuningJob", "createLabelingJob", "createProcessingJob");
        add("sagemaker", Set.of(SYNC), "createTrainingJob", "createTransformJob");
        add("sagemaker", Set.of(), "createEndpoint", "createEndpointConfig", "createModel", "updateEndpoint");
        add("sns", Set.of(TOKEN), "publish");
        add("sqs", Set.of(TOKEN), "sendMessage");
        add("states", Set.of(SYNC, SYNC_2, TOKEN), "startExecution");
    }

    /** What a request cannot do without; other integrations are taken at their word. */
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "lambda:invoke", List.of("FunctionName"),
            "sqs:sendMessage", List.of("QueueUrl", "MessageBody"),
            "sns:publish", List.of("Message"),
            "dynamodb:putItem", List.of("TableName", "Item"),
            "dynamodb:getItem", List.of("TableName", "Key"),
            "states:startExecution", List.of("StateMachineArn"),
            "events:putEvents", List.of("Entries"),
            "ecs:runTask", List.of("TaskDefinition"),
            "glue:startJobRun", List.of("JobName"));

    private Integrations() {}

    private static void add(String service, Set<String> patterns, String... actions) {
        for (String action : actions) {
            OPTIMISED.put(service + ":" + action, patterns);
        }
    }

    /**
     * Whether there is such an integration.
     *
     * @param service such as {@code sqs}, or {@code aws-sdk:s3} for a call that is passed on as it is
     * @param pattern such as {@code .sync}; null for request and response
     */
    static boolean has(String service, String action, @Nullable String pattern) {
        if (service.startsWith(ANY_SERVICE)) {
            return pattern == null || pattern.equals(TOKEN);
        }
        Set<String> patterns = OPTIMISED.get(service + ":" + action);
        return patterns != null && (pattern == null || patterns.contains(pattern));
    }

    /** The fields that an integration's request cannot do without; null when the integration is not an optimised one. */
    static @Nullable List<String> requiredFields(String service, String action) {
        String name = service + ":" + action;
        return OPTIMISED.containsKey(name) ? REQUIRED.getOrDefault(name, List.of()) : null;
    }

    /** The optimised ones as resources, for whoever has misspelt one. */
    static Collection<String> all() {
        List<String> names = OPTIMISED.keySet().stream().sorted().toList();
        return names.stream().map(name -> "arn:aws:states:::" + name).toList();
    }
}
