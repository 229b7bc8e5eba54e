package dev.reprise.cli;

import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.model.ServiceModel;
import dev.reprise.task.aws.model.ServiceModels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What IAM calls the actions of AWS's services. Nearly all are the operation's name after the name that requests are
 * signed for; the others are here.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/">AWS, Service authorization
 *     reference</a>
 */
final class IamActions {

    /** By service, where IAM has another name for it than signatures. */
    private static final Map<String, String> PREFIXES = Map.of(
            "apigatewaymanagementapi", "execute-api",
            "cloudcontrol", "cloudformation",
            "cloudwatch", "cloudwatch",
            "iotdataplane", "iot",
            "ioteventsdata", "iotevents",
            "iotjobsdataplane", "iotjobsdata",
            "iotsecuretunneling", "iot",
            "mturk", "mechanicalturk",
            "resourcegroupstaggingapi", "tag");

    /** A service and an operation, and the actions that it takes: a whole one has a colon. */
    private static final String OTHERS = """
        apigatewaymanagementapi DeleteConnection ManageConnections
        apigatewaymanagementapi GetConnection ManageConnections
        apigatewaymanagementapi PostToConnection ManageConnections
        bedrockruntime Converse InvokeModel
        bedrockruntime StartAsyncInvoke InvokeModel
        dynamodb BatchExecuteStatement PartiQLSelect PartiQLInsert PartiQLUpdate PartiQLDelete
        dynamodb ExecuteStatement PartiQLSelect PartiQLInsert PartiQLUpdate PartiQLDelete
        dynamodb ExecuteTransaction PartiQLSelect PartiQLInsert PartiQLUpdate PartiQLDelete
        dynamodb TransactGetItems GetItem
        dynamodb TransactWriteItems PutItem UpdateItem DeleteItem ConditionCheckItem
        kms ReEncrypt ReEncryptFrom ReEncryptTo
        lambda GetLayerVersionByArn GetLayerVersion
        lambda Invoke InvokeFunction
        s3 CompleteMultipartUpload PutObject
        s3 CopyObject GetObject PutObject
        s3 CreateMultipartUpload PutObject
        s3 CreateSession s3express:CreateSession
        s3 DeleteBucketAnalyticsConfiguration PutAnalyticsConfiguration
        s3 DeleteBucketCors PutBucketCORS
        s3 DeleteBucketEncryption PutEncryptionConfiguration
        s3 DeleteBucketIntelligentTieringConfiguration PutIntelligentTieringConfiguration
        s3 DeleteBucketInventoryConfiguration PutInventoryConfiguration
        s3 DeleteBucketLifecycle PutLifecycleConfiguration
        s3 DeleteBucketMetricsConfiguration PutMetricsConfiguration
        s3 DeleteBucketOwnershipControls PutBucketOwnershipControls
        s3 DeleteBucketReplication PutReplicationConfiguration
        s3 DeleteBucketTagging PutBucketTagging
        s3 DeleteObjects DeleteObject
        s3 DeletePublicAccessBlock PutBucketPublicAccessBlock
        s3 GetBucketAccelerateConfiguration GetAccelerateConfiguration
        s3 GetBucketAnalyticsConfiguration GetAnalyticsConfiguration
        s3 GetBucketEncryption GetEncryptionConfiguration
        s3 GetBucketIntelligentTieringConfiguration GetIntelligentTieringConfiguration
        s3 GetBucketInventoryConfiguration GetInventoryConfiguration
        s3 GetBucketLifecycle GetLifecycleConfiguration
        s3 GetBucketLifecycleConfiguration GetLifecycleConfiguration
        s3 GetBucketMetricsConfiguration GetMetricsConfiguration
        s3 GetBucketNotificationConfiguration GetBucketNotification
        s3 GetBucketReplication GetReplicationConfiguration
        s3 GetObjectLockConfiguration GetBucketObjectLockConfiguration
        s3 GetPublicAccessBlock GetBucketPublicAccessBlock
        s3 HeadBucket ListBucket
        s3 HeadObject GetObject
        s3 ListBucketAnalyticsConfigurations GetAnalyticsConfiguration
        s3 ListBucketIntelligentTieringConfigurations GetIntelligentTieringConfiguration
        s3 ListBucketInventoryConfigurations GetInventoryConfiguration
        s3 ListBucketMetricsConfigurations GetMetricsConfiguration
        s3 ListBuckets ListAllMyBuckets
        s3 ListDirectoryBuckets s3express:ListAllMyDirectoryBuckets
        s3 ListMultipartUploads ListBucketMultipartUploads
        s3 ListObjectVersions ListBucketVersions
        s3 ListObjects ListBucket
        s3 ListObjectsV2 ListBucket
        s3 ListParts ListMultipartUploadParts
        s3 PutBucketAccelerateConfiguration PutAccelerateConfiguration
        s3 PutBucketAnalyticsConfiguration PutAnalyticsConfiguration
        s3 PutBucketEncryption PutEncryptionConfiguration
        s3 PutBucketIntelligentTieringConfiguration PutIntelligentTieringConfiguration
        s3 PutBucketInventoryConfiguration PutInventoryConfiguration
        s3 PutBucketLifecycle PutLifecycleConfiguration
        s3 PutBucketLifecycleConfiguration PutLifecycleConfiguration
        s3 PutBucketMetricsConfiguration PutMetricsConfiguration
        s3 PutBucketNotificationConfiguration PutBucketNotification
        s3 PutBucketReplication PutReplicationConfiguration
        s3 PutObjectLockConfiguration PutBucketObjectLockConfiguration
        s3 PutPublicAccessBlock PutBucketPublicAccessBlock
        s3 UploadPart PutObject
        s3 UploadPartCopy GetObject PutObject
        s3 WriteGetObjectResponse s3-object-lambda:WriteGetObjectResponse
        sns PublishBatch Publish
        sqs ChangeMessageVisibilityBatch ChangeMessageVisibility
        sqs DeleteMessageBatch DeleteMessage
        sqs SendMessageBatch SendMessage
        timestreamquery Query Select DescribeEndpoints
        verifiedpermissions BatchIsAuthorized IsAuthorized
        verifiedpermissions BatchIsAuthorizedWithToken IsAuthorizedWithToken
        """;

