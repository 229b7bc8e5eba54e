package dev.reprise.nativetests.dynamodb;

import dev.reprise.nativetests.lambda.FunctionSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * DynamoDB Local with its data in memory, in the process that the root project's build prepares: it prints its port and
 * ends with its standard input, so that none outlives its tests.
 */
public final class DynamoDbLocal implements AutoCloseable {

    private static final String SERVER = "dev.reprise.local.DynamoDbLocalServer";

    private final Process process;
    private final URI endpoint;
    private final DynamoDbClient client;

    private DynamoDbLocal(Process process, int port) {
        this.process = process;
        endpoint = URI.create("http://127.0.0.1:" + port);
        client = DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(FunctionSettings.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param classpathFile a file with the class path, one entry a line, which the root project's build writes
     * @param log the file that takes what it prints
     */
    public static DynamoDbLocal start(Path classpathFile, Path log) {
        if (!Files.isRegularFile(classpathFile)) {
            throw new IllegalStateException(
                    classpathFile + ": no such file; `./mvnw package` in the root project writes it");
        }
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            String.join(File.pathSeparator, Files.readAllLines(classpathFile)),
                            SERVER)
                    .redirectError(log.toFile())
                    .start();
            String port = process.inputReader().readLine();
            if (port == null) {
                throw new IllegalStateException("DynamoDB Local does not start: " + Files.readString(log));
            }
            return new DynamoDbLocal(process, Integer.parseInt(port));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start DynamoDB Local", e);
        }
    }

    /** What goes into {@code AWS_ENDPOINT_URL_DYNAMODB}. */
    public URI endpoint() {
        return endpoint;
    }

    /** A client for it. */
    public DynamoDbClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        process.destroyForcibly();
    }
}
