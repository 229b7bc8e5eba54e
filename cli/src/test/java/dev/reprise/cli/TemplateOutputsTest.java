package dev.reprise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the deployment template shows of an endpoint are commands that work as they stand. */
class TemplateOutputsTest {

    private static final String REGION = "eu-west-1";
    private static final String URL = "abc123.lambda-url." + REGION + ".on.aws";
    private static final String API = "abc123.execute-api." + REGION + ".amazonaws.com";

    private static final Map<String, String> KEYS = Map.of(
            "AWS_ACCESS_KEY_ID", "AKID",
            "AWS_SECRET_ACCESS_KEY", "a secret",
            "AWS_SESSION_TOKEN", "a token",
            "AWS_EC2_METADATA_DISABLED", "true");

    @TempDir
    Path folder;

    private static String output(String name) throws IOException {
        JsonNode template = new YAMLMapper()
                .readTree(Path.of("..", "infra", "template.yaml").toFile());
        String value = template.at("/Outputs/" + name + "/Value").asText();
        assertThat(value).as(name).isNotEmpty();
        return value;
    }

    /** The words of a command after {@code ./reprise}, with an endpoint whose name is AWS's and which is here. */
    private static String[] words(String output, int port) throws IOException {
        String command = output(output)
                .replace("${Url.FunctionUrl}", "https://" + URL + ":" + port + "/")
                .replace("${Api.ApiEndpoint}", "https://" + API + ":" + port)
                .replace("${AWS::Region}", REGION);
        assertThat(command).startsWith("./reprise ").doesNotContain("${");
        return Arrays.stream(command.split(" ")).skip(1).toArray(String[]::new);
    }

    private List<String> knowing(String host, Path keys) throws IOException {
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 " + host + "\n");
        return List.of(
                "-Djdk.net.hosts.file=" + hosts,
                "-Djavax.net.ssl.trustStore=" + keys,
                "-Djavax.net.ssl.trustStorePassword=password");
    }

    private static SignedStub endpoint(Path keys) throws Exception {
        return SignedStub.startWithTls(
                keys,
                (exchange, request) -> SignedStub.send(
                        exchange, 200, "{\"stateMachines\":[{\"name\":\"orders\",\"stateMachineArn\":\"arn\"}]}"));
    }

    @Test
    void theWorkflowsAreListedByTheUrl() throws Exception {
        list("List", URL, "lambda");
    }

    @Test
    void theWorkflowsAreListedByTheApi() throws Exception {
        list("ListByApi", API, "execute-api");
    }

    private void list(String output, String host, String service) throws Exception {
        Path keys = SignedStub.keyStore(folder, host);
        try (SignedStub stub = endpoint(keys)) {
            Shell shell = Shell.runWith(KEYS, knowing(host, keys), words(output, stub.port()));

            assertThat(shell).isEqualTo(new Shell(0, "orders  arn\n", ""));
            assertThat(stub.requests).extracting(SignedStub.Request::service).containsExactly(service);
            assertThat(stub.requests).extracting(SignedStub.Request::path).containsExactly("/");
        }
    }

    @Test
    void theAwsCliIsToldWhatEachProxyTells() throws Exception {
        String awsCli = output("AwsCli");

        assertThat(awsCli).contains(" aws stepfunctions list-state-machines --region ${AWS::Region}");
        String environment = awsCli.substring(0, awsCli.indexOf(" aws "));
        assertThat(tells("Proxy", URL)).isEqualTo("export " + environment);
        assertThat(tells("ProxyByApi", API)).isEqualTo("export " + environment);
    }

    /** What a proxy prints first, which listens where it does by default. */
    private String tells(String output, String host) throws Exception {
        Path keys = SignedStub.keyStore(Files.createTempDirectory(folder, "keys"), host);
        try (SignedStub stub = endpoint(keys)) {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString()));
            command.addAll(knowing(host, keys));
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), Reprise.class.getName()));
            command.addAll(List.of(words(output, stub.port())));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(false);
            builder.environment().putAll(KEYS);
            Process proxy =
                    builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (BufferedReader out = proxy.inputReader()) {
                return out.readLine();
            } finally {
                proxy.destroy();
                proxy.waitFor();
            }
        }
    }
}
