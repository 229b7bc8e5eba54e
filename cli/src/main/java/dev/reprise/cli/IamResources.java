package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which resources a task is about, as far as its definition names them: a request's field that is text, and no
 * expression. ARNs have CloudFormation's {@code ${AWS::Partition}}, {@code ${AWS::Region}} and {@code
 * ${AWS::AccountId}}.
 */
final class IamResources {

    /**
     * What one action needs.
     *
     * @param arns of the resources; {@code *} for any
     * @param why what is not told, to a person who would narrow it down; null when all is
     */
    record Found(Set<String> arns, @Nullable String why) {}

    static final String ARN = "arn:${AWS::Partition}:";

    /**
     * Actions, and the resources that IAM asks about, after an ARN's partition. {@code {Field}} stands for what the
     * request's field names, {@code {One|Other}} for one of two, {@code {Field=value}} for one that has a default;
     * {@code R:A} for region and account. A lone {@code *} is for actions that IAM knows no resource of.
     */
    private static final String KNOWN = """
        athena:GetQueryExecution,GetQueryResults,StartQueryExecution,StopQueryExecution athena:R:A:workgroup/{WorkGroup=primary}
        batch:SubmitJob batch:R:A:job-definition/{JobDefinition} batch:R:A:job-definition/{JobDefinition}:* batch:R:A:job-queue/{JobQueue}
        batch:DescribeJobs *
        batch:TerminateJob batch:R:A:job/*
        bedrock:CreateModelCustomizationJob *
        bedrock:GetModelCustomizationJob,StopModelCustomizationJob bedrock:R:A:model-customization-job/*
        codebuild:StartBuild,StopBuild,RetryBuild,BatchGetBuilds,StartBuildBatch,StopBuildBatch,RetryBuildBatch,BatchGetBuildBatches,DeleteBuildBatch,BatchDeleteBuilds codebuild:R:A:project/{ProjectName}
        codebuild:BatchGetReports codebuild:R:A:report-group/*
        databrew:StartJobRun,DescribeJobRun,StopJobRun databrew:R:A:job/{Name}
        dynamodb:GetItem,PutItem,UpdateItem,DeleteItem,ConditionCheckItem,DescribeTable,BatchGetItem,BatchWriteItem dynamodb:R:A:table/{TableName}
        dynamodb:Query,Scan,PartiQLSelect dynamodb:R:A:table/{TableName} dynamodb:R:A:table/{TableName}/index/*
        dynamodb:PartiQLInsert,PartiQLUpdate,PartiQLDelete dynamodb:R:A:table/{TableName}
        ecs:RunTask ecs:R:A:task-definition/{TaskDefinition} ecs:R:A:task-definition/{TaskDefinition}:*
        ecs:DescribeTasks,StopTask ecs:R:A:task/{Cluster=default}/*
        eks:CreateCluster *
        eks:DescribeCluster,DeleteCluster eks:R:A:cluster/{Name}
        eks:CreateNodegroup,CreateFargateProfile eks:R:A:cluster/{ClusterName}
        eks:DescribeNodegroup,DeleteNodegroup eks:R:A:nodegroup/{ClusterName}/*/*
        eks:DescribeFargateProfile,DeleteFargateProfile eks:R:A:fargateprofile/{ClusterName}/*/*
        elasticmapreduce:RunJobFlow *
        elasticmapreduce:AddJobFlowSteps,CancelSteps,DescribeCluster,DescribeStep,ListInstanceFleets,ListInstanceGroups,ModifyInstanceFleet,ModifyInstanceGroups,SetTerminationProtection,TerminateJobFlows elasticmapreduce:R:A:cluster/{ClusterId}
        emr-containers:CreateVirtualCluster *
        emr-containers:DescribeVirtualCluster,DeleteVirtualCluster emr-containers:R:A:/virtualclusters/{Id}
        emr-containers:StartJobRun emr-containers:R:A:/virtualclusters/{VirtualClusterId}
        emr-containers:DescribeJobRun,CancelJobRun emr-containers:R:A:/virtualclusters/{VirtualClusterId}/jobruns/*
        emr-serverless:CreateApplication *
        emr-serverless:StartApplication,StopApplication,GetApplication,DeleteApplication,StartJobRun emr-serverless:R:A:/applications/{ApplicationId}
        emr-serverless:GetJobRun,CancelJobRun emr-serverless:R:A:/applications/{ApplicationId}/jobruns/*
        firehose:PutRecord,PutRecordBatch firehose:R:A:deliverystream/{DeliveryStreamName}
        glue:StartJobRun,GetJobRun,BatchStopJobRun glue:R:A:job/{JobName}
        kinesis:PutRecord,PutRecords kinesis:R:A:stream/{StreamName|StreamARN}
        kms:Decrypt,Encrypt,GenerateDataKey,DescribeKey,Sign,Verify kms:R:A:key/{KeyId}
        lambda:InvokeFunction lambda:R:A:function:{FunctionName} lambda:R:A:function:{FunctionName}:*
        mediaconvert:CreateJob mediaconvert:R:A:*
        mediaconvert:GetJob,CancelJob mediaconvert:R:A:jobs/*
        s3:GetObject,GetObjectVersion,PutObject,DeleteObject,GetObjectTagging,PutObjectTagging,GetObjectAttributes,AbortMultipartUpload s3:::{Bucket}/{Key}
        s3:ListBucket,ListBucketVersions,GetBucketLocation s3:::{Bucket}
        sagemaker:CreateTrainingJob,DescribeTrainingJob,StopTrainingJob sagemaker:R:A:training-job/{TrainingJobName}
        sagemaker:CreateTransformJob,DescribeTransformJob,StopTransformJob sagemaker:R:A:transform-job/{TransformJobName}
        sagemaker:CreateProcessingJob,DescribeProcessingJob,StopProcessingJob sagemaker:R:A:processing-job/{ProcessingJobName}
        sagemaker:CreateLabelingJob,DescribeLabelingJob,StopLabelingJob sagemaker:R:A:labeling-job/{LabelingJobName}
        sagemaker:CreateHyperParameterTuningJob,DescribeHyperParameterTuningJob,StopHyperParameterTuningJob sagemaker:R:A:hyper-parameter-tuning-job/{HyperParameterTuningJobName}
        sagemaker:CreateModel,DescribeModel sagemaker:R:A:model/{ModelName}
        sagemaker:CreateEndpoint,UpdateEndpoint sagemaker:R:A:endpoint/{EndpointName} sagemaker:R:A:endpoint-config/{EndpointConfigName}
        sagemaker:DescribeEndpoint sagemaker:R:A:endpoint/{EndpointName}
        sagemaker:CreateEndpointConfig,DescribeEndpointConfig sagemaker:R:A:endpoint-config/{EndpointConfigName}
        sagemaker:AddTags,ListTags sagemaker:R:A:*
        secretsmanager:GetSecretValue,DescribeSecret,PutSecretValue secretsmanager:R:A:secret:{SecretId}-??????
        sns:Publish sns:R:A:{TopicArn|TargetArn}
        sqs:SendMessage,ReceiveMessage,DeleteMessage,ChangeMessageVisibility,GetQueueAttributes,PurgeQueue sqs:R:A:{QueueUrl}
        ssm:GetParameter,PutParameter,DeleteParameter,GetParameterHistory ssm:R:A:parameter/{Name}
        states:StartExecution,StartSyncExecution,DescribeStateMachine states:R:A:stateMachine:{StateMachineArn}
        """;

