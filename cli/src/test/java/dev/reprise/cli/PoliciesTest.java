package dev.reprise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.model.ServiceModel;
import dev.reprise.task.aws.model.ServiceModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the function's role has to be allowed, for definitions to do what they say. */
class PoliciesTest {

    private static final Pattern ROW =
            Pattern.compile("\\| `([a-z-]+)` \\| `([A-Za-z]+)` \\| yes \\| (yes)? ?\\| (yes)? ?\\|");

    /** Actions of IAM that are no operation of a service's. */
    private static final Set<String> NO_OPERATIONS = Set.of(
            "dynamodb:ConditionCheckItem",
            "dynamodb:PartiQLDelete",
            "dynamodb:PartiQLInsert",
            "dynamodb:PartiQLSelect",
            "dynamodb:PartiQLUpdate",
            "iam:PassRole",
            "lambda:InvokeFunction",
            "s3:GetObjectVersion",
            "s3:ListBucket",
            "s3:ListBucketVersions");

    @TempDir
    Path folder;

    private static final String ARN = "arn:${AWS::Partition}:";
    private static final String HERE = ":${AWS::Region}:${AWS::AccountId}:";

    /** A workflow of one task. */
    private String workflow(String name, String resource, String arguments) throws IOException {
        return Files.writeString(folder.resolve(name + ".asl.json"), """
            {"QueryLanguage": "JSONata", "StartAt": "Ask", "States": {"Ask": {"Type": "Task", "Resource": "%s",
             "Arguments": %s, "End": true}}}
            """.formatted(resource, arguments))
                .toString();
    }

    private static Map<String, Set<String>> resources(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "policies";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Shell shell = Shell.run(all);
        assertThat(shell.exitCode()).as(shell.err()).isZero();
        Map<String, Set<String>> byAction = new HashMap<>();
        for (JsonNode statement : statements(shell.out())) {
            for (JsonNode action : statement.path("Action")) {
                for (JsonNode resource : statement.path("Resource")) {
                    byAction.computeIfAbsent(action.asText(), unused -> new TreeSet<>())
                            .add(resource.asText());
                }
            }
        }
        return byAction;
    }

    private static JsonNode statements(String yaml) {
        try {
            return new YAMLMapper().readTree(yaml).at("/Resources/WorkflowPolicy/Properties/PolicyDocument/Statement");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Map<String, Set<String>> of(String resource, String arguments) throws IOException {
        return resources(workflow("one", resource, arguments));
    }

    // ---- every integration

    /** Each integration that there is, at once and with {@code .sync}: what it needs is known, and exists. */
    @Test
    void everyIntegrationNeedsActionsThatThereAre() throws IOException {
        Set<String> operations = operations();
        int integrations = 0;
        Set<String> needed = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "integrations.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                integrations++;
                String arn = "arn:aws:states:::" + row.group(1) + ":" + row.group(2);
                IamStatements once = needs(arn);
                assertThat(once.all()).as(arn).isNotEmpty();
                List<IamStatements.Statement> all = new ArrayList<>(once.all());
                if (row.group(3) != null) {
                    IamStatements sync = needs(arn + ".sync");
                    assertThat(actions(sync.all()))
                            .as(arn + ".sync")
                            .hasSizeGreaterThan(actions(once.all()).size());
                    all.addAll(sync.all());
                }
                needed.addAll(actions(all));
            }
        }

        assertThat(integrations).isGreaterThan(50);
        assertThat(needed)
                .allSatisfy(action -> assertThat(operations.contains(action) || NO_OPERATIONS.contains(action))
                        .as(action)
                        .isTrue());
        needed.remove("iam:PassRole");
        assertThat(IamResources.actions()).containsAll(needed);
    }

    /** A name that is misspelt in the table of resources would never be looked up. */
    @Test
    void everyActionWhoseResourcesAreKnownIsOne() {
        Set<String> known = new TreeSet<>(IamResources.actions());
        known.removeAll(operations());
        known.removeAll(NO_OPERATIONS);

        assertThat(known).isEmpty();
    }

