package dev.reprise.task.aws.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.Resource;
import dev.reprise.execution.StatesError;
import dev.reprise.task.Job;
import dev.reprise.task.Job.Progress;
import dev.reprise.task.RequestProblem;
import dev.reprise.task.RequestTemplate;
import dev.reprise.task.StubService;
import dev.reprise.task.StubService.Answer;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskContext;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import dev.reprise.task.aws.ServiceCalls;
import dev.reprise.task.aws.client.AssumedRoles;
import dev.reprise.task.aws.client.AwsAccess;
import dev.reprise.task.aws.client.AwsCall;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.Connections;
import dev.reprise.task.aws.client.Endpoints;
import dev.reprise.task.aws.model.Operation;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** The integrations against a stub: what they ask, what they make of the answer, and how they wait for jobs. */
class OptimisedIntegrationsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EXECUTION = "arn:aws:states:us-east-1:111111111111:execution:orders:2f6c";

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private StubService stub;
    private AwsClient client;
    private OptimisedIntegrations integrations;

    @BeforeEach
    void start() throws Exception {
        stub = new StubService();
        client = new AwsClient(
                new Endpoints(
                        () -> "us-east-1",
                        Endpoints.configured(
                                Map.of(),
                                Map.of("AWS_ENDPOINT_URL", stub.endpoint().toString())),
                        List.of()),
                () -> AwsBasicCredentials.create("a", "b"),
                AwsAccess.allowed(),
                new Connections(1_000_000),
                Clock.systemUTC());
        integrations = new OptimisedIntegrations(
                new ServiceCalls(new TaskThreads(executor), client, new AssumedRoles(client, Clock.systemUTC())));
    }

    @AfterEach
    void stop() {
        client.close();
        stub.close();
        executor.shutdownNow();
    }

    @Test
    void everyActionIsOneOfItsService() {
        OptimisedIntegrations.all()
                .forEach((name, service) -> service.actions().forEach((action, what) -> {
                    assertThat(what.asked()).as(name + ":" + action).isNotNull();
                    JobKind job = what.job();
                    if (job != null) {
                        Operation describe = what.model().operation(job.describe());
                        assertThat(describe)
                                .as(name + ":" + action + " " + job.describe())
                                .isNotNull();
                        assertMembers(describe, job.request());
                        if (job.cancel() != null) {
                            Operation cancel = what.model().operation(job.cancel());
                            assertThat(cancel)
                                    .as(name + ":" + action + " " + job.cancel())
                                    .isNotNull();
                            assertMembers(cancel, job.cancelRequest());
                        }
                    }
                }));
    }

    private static void assertMembers(Operation operation, RequestForm form) {
        form.form()
                .fieldNames()
                .forEachRemaining(field -> assertThat(operation.input().member(field))
                        .as(operation.name() + "." + field)
                        .isNotNull());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        dynamodb:getItem | {"TableName": "t", "Key": {"id": {"S": "1"}}} | DynamoDB_20120810.GetItem | {"TableName":"t","Key":{"id":{"S":"1"}}} | {"Item": {"id": {"S": "1"}}} | {"Item": {"id": {"S": "1"}}}
        sqs:sendMessage | {"QueueUrl": "http://q/1", "MessageBody": {"a": 1}} | AmazonSQS.SendMessage | {"QueueUrl":"http://q/1","MessageBody":"{\\"a\\":1}"} | {"MessageId": "m", "MD5OfMessageBody": "x"} | {"MessageId": "m", "MD5OfMessageBody": "x"}
        ecs:runTask | {"TaskDefinition": "t", "LaunchType": "FARGATE", "ClientToken": "k"} | AmazonEC2ContainerServiceV20141113.RunTask | {"taskDefinition":"t","launchType":"FARGATE","clientToken":"k"} | {"tasks": [{"taskArn": "arn"}], "failures": [{"reason": "r"}]} | {"Tasks": [{"TaskArn": "arn"}], "Failures": [{"Reason": "r"}]}
        glue:startJobRun | {"JobName": "j", "Arguments": {"--a": "1"}} | AWSGlue.StartJobRun | {"JobName":"j","Arguments":{"--a":"1"}} | {"JobRunId": "r"} | {"JobRunId": "r", "JobName": "j"}
        athena:getQueryExecution | {"QueryExecutionId": "q"} | AmazonAthena.GetQueryExecution | {"QueryExecutionId":"q"} | {"QueryExecution": {"SubmissionTime": 1.5}} | {"QueryExecution": {}}
        elasticmapreduce:createCluster | {"Name": "c", "Instances": {"InstanceCount": 1}} | ElasticMapReduce.RunJobFlow | {"Name":"c","Instances":{"InstanceCount":1}} | {"JobFlowId": "j-1", "ClusterArn": "arn"} | {"ClusterId": "j-1", "ClusterArn": "arn"}
        elasticmapreduce:addStep | {"ClusterId": "j-1", "Step": {"Name": "s", "HadoopJarStep": {"Jar": "x"}}} | ElasticMapReduce.AddJobFlowSteps | {"JobFlowId":"j-1","Steps":[{"Name":"s","HadoopJarStep":{"Jar":"x"}}]} | {"StepIds": ["s-1"]} | {"StepId": "s-1", "ClusterId": "j-1"}
        elasticmapreduce:cancelStep | {"ClusterId": "j-1", "StepId": "s-1"} | ElasticMapReduce.CancelSteps | {"ClusterId":"j-1","StepIds":["s-1"]} | {} | {}
        elasticmapreduce:terminateCluster | {"ClusterId": "j-1"} | ElasticMapReduce.TerminateJobFlows | {"JobFlowIds":["j-1"]} |  | {"ClusterId": "j-1"}
        elasticmapreduce:setClusterTerminationProtection | {"ClusterId": "j-1", "TerminationProtected": true} | ElasticMapReduce.SetTerminationProtection | {"JobFlowIds":["j-1"],"TerminationProtected":true} |  | {}
        codebuild:startBuild | {"ProjectName": "p", "IdempotencyToken": "k"} | CodeBuild_20161006.StartBuild | {"projectName":"p","idempotencyToken":"k"} | {"build": {"id": "p:1"}} | {"Build": {"Id": "p:1"}}
        sagemaker:createModel | {"ModelName": "m", "ExecutionRoleArn": "r"} | SageMaker.CreateModel | {"ModelName":"m","ExecutionRoleArn":"r","Tags":[{"Key":"reprise:idempotency-token","Value":"3c6e0b8a-9c15-324a-8228-b9a98ca1531d"}]} | {"ModelArn": "arn"} | {"ModelArn": "arn"}
        """)
    void aServiceIsAskedInItsOwnWordsAndItsAnswerIsThatOfWorkflows(
            String action, String input, String target, String body, String answer, String result) throws Exception {
        stub.answers(Answer.json(answer == null ? "" : answer));

        JsonNode output = run("arn:aws:states:::" + action, input);

        assertThat(stub.received()).singleElement().satisfies(request -> {
            assertThat(request.header("X-Amz-Target")).isEqualTo(target);
            assertThat(request.header("Authorization")).startsWith("AWS4-HMAC-SHA256 Credential=a/");
            assertThat(JSON.readTree(request.body())).isEqualTo(JSON.readTree(body));
        });
        assertThat(output.at("/SdkHttpMetadata/HttpStatusCode").intValue()).isEqualTo(200);
        assertThat(output.at("/SdkHttpMetadata/AllHttpHeaders/Content-type/0").asText() + output)
                .contains("application/json");
        assertThat(output.at("/SdkResponseMetadata/RequestId").textValue()).isEqualTo("request-1");
        ObjectNode plain = output.deepCopy();
        plain.remove(List.of("SdkHttpMetadata", "SdkResponseMetadata"));
        if (plain.at("/QueryExecution/SubmissionTime").isTextual()) {
            plain.withObject("/QueryExecution").removeAll();
        }
        assertThat(plain).isEqualTo(JSON.readTree(result));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        batch:submitJob | {"JobName": "n", "JobQueue": "q", "JobDefinition": "d"} | POST /v1/submitjob | {"jobName":"n","jobQueue":"q","jobDefinition":"d"}
        eks:createNodegroup | {"ClusterName": "c", "NodegroupName": "n", "NodeRole": "r", "Subnets": ["s"], "ClientRequestToken": "k"} | POST /clusters/c/node-groups | {"nodegroupName":"n","nodeRole":"r","subnets":["s"],"clientRequestToken":"k"}
        databrew:startJobRun | {"Name": "a b"} | POST /jobs/a%20b/startJobRun |
        emr-containers:createVirtualCluster | {"Name": "v", "ClientToken": "k", "ContainerProvider": {"Type": "EKS", "Id": "i"}} | POST /virtualclusters | {"name":"v","clientToken":"k","containerProvider":{"type":"EKS","id":"i"}}
        emr-serverless:startApplication | {"ApplicationId": "a"} | POST /applications/a/start |
        mediaconvert:createJob | {"Role": "r", "ClientRequestToken": "k", "Settings": {"TimecodeConfig": {"Source": "ZEROBASED"}}} | POST /2017-08-29/jobs | {"role":"r","clientRequestToken":"k","settings":{"timecodeConfig":{"source":"ZEROBASED"}}}
        """)
    void aServiceWithPathsIsAskedByThem(String action, String input, String line, String body) throws Exception {
        stub.answers(Answer.json("{}"));

        run("arn:aws:states:::" + action, input);

        assertThat(stub.received()).singleElement().satisfies(request -> {
            assertThat(request.method() + " " + request.uri()).isEqualTo(line);
            if (body != null) {
                assertThat(JSON.readTree(request.body())).isEqualTo(JSON.readTree(body));
            }
        });
    }

    @Test
    void aMessageIsPublishedAsAForm() throws Exception {
        stub.answers(new Answer(200, Map.of("Content-Type", "text/xml"), """
            <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>
              <MessageId>m-1</MessageId></PublishResult>
              <ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></PublishResponse>\
            """));

        JsonNode output = run("arn:aws:states:::sns:publish", """
            {"TopicArn": "arn:t", "Message": {"a": "b c"},
             "MessageAttributes": {"kind": {"DataType": "String", "StringValue": "x&y"}}}\
            """);

        assertThat(output.get("MessageId").textValue()).isEqualTo("m-1");
        assertThat(stub.received().getFirst().body())
                .isEqualTo("Action=Publish&Version=2010-03-31&TopicArn=arn%3At&Message=%7B%22a%22%3A%22b%20c%22%7D"
                        + "&MessageAttributes.entry.1.Name=kind"
                        + "&MessageAttributes.entry.1.Value.DataType=String"
                        + "&MessageAttributes.entry.1.Value.StringValue=x%26y");
    }

    @Test
    void eventsNameTheExecutionAmongTheirResources() throws Exception {
        stub.answers(Answer.json("{\"Entries\": [{\"EventId\": \"e\"}], \"FailedEntryCount\": 0}"));

        JsonNode output = run(
                "arn:aws:states:::events:putEvents",
                "{\"Entries\": [{\"Detail\": {\"a\": 1}, \"DetailType\": \"d\", \"Source\": \"s\", \"Resources\":"
                        + " [\"r\"]}]}");

        assertThat(output).isEqualTo(JSON.readTree("{\"Entries\": [{\"EventId\": \"e\"}], \"FailedEntryCount\": 0}"));
        assertThat(JSON.readTree(stub.received().getFirst().body())).isEqualTo(JSON.readTree("""
            {"Entries": [{"Detail": "{\\"a\\":1}", "DetailType": "d", "Source": "s", "Resources": ["r",
              "arn:aws:states:us-east-1:111111111111:execution:orders:2f6c",
              "arn:aws:states:us-east-1:111111111111:stateMachine:orders"]}]}\
            """));
    }

    @Test
    void soDoThoseOfAnExpressExecution() throws Exception {
        String express = "arn:aws:states:us-east-1:111111111111:express:orders:2f6c:3a7b";
        stub.answers(Answer.json("{\"Entries\": [{\"EventId\": \"e\"}], \"FailedEntryCount\": 0}"));

        new TaskRunners(integrations)
                .find(Resource.parse("arn:aws:states:::events:putEvents"))
                .run(new TaskCall(
                        "arn:aws:states:::events:putEvents",
                        JSON.readTree("{\"Entries\": [{\"Source\": \"s\"}]}"),
                        new TaskContext(express, "/", "S", 0, "key", null),
                        null))
                .await()
                .atMost(Duration.ofSeconds(20));

        assertThat(JSON.readTree(stub.received().getFirst().body()).at("/Entries/0/Resources"))
                .extracting(JsonNode::textValue)
                .containsExactly(express, "arn:aws:states:us-east-1:111111111111:stateMachine:orders");
    }

    @Test
    void anEventThatTheBusDoesNotTakeFailsTheTask() {
        String answer = "{\"FailedEntryCount\":1,\"Entries\":[{\"ErrorCode\":\"MalformedDetail\"}]}";
        stub.answers(Answer.json(answer));

        StatesError error = failure("arn:aws:states:::events:putEvents", "{\"Entries\": [{\"Detail\": \"no\"}]}");

        assertThat(error.error()).isEqualTo("EventBridge.FailedEntry");
        assertThat(error.cause()).contains("\"ErrorCode\":\"MalformedDetail\"").contains("\"FailedEntryCount\":1");
    }

    @Test
    void aModelIsAskedInJsonAndItsAnswerIsJson() throws Exception {
        stub.answers(new Answer(200, Map.of("Content-Type", "application/json"), "{\"results\": [1]}"));

        JsonNode output = run(
                "arn:aws:states:::bedrock:invokeModel",
                "{\"ModelId\": \"amazon.titan:0\", \"Body\": {\"inputText\": \"hi\"}}");

        assertThat(output)
                .isEqualTo(JSON.readTree("{\"Body\": {\"results\": [1]}, \"ContentType\": \"application/json\"}"));
        assertThat(stub.received()).singleElement().satisfies(request -> {
            assertThat(request.uri()).isEqualTo("/model/amazon.titan%3A0/invoke");
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
            assertThat(request.body()).isEqualTo("{\"inputText\":\"hi\"}");
        });
    }

    @Test
    void whatAModelIsAskedAndAnswersMayStandInS3() throws Exception {
        stub.answers(new Answer(200, Map.of(), "{\"inputText\":\"hi\"}"))
                .answers(new Answer(200, Map.of("Content-Type", "application/json"), "{\"results\":[1]}"))
                .answers(new Answer(200, Map.of(), ""));

        JsonNode output = run("arn:aws:states:::bedrock:invokeModel", """
            {"ModelId": "m", "Input": {"S3Uri": "s3://in/a/b.json"}, "Output": {"S3Uri": "s3://out/c.json"}}\
            """);

        assertThat(output.get("Body").textValue()).isEqualTo("s3://out/c.json");
        assertThat(stub.received())
                .extracting(request -> request.method() + " " + request.uri() + " " + request.body())
                .containsExactly(
                        "GET /in/a/b.json ",
                        "POST /model/m/invoke {\"inputText\":\"hi\"}",
                        "PUT /out/c.json {\"results\":[1]}");
    }

    @ParameterizedTest
    @CsvSource({
        "dynamodb:putItem, 400, ResourceNotFoundException, DynamoDB.ResourceNotFoundException, AmazonDynamoDBv2",
        "dynamodb:putItem, 400, ValidationException, DynamoDB.AmazonDynamoDBException, AmazonDynamoDBv2",
        "sqs:sendMessage, 400, NoSuchThing, SQS.AmazonSQSException, AmazonSQS",
        "batch:submitJob, 403, AccessDenied, Batch.AWSBatchException, AWSBatch",
        "glue:startJobRun, 400, ConcurrentRunsExceededException, Glue.ConcurrentRunsExceededException, AWSGlue",
        "ecs:runTask, 400, ClusterNotFoundException, ECS.ClusterNotFoundException, AmazonECS",
        "athena:startQueryExecution, 400, InvalidRequestException, Athena.InvalidRequestException, AmazonAthena"
    })
    void errorsHaveTheNamesOfTheOlderSdk(String action, int status, String code, String error, String service) {
        stub.answers(Answer.error(status, code, "it says why"));

        assertThat(failure("arn:aws:states:::" + action, "{}"))
                .isEqualTo(new StatesError(
                        error,
                        "it says why (Service: " + service + "; Status Code: " + status + "; Error Code: " + code
                                + "; Request ID: request-1; Proxy: null)"));
    }

    @Test
    void theCodeOfTheOlderProtocolIsTold() {
        stub.answers(new Answer(
                400,
                Map.of("x-amzn-query-error", "MissingParameter;Sender"),
                "{\"__type\": \"com.amazonaws.sqs#MissingRequiredParameterException\", \"message\": \"no body\"}"));

        assertThat(failure("arn:aws:states:::sqs:sendMessage", "{\"QueueUrl\": \"q\"}"))
                .isEqualTo(new StatesError(
                        "SQS.AmazonSQSException",
                        "no body (Service: AmazonSQS; Status Code: 400; Error Code: MissingParameter; Request ID:"
                                + " request-1; Proxy: null)"));
    }

    /** Begun, running, done: what is asked of each, and what the task gives. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        athena:startQueryExecution | {"QueryString": "select 1"} | {"QueryExecutionId": "q"} | {"QueryExecution": {"Status": {"State": "RUNNING"}}} | {"QueryExecution": {"Status": {"State": "SUCCEEDED"}}} | {"QueryExecution": {"Status": {"State": "SUCCEEDED"}}} | {"QueryExecutionId":"q"}
        batch:submitJob | {"JobName": "n"} | {"jobId": "j"} | {"jobs": [{"status": "RUNNABLE"}]} | {"jobs": [{"jobId": "j", "status": "SUCCEEDED"}]} | {"JobId": "j", "Status": "SUCCEEDED"} | {"jobs":["j"]}
        codebuild:startBuild | {"ProjectName": "p"} | {"build": {"id": "p:1"}} | {"builds": [{"buildStatus": "IN_PROGRESS"}]} | {"builds": [{"id": "p:1", "buildStatus": "SUCCEEDED"}]} | {"Build": {"Id": "p:1", "BuildStatus": "SUCCEEDED"}} | {"ids":["p:1"]}
        ecs:runTask | {"TaskDefinition": "t"} | {"tasks": [{"taskArn": "t-1", "clusterArn": "c"}]} | {"tasks": [{"lastStatus": "PENDING"}]} | {"tasks": [{"taskArn": "t-1", "lastStatus": "STOPPED", "containers": [{"exitCode": 0}]}]} | {"TaskArn": "t-1", "LastStatus": "STOPPED", "Containers": [{"ExitCode": 0}]} | {"cluster":"c","tasks":["t-1"]}
        glue:startJobRun | {"JobName": "j"} | {"JobRunId": "r"} | {"JobRun": {"JobRunState": "STARTING"}} | {"JobRun": {"Id": "r", "JobRunState": "SUCCEEDED"}} | {"Id": "r", "JobRunState": "SUCCEEDED"} | {"JobName":"j","RunId":"r"}
        sagemaker:createTrainingJob | {"TrainingJobName": "T"} | {"TrainingJobArn": "arn:t"} | {"TrainingJobStatus": "InProgress"} | {"TrainingJobName": "T", "TrainingJobStatus": "Completed"} | {"TrainingJobName": "T", "TrainingJobStatus": "Completed"} | {"TrainingJobName":"T"}
        elasticmapreduce:addStep | {"ClusterId": "c", "Step": {"Name": "s"}} | {"StepIds": ["s-1"]} | {"Step": {"Status": {"State": "PENDING"}}} | {"Step": {"Status": {"State": "COMPLETED"}}} | {"Step": {"Status": {"State": "COMPLETED"}}} | {"ClusterId":"c","StepId":"s-1"}
        elasticmapreduce:createCluster | {"Name": "c"} | {"JobFlowId": "j-1"} | {"Cluster": {"Status": {"State": "STARTING"}}} | {"Cluster": {"Id": "j-1", "Status": {"State": "WAITING"}}} | {"ClusterId": "j-1", "Cluster": {"Id": "j-1", "Status": {"State": "WAITING"}}} | {"ClusterId":"j-1"}
        """)
    void aJobIsDescribedUntilItIsDone(
            String action, String input, String begun, String running, String done, String result, String asked)
            throws Exception {
        stub.answers(Answer.json(begun)).answers(Answer.json(running)).answers(Answer.json(done));
        Job job = integrations.job(Resource.parse("arn:aws:states:::" + action + ".sync"));

        JsonNode response = job.submit(call("arn:aws:states:::" + action + ".sync", input))
                .await()
                .atMost(Duration.ofSeconds(20));
        Job.Submission submission = new Job.Submission(action, response, "key", null);

        assertThat(poll(job, submission)).isEqualTo(new Progress.Running(null));
        assertThat(poll(job, submission)).isEqualTo(new Progress.Succeeded(JSON.readTree(result)));
        assertThat(JSON.readTree(stub.received().get(1).body())).isEqualTo(JSON.readTree(asked));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        batch:submitJob | {"JobId": "j"} | {"jobs": [{"status": "FAILED"}]} | {"Status":"FAILED"}
        ecs:runTask | {"Tasks": [{"TaskArn": "t", "ClusterArn": "c"}]} | {"tasks": [{"lastStatus": "STOPPED", "containers": [{"exitCode": 0}, {"exitCode": 3}]}]} | {"Containers":[{"ExitCode":0},{"ExitCode":3}],"LastStatus":"STOPPED"}
        glue:startJobRun | {"JobName": "j", "JobRunId": "r"} | {"JobRun": {"JobRunState": "TIMEOUT"}} | {"JobRunState":"TIMEOUT"}
        """)
    void aJobThatFailedFailsTheTaskWithWhatTheServiceSaysOfIt(
            String action, String response, String answer, String cause) throws Exception {
        stub.answers(Answer.json(answer));
        Job job = integrations.job(Resource.parse("arn:aws:states:::" + action + ".sync"));

        Progress progress = poll(job, new Job.Submission(action, JSON.readTree(response), "key", null));

        StatesError error = ((Progress.Failed) progress).error();
        assertThat(error.error()).isEqualTo("States.TaskFailed");
        assertThat(JSON.readTree(error.cause())).isEqualTo(JSON.readTree(cause));
    }

    @Test
    void aClusterIsDeletedWhenThereIsNoneAnyMore() throws Exception {
        stub.answers(Answer.json("{\"cluster\": {\"name\": \"c\", \"status\": \"DELETING\"}}"))
                .answers(Answer.error(404, "ResourceNotFoundException", "no cluster"));
        Job job = integrations.job(Resource.parse("arn:aws:states:::eks:deleteCluster.sync"));
        JsonNode response = JSON.readTree("{\"Cluster\": {\"Name\": \"c\"}}");
        Job.Submission submission = new Job.Submission("eks", response, "key", null);

        assertThat(poll(job, submission)).isEqualTo(new Progress.Running(null));
        assertThat(poll(job, submission)).isEqualTo(new Progress.Succeeded(response));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        InstanceFleet | ListInstanceFleets | ModifyInstanceFleet | {"TargetOnDemandCapacity": 8} | {"ClusterId":"c","InstanceFleet":{"TargetOnDemandCapacity":8,"InstanceFleetId":"i-2"}}
        InstanceGroup | ListInstanceGroups | ModifyInstanceGroups | {"InstanceCount": 8} | {"ClusterId":"c","InstanceGroups":[{"InstanceCount":8,"InstanceGroupId":"i-2"}]}
        """)
    void whatAClusterHasSeveralOfIsModifiedByItsName(
            String kind, String list, String modify, String change, String body) throws Exception {
        String first = "{\"" + kind + "s\": [{\"Id\": \"i-1\", \"Name\": \"a\"}], \"Marker\": \"m\"}";
        String second = "{\"" + kind + "s\": [{\"Id\": \"i-2\", \"Name\": \"b\"}]}";
        stub.answers(Answer.json(first)).answers(Answer.json(second)).answers(new Answer(200, Map.of(), ""));
        String request = "{\"ClusterId\": \"c\", \"%1$sName\": \"b\", \"%1$s\": %2$s}".formatted(kind, change);

        run("arn:aws:states:::elasticmapreduce:modify" + kind + "ByName", request);

        assertThat(stub.received())
                .extracting(received -> received.header("X-Amz-Target") + " " + received.body())
                .containsExactly(
                        "ElasticMapReduce." + list + " {\"ClusterId\":\"c\"}",
                        "ElasticMapReduce." + list + " {\"ClusterId\":\"c\",\"Marker\":\"m\"}",
                        "ElasticMapReduce." + modify + " " + body);

        stub.answers(Answer.json(second));
        assertThat(failure(
                        "arn:aws:states:::elasticmapreduce:modify" + kind + "ByName",
                        request.replace("\"b\"", "\"none\"")))
                .isEqualTo(new StatesError(
                        "ElasticMapReduce.InvalidRequestException",
                        "The cluster c has no " + kind + " of the name \"none\""));
    }

    @ParameterizedTest
    @CsvSource({"400, ThrottlingException", "503, Busy"})
    void aServiceThatIsTooBusyToTellFailsNoJob(int status, String code) throws Exception {
        for (int attempt = 0; attempt < 3; attempt++) {
            stub.answers(Answer.error(status, code, "later"));
        }
        stub.answers(Answer.json("{\"JobRun\": {\"JobRunState\": \"SUCCEEDED\"}}"));
        Job job = integrations.job(Resource.parse("arn:aws:states:::glue:startJobRun.sync"));
        Job.Submission submission =
                new Job.Submission("glue", JSON.readTree("{\"JobName\": \"j\", \"JobRunId\": \"r\"}"), "key", null);

        assertThat(catchThrowable(() -> poll(job, submission)))
                .isInstanceOf(IllegalStateException.class)
                .isNotInstanceOf(TaskException.class);
        assertThat(poll(job, submission)).isInstanceOf(Progress.Succeeded.class);
    }

    @Test
    void aServiceThatRefusesToTellFailsTheTask() throws Exception {
        stub.answers(Answer.error(400, "AccessDeniedException", "not you"));
        Job job = integrations.job(Resource.parse("arn:aws:states:::glue:startJobRun.sync"));
        Job.Submission submission =
                new Job.Submission("glue", JSON.readTree("{\"JobName\": \"j\", \"JobRunId\": \"r\"}"), "key", null);

        assertThat(catchThrowable(() -> poll(job, submission))).isInstanceOf(TaskException.class);
    }

    /** CodeBuild's model does not say that the field is a token, but CodeBuild takes it for one. */
    @ParameterizedTest
    @CsvSource({"startBuild", "startBuildBatch", "retryBuildBatch"})
    void aBuildThatIsBegunAgainAfterACrashIsTheSame(String action) throws Exception {
        String resource = "arn:aws:states:::codebuild:" + action + ".sync";
        Job job = integrations.job(Resource.parse(resource));
        for (int time = 0; time < 2; time++) {
            stub.answers(Answer.json("{}"));
            job.submit(call(resource, "{}")).await().atMost(Duration.ofSeconds(20));
        }

        assertThat(stub.received())
                .extracting(request ->
                        JSON.readTree(request.body()).path("idempotencyToken").asText())
                .containsExactly(AwsCall.token("key"), AwsCall.token("key"));
    }

    @Test
    void aTaskThatFoundNoPlaceFailsWhoWaitsForIt() {
        String answer = "{\"tasks\": [], \"failures\": [{\"reason\": \"RESOURCE:MEMORY\"}]}";
        stub.answers(Answer.json(answer)).answers(Answer.json(answer));
        Job job = integrations.job(Resource.parse("arn:aws:states:::ecs:runTask.sync"));

        TaskException failure = (TaskException) catchThrowable(
                () -> job.submit(call("arn:aws:states:::ecs:runTask.sync", "{\"TaskDefinition\": \"t\"}"))
                        .await()
                        .atMost(Duration.ofSeconds(20)));

        assertThat(failure.error().error()).isEqualTo("AmazonECS.Unknown");
        assertThat(failure("arn:aws:states:::ecs:runTask.waitForTaskToken", "{\"TaskDefinition\": \"t\"}")
                        .error())
                .isEqualTo("AmazonECS.Unknown");
    }

    @Test
    void aJobThatNobodyWaitsForIsStopped() throws Exception {
        stub.answers(Answer.json("{}"));
        Job job = integrations.job(Resource.parse("arn:aws:states:::glue:startJobRun.sync"));

        job.cancel(new Job.Submission("glue", JSON.readTree("{\"JobName\": \"j\", \"JobRunId\": \"r\"}"), "key", null))
                .await()
                .atMost(Duration.ofSeconds(20));

        assertThat(stub.received()).singleElement().satisfies(request -> {
            assertThat(request.header("X-Amz-Target")).isEqualTo("AWSGlue.BatchStopJobRun");
            assertThat(request.body()).isEqualTo("{\"JobName\":\"j\",\"JobRunIds\":[\"r\"]}");
        });
    }

    @Test
    void ofALongResponseOnlyIsKeptWhatTheJobIsKnownBy() throws Exception {
        stub.answers(Answer.json("{\"job\": {\"id\": \"j\", \"role\": \"%s\"}}".formatted("r".repeat(40_000))));
        Job job = integrations.job(Resource.parse("arn:aws:states:::mediaconvert:createJob.sync"));

        assertThat(job.submit(call("arn:aws:states:::mediaconvert:createJob.sync", "{}"))
                        .await()
                        .atMost(Duration.ofSeconds(20)))
                .isEqualTo(JSON.readTree("{\"Job\": {\"Id\": \"j\"}}"));
    }

    @Test
    void aFieldThatAServiceDoesNotHaveIsAProblemBeforeItRuns() throws Exception {
        TaskRunners runners = new TaskRunners(integrations);

        assertThat(runners.problems(
                        Resource.parse("arn:aws:states:::ecs:runTask.sync"),
                        new RequestTemplate(JSON.readTree("{\"launchType\": \"FARGATE\"}"), QueryLanguage.JSONPATH)))
                .containsExactly(new RequestProblem(
                        "/launchType",
                        "The field 'launchType' is not supported by Step Functions",
                        "did you mean 'LaunchType'?"));
        assertThat(runners.problems(
                        Resource.parse("arn:aws:states:::elasticmapreduce:addStep"),
                        new RequestTemplate(JSON.readTree("{\"Steps.$\": \"$.steps\"}"), QueryLanguage.JSONPATH)))
                .containsExactly(new RequestProblem(
                        "/Steps.$", "The field 'Steps' is not supported by Step Functions", "did you mean 'Step'?"));
    }

    private static TaskCall call(String resource, String input) throws Exception {
        return new TaskCall(resource, JSON.readTree(input), new TaskContext(EXECUTION, "/", "S", 0, "key", null), null);
    }

    private static Progress poll(Job job, Job.Submission submission) {
        return job.poll(submission).await().atMost(Duration.ofSeconds(20));
    }

    private JsonNode run(String resource, String input) throws Exception {
        return new TaskRunners(integrations)
                .find(Resource.parse(resource))
                .run(call(resource, input))
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private StatesError failure(String resource, String input) {
        return ((TaskException) catchThrowable(() -> run(resource, input))).error();
    }
}
