package dev.reprise.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How much the function may take, and where it is. */
class FunctionTemplateTest {

    private static final Pattern PARAMETER = Pattern.compile("(?m)^ +([A-Za-z]+)=(\\S+) \\\\$");

    private final JsonNode byDefault = Template.with(Map.of()).properties("Function");

    @Test
    void itTakesWhatTheAccountHasToSpareUnlessSomeIsKept() {
        assertThat(byDefault.has("ReservedConcurrentExecutions")).isFalse();
        assertThat(Template.with(Map.of("ReservedConcurrency", "50"))
                        .properties("Function")
                        .path("ReservedConcurrentExecutions")
                        .asText())
                .isEqualTo("50");
        // None at all is a choice: it stops the function.
        assertThat(Template.with(Map.of("ReservedConcurrency", "0"))
                        .properties("Function")
                        .path("ReservedConcurrentExecutions")
                        .asText())
                .isEqualTo("0");
    }

    @Test
    void itsStorageIsLambdasOwnDefaultOrMore() {
        assertThat(byDefault.at("/EphemeralStorage/Size").asText()).isEqualTo("512");
        assertThat(Template.with(Map.of("EphemeralStorage", "2048"))
                        .properties("Function")
                        .at("/EphemeralStorage/Size")
                        .asText())
                .isEqualTo("2048");
    }

    @Test
    void itIsInNoVpcUnlessSubnetsAreGiven() {
        Template inside = Template.with(Map.of("SubnetIds", "subnet-1, subnet-2", "SecurityGroupIds", "sg-1"));

        assertThat(byDefault.has("VpcConfig")).isFalse();
        assertThat(inside.properties("Function").path("VpcConfig"))
                .hasToString("{\"SubnetIds\":[\"subnet-1\",\"subnet-2\"],\"SecurityGroupIds\":[\"sg-1\"]}");
    }

    /** Of all that the function may, only its network interfaces have no names; and it may not touch these itself. */
    @Test
    void nothingButTheNetworkIsForEveryResource() {
        assertThat(forEverything(Template.with(Map.of()))).isEmpty();

        List<JsonNode> wide = forEverything(Template.with(ParametersTest.CHOICES));

        assertThat(wide).hasSize(2);
        assertThat(wide)
                .flatExtracting(statement -> statement
                        .path("Action")
                        .valueStream()
                        .map(JsonNode::asText)
                        .toList())
                .allSatisfy(
                        action -> assertThat(action).matches("ec2:[A-Za-z]*(NetworkInterfaces?|Subnets|Addresses)"));
        JsonNode denied = wide.get(1);
        assertThat(denied.path("Effect").asText()).isEqualTo("Deny");
        assertThat(denied.path("Action").valueStream().map(JsonNode::asText))
                .contains("ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface");
        assertThat(denied.at("/Condition/ArnEquals/lambda:SourceFunctionArn").asText())
                .isEqualTo("arn:aws:lambda:eu-west-1:111111111111:function:reprise");
    }

    private static List<JsonNode> forEverything(Template template) {
        List<JsonNode> statements = new ArrayList<>();
        for (JsonNode resource : template.resources().values()) {
            for (JsonNode document : resource.findValues("PolicyDocument")) {
                for (JsonNode statement : document.path("Statement")) {
                    if (statement.path("Resource").asText().equals("*")) {
                        statements.add(statement);
                    }
                }
            }
        }
        return statements;
    }

    @Test
    void whatWorkflowsCallIsAllowedByPoliciesOfTheirOwn() {
        assertThat(Template.with(Map.of()).properties("Role").has("ManagedPolicyArns"))
                .isFalse();
        assertThat(Template.with(Map.of("WorkflowPolicies", "arn:aws:iam::111111111111:policy/orders"))
                        .properties("Role")
                        .path("ManagedPolicyArns"))
                .hasToString("[\"arn:aws:iam::111111111111:policy/orders\"]");
    }

    /** What the file for SAM's command line sets is there to be set, to a value that it may have. */
    @Test
    void theSettingsOfTheCommandLineAreParameters() throws IOException {
        String settings = Files.readString(Path.of("infra", "samconfig.toml"));
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher matcher = PARAMETER.matcher(settings);
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2));
        }

        assertThat(parameters).containsKeys("FunctionName", "KeyArn", "FunctionUrl", "LogRetentionInDays");
        assertThat(Template.with(parameters).resources()).containsKey("Url");
        assertThat(settings).contains("capabilities = \"CAPABILITY_IAM\"");
        assertThatThrownBy(() -> Template.with(Map.of("FunctionURL", "true"))).hasMessageContaining("FunctionURL");
    }
}