    private static IamStatements needs(String resource) {
        ObjectNode task =
                JsonNodeFactory.instance.objectNode().put("Type", "Task").put("Resource", resource);
        task.putObject("Arguments");
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        definition.putObject("States").set("Ask", task);
        IamStatements statements = new IamStatements();
        statements.add("one", definition, Set.of());
        return statements;
    }

    private static Set<String> actions(List<IamStatements.Statement> statements) {
        Set<String> actions = new TreeSet<>();
        statements.forEach(statement -> actions.addAll(statement.actions()));
        return actions;
    }

    /** All operations of all services, as IAM calls them where it calls them by their names. */
    private static Set<String> operations() {
        Set<String> operations = new HashSet<>();
        for (ServiceModels.Listed listed : ServiceModels.all()) {
            ServiceModel model = ServiceModels.get(listed.name());
            for (Operation operation : model.operations()) {
                operations.add(model.signingName() + ":" + operation.name());
            }
        }
        return operations;
    }

    // ---- resources

    @Test
    void whatADefinitionNamesIsAllThatIsAllowed() throws IOException {
        assertThat(of("arn:aws:states:::dynamodb:putItem", "{\"TableName\": \"orders\", \"Item\": {}}"))
                .isEqualTo(Map.of("dynamodb:PutItem", Set.of(ARN + "dynamodb" + HERE + "table/orders")));
        assertThat(of(
                        "arn:aws:states:::sqs:sendMessage",
                        "{\"QueueUrl\": \"https://sqs.eu-west-1.amazonaws.com/111111111111/orders\","
                                + " \"MessageBody\": {}}"))
                .isEqualTo(Map.of("sqs:SendMessage", Set.of(ARN + "sqs:eu-west-1:111111111111:orders")));
        assertThat(of(
                        "arn:aws:states:::sns:publish",
                        "{\"TopicArn\": \"arn:aws:sns:eu-west-1:111111111111:refunds\", \"Message\": {}}"))
                .isEqualTo(Map.of("sns:Publish", Set.of("arn:aws:sns:eu-west-1:111111111111:refunds")));
        assertThat(of("arn:aws:states:::lambda:invoke", "{\"FunctionName\": \"charge\"}"))
                .isEqualTo(Map.of(
                        "lambda:InvokeFunction",
                        Set.of(
                                ARN + "lambda" + HERE + "function:charge",
                                ARN + "lambda" + HERE + "function:charge:*")));
        assertThat(of("arn:aws:lambda:eu-west-1:111111111111:function:charge", "{}"))
                .isEqualTo(Map.of(
                        "lambda:InvokeFunction",
                        Set.of(
                                "arn:aws:lambda:eu-west-1:111111111111:function:charge",
                                "arn:aws:lambda:eu-west-1:111111111111:function:charge:*")));
        assertThat(of(
                        "arn:aws:states:::events:putEvents",
                        "{\"Entries\": [{\"EventBusName\": \"shop\"}, {\"Source\": \"a\"}]}"))
                .isEqualTo(Map.of(
                        "events:PutEvents",
                        Set.of(ARN + "events" + HERE + "event-bus/default", ARN + "events" + HERE + "event-bus/shop")));
        assertThat(of("arn:aws:states:::aws-sdk:s3:headObject", "{\"Bucket\": \"data\", \"Key\": \"a/b.csv\"}"))
                .isEqualTo(Map.of("s3:GetObject", Set.of(ARN + "s3:::data/a/b.csv")));
        assertThat(of("arn:aws:states:::aws-sdk:ssm:getParameter", "{\"Name\": \"/shop/key\"}"))
                .isEqualTo(Map.of("ssm:GetParameter", Set.of(ARN + "ssm" + HERE + "parameter/shop/key")));
        assertThat(of("arn:aws:states:::bedrock:invokeModel", "{\"ModelId\": \"eu.anthropic.claude\", \"Body\": {}}"))
                .isEqualTo(Map.of(
                        "bedrock:InvokeModel",
                        Set.of(
                                ARN + "bedrock" + HERE + "inference-profile/eu.anthropic.claude",
                                ARN + "bedrock:*::foundation-model/anthropic.claude")));
    }

