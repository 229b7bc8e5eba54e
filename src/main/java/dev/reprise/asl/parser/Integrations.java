package dev.reprise.asl.parser;

import dev.reprise.asl.Resource;
import dev.reprise.asl.Resource.Pattern;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The services that Step Functions calls, their actions, and whether it can wait for what they start.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html">AWS, Optimized
 *     integrations</a>
 */
final class Integrations {

    private static final Pattern SYNC = Pattern.SYNC;
    private static final Pattern SYNC_2 = Pattern.SYNC_2;
    private static final Pattern TOKEN = Pattern.WAIT_FOR_TASK_TOKEN;

    /** {@code service:action}, and the patterns beside plain request and response. */
    private static final Map<String, Set<Pattern>> OPTIMISED = new HashMap<>();

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
    private static final Map<String, List<String>> REQUIRED = Map.ofEntries(
            Map.entry("apigateway:invoke", List.of("ApiEndpoint", "Method")),
            Map.entry("athena:getQueryExecution", List.of("QueryExecutionId")),
            Map.entry("athena:getQueryResults", List.of("QueryExecutionId")),
            Map.entry("athena:startQueryExecution", List.of("QueryString")),
            Map.entry("athena:stopQueryExecution", List.of("QueryExecutionId")),
            Map.entry("batch:submitJob", List.of("JobDefinition", "JobName", "JobQueue")),
            Map.entry("dynamodb:deleteItem", List.of("TableName", "Key")),
            Map.entry("dynamodb:getItem", List.of("TableName", "Key")),
            Map.entry("dynamodb:putItem", List.of("TableName", "Item")),
            Map.entry("dynamodb:updateItem", List.of("TableName", "Key")),
            Map.entry("ecs:runTask", List.of("TaskDefinition")),
            Map.entry("events:putEvents", List.of("Entries")),
            Map.entry("glue:startJobRun", List.of("JobName")),
            Map.entry("http:invoke", List.of("ApiEndpoint", "Method")),
            Map.entry("lambda:invoke", List.of("FunctionName")),
            Map.entry("sns:publish", List.of("Message")),
            Map.entry("sqs:sendMessage", List.of("QueueUrl", "MessageBody")),
            Map.entry("states:startExecution", List.of("StateMachineArn")));

    private Integrations() {}

    private static void add(String service, Set<Pattern> patterns, String... actions) {
        for (String action : actions) {
            OPTIMISED.put(service + ":" + action, patterns);
        }
    }

    /** Whether there is such an action, and it can be waited for so. */
    static boolean has(Resource.Action resource) {
        return switch (resource) {
            case Resource.InProcess task -> true;
            case Resource.SdkAction action ->
                action.pattern() == Pattern.REQUEST_RESPONSE || action.pattern() == Pattern.WAIT_FOR_TASK_TOKEN;
            case Resource.Integration integration -> isOptimised(integration);
            case Resource.StartExecution start -> isOptimised(start);
            case Resource.Unknown unknown -> false;
        };
    }

    private static boolean isOptimised(Resource.Action resource) {
        Set<Pattern> patterns = OPTIMISED.get(name(resource));
        return patterns != null
                && (resource.pattern() == Pattern.REQUEST_RESPONSE || patterns.contains(resource.pattern()));
    }

    /**
     * The fields that a request to a service cannot do without; null when the resource is none of AWS's services. Of
     * the actions of the SDK it is only known that they are sent a request, be it empty.
     */
    static @Nullable List<String> requiredFields(Resource resource) {
        return switch (resource) {
            case Resource.Integration integration -> requiredOf(integration);
            case Resource.StartExecution start -> requiredOf(start);
            case Resource.InProcess task -> null;
            case Resource.SdkAction action -> List.of();
            case Resource.LambdaFunction function -> null;
            case Resource.Activity activity -> null;
            case Resource.Unknown unknown -> null;
        };
    }

    private static @Nullable List<String> requiredOf(Resource.Action resource) {
        return isOptimised(resource) ? REQUIRED.getOrDefault(name(resource), List.of()) : null;
    }

    /** {@code service:action}, without the pattern. */
    static String name(Resource.Action resource) {
        String api = resource.api();
        return resource.type() + ":"
                + api.substring(0, api.length() - resource.pattern().suffix().length());
    }

    /** The optimised ones as resources, for whoever has misspelt one. */
    static Collection<String> all() {
        List<String> names = OPTIMISED.keySet().stream().sorted().toList();
        return names.stream().map(name -> "arn:aws:states:::" + name).toList();
    }
}