    private static final Map<String, List<String>> BY_ACTION = byAction();

    private static final Pattern FIELD = Pattern.compile("\\{([A-Za-z|]+)(?:=([a-z]+))?}");

    private static final Pattern QUEUE = Pattern.compile("https?://sqs\\.([a-z0-9-]+)\\.[^/]+/([0-9]{12})/([^/]+)");

    /** A model behind a profile of several regions: {@code eu.anthropic.claude-…}. */
    private static final Pattern PROFILE = Pattern.compile("(?:us|us-gov|eu|apac|jp|au|ca|global)\\.(.+)");

    private IamResources() {}

    private static Map<String, List<String>> byAction() {
        Map<String, List<String>> byAction = new HashMap<>();
        KNOWN.lines().forEach(line -> {
            List<String> words = Arrays.asList(line.split(" "));
            String prefix = words.get(0).substring(0, words.get(0).indexOf(':') + 1);
            for (String action : words.get(0).substring(prefix.length()).split(",")) {
                byAction.put(prefix + action, words.subList(1, words.size()));
            }
        });
        return byAction;
    }

    /** The actions whose resources are known. */
    static Set<String> actions() {
        Set<String> actions = new TreeSet<>(BY_ACTION.keySet());
        actions.addAll(List.of("bedrock:InvokeModel", "events:PutEvents"));
        return actions;
    }

    /** Which resources a request is about. */
    static Found of(String action, JsonNode request) {
        if (action.equals("events:PutEvents")) {
            return buses(request);
        }
        if (action.equals("bedrock:InvokeModel")) {
            return models(request);
        }
        if (action.equals("sns:Publish") && named(request, "PhoneNumber") != Name.NONE) {
            return new Found(Set.of("*"), "a phone number is no resource");
        }
        List<String> patterns = BY_ACTION.get(action);
        if (patterns == null) {
            return new Found(Set.of("*"), "which resources it is about is not known here");
        }
        if (patterns.equals(List.of("*"))) {
            return new Found(Set.of("*"), "IAM knows no resource of it");
        }
        Set<String> arns = new LinkedHashSet<>();
        Set<String> missing = new LinkedHashSet<>();
        patterns.forEach(pattern -> arns.add(filled(pattern, request, missing)));
        return new Found(
                arns, missing.isEmpty() ? null : "the definition does not say which " + String.join(" and ", missing));
    }