    @Test
    void aJobIsDescribedAndEndedToo() throws IOException {
        assertThat(of("arn:aws:states:::glue:startJobRun.sync", "{\"JobName\": \"nightly\"}"))
                .containsOnlyKeys("glue:StartJobRun", "glue:GetJobRun", "glue:BatchStopJobRun")
                .allSatisfy((action, arns) -> assertThat(arns).containsExactly(ARN + "glue" + HERE + "job/nightly"));
        assertThat(of("arn:aws:states:::glue:startJobRun", "{\"JobName\": \"nightly\"}"))
                .containsOnlyKeys("glue:StartJobRun");
        assertThat(of(
                        "arn:aws:states:::ecs:runTask.sync",
                        "{\"Cluster\": \"arn:aws:ecs:eu-west-1:111111111111:cluster/shop\","
                                + " \"TaskDefinition\": \"pack\"}"))
                .containsEntry("ecs:StopTask", Set.of(ARN + "ecs" + HERE + "task/shop/*"))
                .containsEntry("iam:PassRole", Set.of(ARN + "iam::${AWS::AccountId}:role/*"));
        assertThat(of(
                        "arn:aws:states:::sagemaker:createTrainingJob.sync",
                        "{\"TrainingJobName\": \"first\", \"RoleArn\": \"arn:aws:iam::111111111111:role/train\"}"))
                .containsKeys("sagemaker:AddTags", "sagemaker:ListTags", "sagemaker:StopTrainingJob")
                .containsEntry("iam:PassRole", Set.of("arn:aws:iam::111111111111:role/train"));
    }

    @Test
    void whatADefinitionDoesNotNameIsAnyAndACommentSaysWhere() throws IOException {
        String file = workflow(
                "orders",
                "arn:aws:states:::dynamodb:getItem",
                "{\"TableName\": \"{% $states.input.table %}\", \"Key\": {}}");
        Shell shell = Shell.run(
                "policies", file, workflow("faces", "arn:aws:states:::aws-sdk:rekognition:detectFaces", "{}"));

        assertThat(shell.out())
                .contains("# Ask of orders: the definition does not say which TableName")
                .contains("- !Sub 'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*'")
                .contains("# Ask of faces: which resources it is about is not known here")
                .contains("- 'rekognition:DetectFaces'");
        assertThat(shell.err()).isEqualTo("2 statements, 2 of them wider than need be\n");
    }

    @Test
    void pathsAreNoNames() throws IOException {
        Path file = Files.writeString(folder.resolve("paths.asl.json"), """
            {"StartAt": "Ask", "States": {"Ask": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem",
             "Parameters": {"TableName.$": "$.table", "Key": {}}, "End": true}}}
            """);

        assertThat(resources(file.toString()))
                .isEqualTo(Map.of("dynamodb:GetItem", Set.of(ARN + "dynamodb" + HERE + "table/*")));
    }

    @Test
    void whatStandsWithinMapsAndParallelsCounts() throws IOException {
        Path file = Files.writeString(folder.resolve("nested.asl.json"), """
            {"QueryLanguage": "JSONata", "StartAt": "Each", "States": {"Each": {"Type": "Map",
              "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "CSV",
                "CSVHeaderLocation": "FIRST_ROW"}, "Arguments": {"Bucket": "in", "Key": "orders.csv"}},
              "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Arguments": {"Bucket": "out", "Prefix": "done"}},
              "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "Both",
                "States": {"Both": {"Type": "Parallel", "End": true, "Branches": [
                  {"StartAt": "Send", "States": {"Send": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish",
                   "Arguments": {"TopicArn": "arn:aws:sns:eu-west-1:111111111111:t", "Message": "m"}, "End": true}}}]}}},
              "End": true}}}
            """);

        assertThat(resources(file.toString()))
                .containsEntry("s3:GetObject", Set.of(ARN + "s3:::in/orders.csv"))
                .containsEntry("s3:ListBucket", Set.of(ARN + "s3:::in"))
                .containsEntry("s3:PutObject", Set.of(ARN + "s3:::out/done*"))
                .containsEntry("sns:Publish", Set.of("arn:aws:sns:eu-west-1:111111111111:t"));
    }

