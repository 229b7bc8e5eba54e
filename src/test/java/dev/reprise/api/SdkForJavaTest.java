package dev.reprise.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.api.model.ServiceModel;
import dev.reprise.api.model.Shape;
import dev.reprise.local.server.LoopbackServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;

/**
 * The {@code sfn} client of the AWS SDK for Java: its actions and members are those of the model, and it is answered.
 */
class SdkForJavaTest {

    private static final String ROLE = "arn:aws:iam::000000000000:role/machine";
    private static final String PASS =
            "{\\\"StartAt\\\":\\\"P\\\",\\\"States\\\":{\\\"P\\\":{\\\"Type\\\":\\\"Pass\\\",\\\"End\\\":true}}}";

    /** Described by those who write them, with tests of their own. */
    private static final List<String> ELSEWHERE = List.of("events", "inspectionData");

    // ---- the model

    @Test
    void theModelHasTheActionsOfTheClient() {
        assertThat(ServiceModel.actionNames()).containsExactlyInAnyOrderElementsOf(SdkForJava.actionNames());
    }

    @TestFactory
    Stream<DynamicTest> theModelHasTheMembersOfTheClient() {
        return ServiceModel.actionNames().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    ServiceModel.Action action = ServiceModel.action(name);
                    compare(name, action.request(), SdkForJava.fields(name + "Request"));
                    compare(name, action.answer(), SdkForJava.fields(name + "Response"));
                }));
    }

    private static void compare(String place, Shape.Structure shape, List<SdkField<?>> fields) {
        assertThat(shape.members().keySet())
                .as(place)
                .containsExactlyInAnyOrderElementsOf(
                        fields.stream().map(SdkField::locationName).toList());
        for (SdkField<?> field : fields) {
            String name = field.locationName();
            if (!ELSEWHERE.contains(name)) {
                Shape.Member member = shape.members().get(name);
                compare(place + "." + name, member.shape(), field);
            }
        }
    }

    private static void compare(String place, Shape shape, SdkField<?> field) {
        MarshallingType<?> type = field.marshallingType();
        switch (shape) {
            case Shape.Structure structure -> {
                assertThat(type).as(place).isEqualTo(MarshallingType.SDK_POJO);
                compare(place, structure, field.constructor().get().sdkFields());
            }
            case Shape.Many many -> {
                assertThat(type).as(place).isEqualTo(MarshallingType.LIST);
                compare(place, many.of(), field.getTrait(ListTrait.class).memberFieldInfo());
            }
            case Shape.Named named -> assertThat(type).as(place).isEqualTo(MarshallingType.MAP);
            case Shape.Text text -> assertThat(type).as(place).isEqualTo(MarshallingType.STRING);
            case Shape.OneOf oneOf -> assertThat(type).as(place).isEqualTo(MarshallingType.STRING);
            case Shape.Flag flag -> assertThat(type).as(place).isEqualTo(MarshallingType.BOOLEAN);
            case Shape.Time time -> assertThat(type).as(place).isEqualTo(MarshallingType.INSTANT);
            case Shape.Numeric numeric ->
                assertThat(type)
                        .as(place)
                        .isIn(
                                numeric.whole()
                                        ? List.of(MarshallingType.INTEGER, MarshallingType.LONG)
                                        : List.of(MarshallingType.FLOAT, MarshallingType.DOUBLE));
        }
    }

    // ---- the client

    @TempDir
    Path folder;

    private ApiFunction function;
    private LoopbackServer server;
    private SdkForJava sdk;

    @BeforeEach
    void start() throws IOException {
        function = new ApiFunction(folder);
        server = LoopbackServer.start(0, function.endpoint());
        sdk = new SdkForJava(server.port());
    }

    @AfterEach
    void stop() {
        server.close();
        function.close();
    }

    private String create(String name, String definition, String more) {
        return sdk.ask(
                        "CreateStateMachine",
                        "{\"name\":\"" + name + "\",\"definition\":\"" + definition + "\",\"roleArn\":\"" + ROLE + "\""
                                + more + "}")
                .path("stateMachineArn")
                .asText();
    }

    private JsonNode of(String action, String member, String arn) {
        return sdk.ask(action, "{\"" + member + "\":\"" + arn + "\"}");
    }

    @Test
    void executionsAreStartedDescribedAndTold() throws InterruptedException {
        String machine = create("made", PASS, ",\"tags\":[{\"key\":\"a\",\"value\":\"1\"}]");
        JsonNode started = sdk.ask("StartExecution", "{\"stateMachineArn\":\"" + machine + "\",\"input\":\"[1]\"}");
        String arn = started.path("executionArn").asText();
        function.await(arn, "SUCCEEDED");

        JsonNode described = of("DescribeExecution", "executionArn", arn);
        assertThat(described.path("output").asText()).isEqualTo("[1]");
        assertThat(described.path("startDate").decimalValue())
                .isEqualByComparingTo(started.path("startDate").decimalValue());
        assertThat(Instant.ofEpochSecond(described.path("stopDate").longValue()))
                .isAfter(Instant.now().minusSeconds(3_600));
        JsonNode history = sdk.ask(
                "GetExecutionHistory", "{\"executionArn\":\"" + arn + "\",\"reverseOrder\":true,\"maxResults\":2}");
        assertThat(history.path("events").findValuesAsText("type"))
                .containsExactly("ExecutionSucceeded", "PassStateExited");
        assertThat(history.path("nextToken").asText()).isNotEmpty();
        assertThat(of("ListExecutions", "stateMachineArn", machine)
                        .path("executions")
                        .findValuesAsText("executionArn"))
                .containsExactly(arn);
        assertThat(of("ListTagsForResource", "resourceArn", machine).toString())
                .isEqualTo("{\"tags\":[{\"key\":\"a\",\"value\":\"1\"}]}");
    }

    @Test
    void aCallThatWaitsIsAnsweredWithWhatItCost() {
        String machine = create("fast", PASS, ",\"type\":\"EXPRESS\"");

        JsonNode ran = sdk.ask("StartSyncExecution", "{\"stateMachineArn\":\"" + machine + "\",\"input\":\"{}\"}");

        assertThat(ran.path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(ran.path("billingDetails").path("billedMemoryUsedInMB").intValue())
                .isEqualTo(64);
    }

    @Test
    void versionsAndAliasesAreMadeAndTold() {
        String machine = create("made", PASS, ",\"publish\":true");
        String version = machine + ":1";
        JsonNode alias = sdk.ask(
                "CreateStateMachineAlias",
                "{\"name\":\"PROD\",\"routingConfiguration\":[{\"stateMachineVersionArn\":\"" + version
                        + "\",\"weight\":100}]}");

        JsonNode described = of(
                "DescribeStateMachineAlias",
                "stateMachineAliasArn",
                alias.path("stateMachineAliasArn").asText());

        assertThat(described.path("routingConfiguration").toString())
                .isEqualTo("[{\"stateMachineVersionArn\":\"" + version + "\",\"weight\":100}]");
        assertThat(of("ListStateMachineVersions", "stateMachineArn", machine)
                        .findValuesAsText("stateMachineVersionArn"))
                .containsExactly(version);
    }

    @Test
    void theClientKnowsTheErrorsByTheirTypes() {
        Map<String, Runnable> refused = Map.of(
                "StateMachineDoesNotExistException",
                () -> of("DescribeStateMachine", "stateMachineArn", "arn:aws:states:us-east-1:1:stateMachine:absent"),
                "InvalidArnException",
                () -> of("DescribeExecution", "executionArn", "x"),
                "InvalidDefinitionException",
                () -> create("bad", "{}", ""),
                "ResourceNotFoundException",
                () -> of("ListTagsForResource", "resourceArn", "arn:aws:states:us-east-1:1:activity:absent"),
                "InvalidTokenException",
                () -> of("SendTaskHeartbeat", "taskToken", "x"));

        refused.forEach((type, call) -> assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(AwsServiceException.class, e -> {
                    assertThat(e.getClass().getSimpleName()).isEqualTo(type);
                    assertThat(e.statusCode()).isEqualTo(400);
                    assertThat(e.requestId()).isNotEmpty();
                }));
    }

    @Test
    void aStateIsTried() {
        JsonNode tried = sdk.ask(
                "TestState",
                "{\"definition\":\"{\\\"Type\\\":\\\"Pass\\\",\\\"Next\\\":\\\"B\\\"}\",\"roleArn\":\"" + ROLE
                        + "\",\"inspectionLevel\":\"DEBUG\"}");

        assertThat(tried.path("nextState").asText()).isEqualTo("B");
        assertThat(tried.path("inspectionData").path("input").asText()).isEqualTo("{}");
    }
}