    /** What a field says: its text, that it is worked out when the task runs, or nothing. */
    private record Name(@Nullable String text) {

        static final Name NONE = new Name(null);

        static final Name WORKED_OUT = new Name(null);
    }

    private static Name named(JsonNode request, String field) {
        JsonNode value = request.get(field);
        if (request.has(field + ".$") || (value == null && !request.isObject())) {
            return Name.WORKED_OUT;
        }
        if (value == null || value.isNull()) {
            return Name.NONE;
        }
        return !value.isTextual() || isExpression(value.textValue()) ? Name.WORKED_OUT : new Name(value.textValue());
    }

    static boolean isExpression(String text) {
        return text.startsWith("{%") && text.endsWith("%}");
    }

    private static String filled(String pattern, JsonNode request, Set<String> missing) {
        Matcher matcher = FIELD.matcher(pattern);
        StringBuilder text = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            String before = pattern.substring(from, matcher.start());
            String name = name(matcher.group(1), matcher.group(2), request);
            from = matcher.end();
            if (name != null && name.startsWith("arn:") && name.contains(kind(before))) {
                return name + pattern.substring(from);
            }
            text.append(before);
            if (name == null) {
                missing.add(matcher.group(1).replace("|", " or "));
                text.append('*');
            } else {
                String region = queue(name, true);
                if (region != null) {
                    return ARN + "sqs:" + region + ":" + queue(name, false);
                }
                text.append(name.startsWith("arn:") ? last(name) : name.replaceFirst("^/(?!.*\\{)", ""));
            }
        }
        text.append(pattern.substring(from));
        return ARN + text.toString().replace(":R:A:", ":${AWS::Region}:${AWS::AccountId}:");
    }

    /** The part of a pattern that says what kind of thing it is: {@code :function:}, {@code :job-queue/}. */
    private static String kind(String before) {
        return before.contains(":R:A:") ? before.substring(before.indexOf(":R:A:") + ":R:A".length()) : before;
    }

    private static String last(String arn) {
        return arn.substring(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
    }

    private static @Nullable String queue(String url, boolean region) {
        Matcher matcher = QUEUE.matcher(url);
        if (!matcher.matches()) {
            return null;
        }
        return region ? matcher.group(1) : matcher.group(2) + ":" + matcher.group(3);
    }

    /** Null when it is not told. */
    private static @Nullable String name(String fields, @Nullable String otherwise, JsonNode request) {
        for (String field : fields.split("\\|")) {
            Name name = named(request, field);
            // The key behind an alias of KMS is not told by it.
            if (name == Name.WORKED_OUT || (name.text() != null && name.text().startsWith("alias/"))) {
                return null;
            }
            if (name.text() != null) {
                return name.text();
            }
        }
        return otherwise;
    }

    private static Found buses(JsonNode request) {
        Set<String> arns = new LinkedHashSet<>();
        List<String> missing = new ArrayList<>();
        JsonNode entries = request.path("Entries");
        if (!entries.isArray()) {
            missing.add("EventBusName");
            arns.add(filled("events:R:A:event-bus/*", request, Set.of()));
        }
        Set<String> unsaid = new LinkedHashSet<>();
        for (JsonNode entry : entries) {
            arns.add(filled("events:R:A:event-bus/{EventBusName=default}", entry, unsaid));
        }
        missing.addAll(unsaid);
        return new Found(arns, missing.isEmpty() ? null : "the definition does not say which EventBusName");
    }

    private static Found models(JsonNode request) {
        String model = name("ModelId", null, request);
        if (model == null) {
            return new Found(
                    Set.of(
                            ARN + "bedrock:*::foundation-model/*",
                            ARN + "bedrock:${AWS::Region}:${AWS::AccountId}:inference-profile/*"),
                    "the definition does not say which ModelId");
        }
        if (model.startsWith("arn:")) {
            return new Found(Set.of(model), null);
        }
        Matcher profile = PROFILE.matcher(model);
        return profile.matches()
                ? new Found(
                        new LinkedHashSet<>(List.of(
                                ARN + "bedrock:${AWS::Region}:${AWS::AccountId}:inference-profile/" + model,
                                ARN + "bedrock:*::foundation-model/" + profile.group(1))),
                        null)
                : new Found(Set.of(ARN + "bedrock:${AWS::Region}::foundation-model/" + model), null);
    }
}