    @Test
    void aConnectionIsDescribedAndItsSecretRead() throws IOException {
        assertThat(of("arn:aws:states:::http:invoke", """
            {"ApiEndpoint": "https://example.org", "Method": "GET", "Authentication":
             {"ConnectionArn": "arn:aws:events:eu-west-1:111111111111:connection/bank/0a1b"}}
            """))
                .isEqualTo(Map.of(
                        "events:DescribeConnection",
                        Set.of("arn:aws:events:eu-west-1:111111111111:connection/bank/0a1b"),
                        "secretsmanager:GetSecretValue",
                        Set.of(ARN + "secretsmanager" + HERE + "secret:events!connection/bank/*")));
    }

    @Test
    void whoAsksInTheNameOfARoleNeedsTheRoleAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("role.asl.json"), """
            {"QueryLanguage": "JSONata", "StartAt": "Ask", "States": {"Ask": {"Type": "Task",
             "Resource": "arn:aws:states:::sqs:sendMessage", "Arguments": {"QueueUrl": "q", "MessageBody": "m"},
             "Credentials": {"RoleArn": "arn:aws:iam::222222222222:role/other"}, "End": true}}}
            """);

        assertThat(resources(file.toString()))
                .isEqualTo(Map.of("sts:AssumeRole", Set.of("arn:aws:iam::222222222222:role/other")));
    }

    /** A method stands for it in the deployed function too. */
    @Test
    void whatAMethodStandsForNeedsNoLeave() throws IOException {
        Files.writeString(
                folder.resolve("tasks.json"),
                "{\"arn:aws:lambda:us-east-1:111111111111:function:charge\": \"task:charge\"}");
        String file = workflow("charged", "arn:aws:lambda:us-east-1:111111111111:function:charge:PROD", "{}");

        Shell shell = Shell.run("policies", file);

        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains("there is no policy to make");
    }

    // ---- the text

    @Test
    void jsonIsThePolicyAlone() throws IOException {
        String file =
                workflow("orders", "arn:aws:states:::dynamodb:putItem", "{\"TableName\": \"orders\", \"Item\": {}}");

        JsonNode policy = JsonText.parse(
                "out",
                Shell.run("policies", file, "--format", "json", "--region", "eu-west-1", "--account", "111111111111")
                        .out());

        assertThat(policy)
                .hasToString(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"DynamodbPutItem\",\"Effect\":\"Allow\","
                                + "\"Action\":[\"dynamodb:PutItem\"],"
                                + "\"Resource\":[\"arn:aws:dynamodb:eu-west-1:111111111111:table/orders\"]}]}");
    }

    /** Of a statement's name IAM takes letters and digits, each once. */
    @Test
    void eachStatementHasANameOfItsOwn() throws IOException {
        Set<String> names = new LinkedHashSet<>();
        workflow("one", "arn:aws:states:::emr-serverless:startJobRun.sync", "{\"ApplicationId\": \"a\"}");
        workflow("two", "arn:aws:states:::aws-sdk:dynamodb:query", "{\"TableName\": \"t\"}");

        for (JsonNode statement :
                statements(Shell.run("policies", folder.toString()).out())) {
            assertThat(statement.path("Sid").asText()).matches("[A-Za-z0-9]+");
            assertThat(names.add(statement.path("Sid").asText())).isTrue();
        }
        assertThat(names).hasSizeGreaterThan(2);
    }

    @Test
    void aDefinitionWithErrorsHasNoPolicy() throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.asl.json"), "{\"StartAt\": \"A\", \"States\": {}}");

        assertThat(Shell.run("policies", file.toString()).exitCode()).isEqualTo(1);
    }
}
