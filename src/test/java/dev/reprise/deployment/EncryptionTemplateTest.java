package dev.reprise.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A key of the user's own encrypts all that the template makes and that holds data; the function may use it for that.
 */
class EncryptionTemplateTest {

    private static final String KEY = ParametersTest.CHOICES.get("KeyArn");

    private static final List<String> QUEUES = List.of("WakeUps", "FailedWakeUps", "FailedEvents");

    private final Template without = Template.with(Map.of());
    private final Template with = Template.with(ParametersTest.CHOICES);

    /** Of what holds data, each kind, and where its key stands: a new kind has to be looked at. */
    private static final Map<String, String> KEY_OF = Map.of(
            "AWS::DynamoDB::Table", "/SSESpecification/KMSMasterKeyId",
            "AWS::SQS::Queue", "/KmsMasterKeyId",
            "AWS::Logs::LogGroup", "/KmsKeyId");

    private static final Set<String> HOLD_NO_DATA = Set.of(
            "AWS::ApiGatewayV2::Api",
            "AWS::ApiGatewayV2::Integration",
            "AWS::ApiGatewayV2::Route",
            "AWS::ApiGatewayV2::Stage",
            "AWS::CloudWatch::Alarm",
            "AWS::CloudWatch::Dashboard",
            "AWS::Events::Rule",
            "AWS::IAM::ManagedPolicy",
            "AWS::IAM::Role",
            "AWS::IAM::RolePolicy",
            "AWS::Lambda::EventSourceMapping",
            "AWS::Lambda::Permission",
            "AWS::Lambda::Url",
            "AWS::SNS::Subscription",
            "AWS::Scheduler::ScheduleGroup",
            "AWS::Serverless::Function");

    @Test
    void everythingThatHoldsDataIsEncryptedByTheKey() {
        Map<String, String> keys = new TreeMap<>();
        with.resources().forEach((name, resource) -> {
            String type = resource.path("Type").asText();
            if (!HOLD_NO_DATA.contains(type)) {
                assertThat(KEY_OF).as("where the key of a %s stands", type).containsKey(type);
                keys.put(name, resource.path("Properties").at(KEY_OF.get(type)).asText());
            }
        });

        assertThat(keys)
                .containsOnlyKeys("Table", "WakeUps", "FailedWakeUps", "FailedEvents", "Logs", "ApiLogs")
                .allSatisfy((name, key) -> assertThat(key).as(name).isEqualTo(KEY));
        for (String queue : QUEUES) {
            assertThat(with.properties(queue).path("SqsManagedSseEnabled").asBoolean(true))
                    .as(queue)
                    .isFalse();
        }
    }

    @Test
    void withoutAKeyAwsHasItsOwn() {
        JsonNode table = without.properties("Table").path("SSESpecification");
        assertThat(table.path("SSEEnabled").asBoolean()).isTrue();
        assertThat(table.has("KMSMasterKeyId")).isFalse();
        for (String queue : QUEUES) {
            assertThat(without.properties(queue).path("SqsManagedSseEnabled").asBoolean())
                    .as(queue)
                    .isTrue();
            assertThat(without.properties(queue).has("KmsMasterKeyId")).isFalse();
        }
        assertThat(without.properties("Logs").has("KmsKeyId")).isFalse();
        assertThat(keyPolicy(without)).isNull();
    }

    /** A role that could use the key by itself could decrypt what it gets hold of elsewhere. */
    @Test
    void theFunctionUsesTheKeyOnlyByTheServicesThatHoldItsData() {
        Map<String, Set<String>> actions = new TreeMap<>();
        for (JsonNode statement : keyPolicy(with)) {
            assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
            assertThat(statement.path("Resource").asText()).isEqualTo(KEY);
            assertThat(statement.path("Condition")).hasSize(1);
            actions.put(
                    statement
                            .at("/Condition/StringEquals/kms:ViaService")
                            .asText(statement.path("Condition").toString()),
                    Set.copyOf(statement
                            .path("Action")
                            .valueStream()
                            .map(JsonNode::asText)
                            .toList()));
        }

        assertThat(actions)
                .isEqualTo(Map.of(
                        "dynamodb.eu-west-1.amazonaws.com",
                        Set.of(
                                "kms:Decrypt",
                                "kms:DescribeKey",
                                "kms:Encrypt",
                                "kms:GenerateDataKey",
                                "kms:ReEncryptFrom",
                                "kms:ReEncryptTo"),
                        "sqs.eu-west-1.amazonaws.com",
                        Set.of("kms:Decrypt", "kms:GenerateDataKey"),
                        "s3.eu-west-1.amazonaws.com",
                        Set.of("kms:Decrypt", "kms:GenerateDataKey"),
                        // Of what the function does itself: only with the context that data keys of a journal have.
                        "{\"Null\":{\"kms:EncryptionContext:reprise:table\":\"false\"}}",
                        Set.of("kms:Decrypt", "kms:GenerateDataKey")));
    }

    @Test
    void whatExecutionsKnowIsSealedByTheKey() {
        JsonNode environment = with.properties("Function").at("/Environment/Variables");
        assertThat(environment.path("REPRISE_KEY_ARN").asText()).isEqualTo(KEY);
        assertThat(without.properties("Function").at("/Environment/Variables").has("REPRISE_KEY_ARN"))
                .isFalse();
    }

    @Test
    void whoHasNoBucketNeedsNoKeyForOne() {
        assertThat(keyPolicy(Template.with(Map.of("KeyArn", KEY))).findValuesAsText("kms:ViaService"))
                .containsExactly("dynamodb.eu-west-1.amazonaws.com", "sqs.eu-west-1.amazonaws.com");
    }

    /** CloudFormation would take an alias, and the function's rights would then be for no key at all. */
    @Test
    void anAliasIsRefused() {
        for (String wrong : List.of("alias/reprise", "arn:aws:kms:eu-west-1:111111111111:alias/reprise", "1234abcd")) {
            assertThatThrownBy(() -> Template.with(Map.of("KeyArn", wrong)))
                    .hasMessageContainingAll(wrong, "the ARN of a key");
        }
        assertThat(Template.with(Map.of("KeyArn", "arn:aws-us-gov:kms:us-gov-west-1:111111111111:key/mrk-1234"))
                        .resources())
                .isNotEmpty();
    }

    /** The statement that the document gives for the key's policy is for the log groups that the template makes. */
    @Test
    void theDocumentTellsWhatCloudWatchLogsNeeds() throws IOException {
        String document = Files.readString(Path.of("docs", "operations.md"));

        for (String group : List.of("Logs", "ApiLogs")) {
            String name = with.properties(group).path("LogGroupName").asText();
            String folder = name.substring(0, name.lastIndexOf('/') + 1);
            assertThat(document).contains("log-group:" + folder + "FUNCTION");
        }
        assertThat(document)
                .contains("\"Service\": \"logs.REGION.amazonaws.com\"", "kms:EncryptionContext:aws:logs:arn");
    }

    private static JsonNode keyPolicy(Template template) {
        for (JsonNode policy : template.properties("Role").path("Policies")) {
            if (policy.path("PolicyName").asText().equals("key")) {
                return policy.at("/PolicyDocument/Statement");
            }
        }
        return null;
    }
}
