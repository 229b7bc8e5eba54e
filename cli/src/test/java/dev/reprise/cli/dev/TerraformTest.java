package dev.reprise.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.LogLevel;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineStatus;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.StateMachineVersionListItem;
import software.amazon.awssdk.services.sfn.model.Tag;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResultCode;

/**
 * What Terraform asks for an {@code aws_sfn_state_machine}, in its order: plan, create, read, update, change of tags,
 * destroy.
 */
class TerraformTest {

    private static final String ROLE = "arn:aws:iam::000000000000:role/machine";
    private static final String OTHER_ROLE = "arn:aws:iam::000000000000:role/other";
    private static final String FIRST = "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";
    private static final String SECOND =
            "{\n  \"StartAt\": \"P\",\n  \"States\": {\"P\": {\"Type\": \"Succeed\"}}\n}\n";

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @TempDir
    Path folder;

    @Test
    void aStateMachineIsMadeChangedAndDestroyed() throws Exception {
        try (DevProcess dev = DevProcess.start(folder, "--in-memory");
                SfnClient client = dev.client()) {
            plan(client, FIRST);
            String arn = create(client);
            read(client, arn, FIRST, ROLE, 1);
            update(client, arn);
            read(client, arn, SECOND, OTHER_ROLE, 2);
            tags(client, arn);
            assertThat(dev.run(client, "orders", "{}").stateMachineArn()).isEqualTo(arn);
            destroy(client, arn);
        }
    }

    private static void plan(SfnClient client, String definition) {
        assertThat(client.validateStateMachineDefinition(
                                request -> request.definition(definition).type(StateMachineType.STANDARD))
                        .result())
                .isEqualTo(ValidateStateMachineDefinitionResultCode.OK);
    }

    private static String create(SfnClient client) {
        return client.createStateMachine(request -> request.name("orders")
                        .definition(FIRST)
                        .roleArn(ROLE)
                        .type(StateMachineType.STANDARD)
                        .publish(true)
                        .tags(tag("team", "shop"), tag("stage", "dev"))
                        .loggingConfiguration(
                                logging -> logging.level(LogLevel.ERROR).includeExecutionData(true))
                        .tracingConfiguration(tracing -> tracing.enabled(true)))
                .stateMachineArn();
    }

    /** What comes back must be what was given, or each plan would show a change. */
    private static void read(SfnClient client, String arn, String definition, String role, int version) {
        DescribeStateMachineResponse read = client.describeStateMachine(request -> request.stateMachineArn(arn));
        assertThat(read.stateMachineArn()).isEqualTo(arn);
        assertThat(read.name()).isEqualTo("orders");
        assertThat(read.definition()).isEqualTo(definition);
        assertThat(read.roleArn()).isEqualTo(role);
        assertThat(read.type()).isEqualTo(StateMachineType.STANDARD);
        assertThat(read.status()).isEqualTo(StateMachineStatus.ACTIVE);
        assertThat(read.creationDate()).isNotNull();
        assertThat(read.loggingConfiguration().level()).isEqualTo(LogLevel.ERROR);
        assertThat(read.loggingConfiguration().includeExecutionData()).isTrue();
        assertThat(read.tracingConfiguration().enabled()).isTrue();
        List<StateMachineVersionListItem> versions = client.listStateMachineVersions(
                        request -> request.stateMachineArn(arn))
                .stateMachineVersions();
        assertThat(versions).hasSize(version);
        assertThat(versions.getFirst().stateMachineVersionArn())
                .as("the newest first")
                .isEqualTo(arn + ":" + version);
        assertThat(client.listTagsForResource(request -> request.resourceArn(arn))
                        .tags())
                .containsExactlyInAnyOrder(tag("team", "shop"), tag("stage", "dev"));
    }

    /** With the description empty, as Terraform has it. */
    private static void update(SfnClient client, String arn) {
        String before = client.describeStateMachine(request -> request.stateMachineArn(arn))
                .revisionId();
        assertThat(client.updateStateMachine(request -> request.stateMachineArn(arn)
                                .definition(SECOND)
                                .roleArn(OTHER_ROLE)
                                .publish(true)
                                .versionDescription(""))
                        .stateMachineVersionArn())
                .isEqualTo(arn + ":2");
        assertThat(client.describeStateMachine(request -> request.stateMachineArn(arn))
                        .revisionId())
                .isNotNull()
                .isNotEqualTo(before);
    }

    private static void tags(SfnClient client, String arn) {
        client.untagResource(request -> request.resourceArn(arn).tagKeys("stage"));
        client.tagResource(request -> request.resourceArn(arn).tags(tag("team", "warehouse")));
        assertThat(client.listTagsForResource(request -> request.resourceArn(arn))
                        .tags())
                .containsExactly(tag("team", "warehouse"));
    }

    private static void destroy(SfnClient client, String arn) throws InterruptedException {
        client.deleteStateMachine(request -> request.stateMachineArn(arn));
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        assertThat(client.describeStateMachine(request -> request.stateMachineArn(arn))
                                        .status())
                                .isEqualTo(StateMachineStatus.DELETING);
                        Thread.sleep(100);
                    }
                })
                .isInstanceOf(StateMachineDoesNotExistException.class);
    }
}
