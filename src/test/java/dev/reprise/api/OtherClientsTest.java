package dev.reprise.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reprise.local.server.LoopbackServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that others wrote, each by a program in {@code src/test/clients}: boto3, the AWS CLI, and the AWS SDK for
 * JavaScript. One that this machine does not have is left out, and the test says so.
 */
class OtherClientsTest {

    private static final Path CLIENTS = Path.of("src", "test", "clients").toAbsolutePath();

    private static final int LONGEST_SECONDS = 300;

    @TempDir
    Path folder;

    private record Ended(int code, String output) {}

    private Ended run(Path directory, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            return new Ended(-1, String.valueOf(e.getMessage()));
        }
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return new Ended(-1, "It takes too long: " + command);
        }
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private void assumeRuns(Path directory, String what, String... command) throws IOException, InterruptedException {
        Ended tried = run(directory, List.of(command));
        assumeTrue(tried.code() == 0, () -> "No " + what + " on this machine: " + tried.output());
    }

    private void assertContent(Path directory, String... command) throws IOException, InterruptedException {
        Path workflows = Files.createDirectory(folder.resolve("workflows"));
        try (ApiFunction function = new ApiFunction(workflows);
                LoopbackServer server = LoopbackServer.start(0, function.endpoint())) {
            List<String> whole = new ArrayList<>(List.of(command));
            whole.add("http://127.0.0.1:" + server.port());

            Ended ended = run(directory, whole);

            assertThat(ended.output()).endsWith("is content\n");
            assertThat(ended.code()).isZero();
        }
    }

    @Test
    void boto3() throws Exception {
        assumeRuns(CLIENTS, "boto3", "python3", "-c", "import boto3");

        assertContent(CLIENTS, "python3", "boto3_client.py");
    }

    @Test
    void theAwsCli() throws Exception {
        assumeRuns(CLIENTS, "AWS CLI", "aws", "--version");

        assertContent(CLIENTS, "bash", "aws_cli.sh");
    }

    @Test
    void theSdkForJavaScript() throws Exception {
        Path packages = Files.createDirectories(Path.of("target", "client-sfn").toAbsolutePath());
        if (!Files.isDirectory(packages.resolve("node_modules/@aws-sdk/client-sfn"))) {
            assumeRuns(
                    packages,
                    "npm, or no registry of its packages,",
                    "npm",
                    "install",
                    "--no-audit",
                    "--no-fund",
                    "--no-save",
                    "--prefix",
                    ".",
                    "@aws-sdk/client-sfn");
        }
        Path program = packages.resolve("client_sfn.mjs");
        Files.writeString(program, Files.readString(CLIENTS.resolve("client_sfn.mjs")));

        assertContent(packages, "node", program.toString());
    }
}
