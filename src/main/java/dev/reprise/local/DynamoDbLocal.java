package dev.reprise.local;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * DynamoDB Local, Amazon's own engine, as a child process of this JVM: reachable from this machine only, on a port that
 * was free.
 *
 * <p>A process of its own, because its libraries would change the versions of ours. The build leaves its class path in
 * {@value #DEFAULT_CLASS_PATH_FILE}. The child ends with {@link #close()}, and also when this JVM ends in any other
 * way, {@code kill -9} included: it lives as long as its standard input.
 */
public final class DynamoDbLocal implements AutoCloseable {

    /** The system property that names another file with the class path, an entry a line, after options of the JVM. */
    public static final String CLASS_PATH_FILE_PROPERTY = "reprise.dynamodb-local.classpath";

    private static final String DEFAULT_CLASS_PATH_FILE = "target/dynamodb-local.classpath";
    private static final String SERVER = "dev.reprise.local.DynamoDbLocalServer";
    private static final int SECONDS_TO_END = 5;
    private static final int ANY_PORT = 0;

    private final Process process;
    private final URI endpoint;

    private DynamoDbLocal(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /**
     * Starts one that keeps its tables in memory, and waits until it answers.
     *
     * @throws IllegalStateException if it does not start; the message has its last words
     */
    public static DynamoDbLocal inMemory() {
        return start(Optional.empty(), ANY_PORT, Path.of("target", "dynamodb-local.log"));
    }

    /**
     * Starts one that keeps its tables in the folder, and waits until it answers. A folder serves one process at a
     * time.
     *
     * @throws IllegalStateException if it does not start, for instance because the folder is in use
     */
    public static DynamoDbLocal in(Path folder) {
        return in(folder, ANY_PORT);
    }

    /** The same on a port where one has been that has ended: who knows it finds it there again. */
    static DynamoDbLocal in(Path folder, int port) {
        return start(Optional.of(folder), port, folder.resolve("dynamodb-local.log"));
    }

    private static DynamoDbLocal start(Optional<Path> folder, int port, Path log) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        List<String> classPath = classPath();
        while (!classPath.isEmpty() && classPath.getFirst().startsWith("-")) {
            command.add(classPath.removeFirst());
        }
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), SERVER));
        folder.ifPresent(path -> command.addAll(List.of(path.toString(), String.valueOf(port))));
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            Process process =
                    new ProcessBuilder(command).redirectError(log.toFile()).start();
            return new DynamoDbLocal(process, URI.create("http://127.0.0.1:" + port(process, log)));
        } catch (IOException e) {
            throw new UncheckedIOException("DynamoDB Local could not be started", e);
        }
    }

    private static List<String> classPath() {
        Path file = Path.of(System.getProperty(CLASS_PATH_FILE_PROPERTY, DEFAULT_CLASS_PATH_FILE));
        try {
            return new ArrayList<>(Files.readAllLines(file));
        } catch (IOException e) {
            throw new IllegalStateException(
                    file.toAbsolutePath()
                            + ": no class path of DynamoDB Local there; './mvnw process-resources' writes it",
                    e);
        }
    }

    /** The child's only line; the end of the stream instead of it means that the child gave up. */
    private static int port(Process process, Path log) throws IOException {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            if (line == null) {
                throw new IllegalStateException("DynamoDB Local did not start: " + LocalData.lastWords(log));
            }
            return Integer.parseInt(line);
        }
    }

    /** Where it listens, such as {@code http://127.0.0.1:41234}. */
    public URI endpoint() {
        return endpoint;
    }

    /** The child's process id. */
    public long pid() {
        return process.pid();
    }

    /** Waits until the child has ended, for whatever reason. */
    void awaitEnd() {
        process.onExit().join();
    }

    /** A new client of it, for the caller to close. */
    public DynamoDbClient newClient() {
        return newClient(endpoint);
    }

    /** A new client of one at that endpoint, for the caller to close. */
    public static DynamoDbClient newClient(URI endpoint) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** Ends the child and waits for its end; its data on disk is complete then. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
