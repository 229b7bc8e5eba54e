package dev.reprise.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** With DynamoDB Local as a child. */
class KeptExecutionsTest {

    @TempDir
    Path folder;

    @BeforeEach
    void write() {
        DevProcess.write(folder, "wait.asl.json", """
            {'StartAt':'W','States':{'W':{'Type':'Wait','SecondsPath':'$.seconds','End':true}}}
            """);
    }

    @Test
    void whatRanWhenItWasKilledGoesOnAtTheNextStart() throws Exception {
        String arn;
        String slept;
        try (DevProcess first = DevProcess.start(folder, "--data", "kept");
                SfnClient client = first.client()) {
            assertThat(first.out()).contains("\nExecutions are kept in kept.\n");
            ProcessHandle child = first.child();
            arn = start(client, 5);
            slept = start(client, 8);

            first.kill();

            child.onExit().get(60, TimeUnit.SECONDS);
            assertThat(child.isAlive()).as("no child outlives its parent").isFalse();
        }
        try (DevProcess second = DevProcess.start(folder, "--data", "kept");
                SfnClient client = second.client()) {
            assertThat(second.out()).containsPattern("[12] executions? goe?s? on from before\\.");
            DescribeExecutionResponse ended = second.ended(client, arn);
            assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(second.ended(client, slept).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        }
    }

    private static String start(SfnClient client, int seconds) {
        return client.startExecution(request ->
                        request.stateMachineArn(DevProcess.machine("wait")).input("{\"seconds\": " + seconds + "}"))
                .executionArn();
    }

    @Test
    void ctrlCEndsAllAtOnceWhateverRuns() throws Exception {
        try (DevProcess dev = DevProcess.start(folder);
                SfnClient client = dev.client()) {
            ProcessHandle child = dev.child();
            // Far longer than anyone waits for the end below.
            start(client, 3_600);

            dev.end();
            child.onExit().get(60, TimeUnit.SECONDS);

            assertThat(dev.err()).doesNotContain("Exception");
        }
        assertThat(folder.resolve(".reprise/dynamodb"))
                .as("where dev mode keeps them too")
                .isDirectory();
    }

    @Test
    void aFolderThatAnotherHasIsSaidWithTheOptionThatChangesIt() throws Exception {
        try (DevProcess first = DevProcess.start(folder);
                DevProcess second = DevProcess.begin(folder, Map.of(), "--port", "0")) {
            assertThat(first.hasChild()).isTrue();
            assertThat(second.exitCode()).isEqualTo(3);
            assertThat(second.err()).contains("is in use by process", "--data .reprise/another", "--in-memory");
        }
    }
}