    private static final Map<String, List<String>> BY_OPERATION = byOperation();

    private IamActions() {}

    private static Map<String, List<String>> byOperation() {
        Map<String, List<String>> byOperation = new HashMap<>();
        OTHERS.lines().forEach(line -> {
            List<String> words = Arrays.asList(line.split(" "));
            byOperation.put(words.get(0) + " " + words.get(1), words.subList(2, words.size()));
        });
        return byOperation;
    }

    /**
     * What has to be allowed for an operation, such as {@code sqs:SendMessage}.
     *
     * @param service by its name in {@code aws-sdk} resources
     * @param action such as {@code sendMessage}; one that the service's table does not have is taken at its word
     */
    static List<String> of(String service, String action) {
        ServiceModel model = ServiceModels.find(service);
        Operation operation = model == null ? null : model.operation(action);
        String name = operation == null
                ? action.substring(0, 1).toUpperCase(Locale.ROOT) + action.substring(1)
                : operation.name();
        String prefix = PREFIXES.getOrDefault(service, model == null ? service : model.signingName());
        if (operation != null && (service.equals("apigateway") || service.equals("apigatewayv2"))) {
            // Its actions are the methods of HTTP, and its resources the paths.
            return List.of(prefix + ":" + operation.method());
        }
        if (service.equals("budgets")) {
            return List.of(prefix + (name.startsWith("Describe") ? ":ViewBudget" : ":ModifyBudget"));
        }
        return BY_OPERATION.getOrDefault(service + " " + name, List.of(name)).stream()
                .map(each -> each.contains(":") ? each : prefix + ":" + each)
                .toList();
    }
}
