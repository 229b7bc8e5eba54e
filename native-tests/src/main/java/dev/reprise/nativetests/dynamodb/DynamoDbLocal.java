package dev.reprise.nativetests.dynamodb;

import dev.reprise.nativetests.lambda.FunctionSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** DynamoDB Local in a process of its own, with its data in memory. */
public final class DynamoDbLocal implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final int port;
    private final DynamoDbClient client;

    private DynamoDbLocal(Process process, int port) {
        this.process = process;
        this.port = port;
        client = DynamoDbClient.builder()
                .endpointOverride(endpoint())
                .region(Region.of(FunctionSettings.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param classpathFile a file that holds DynamoDB Local's classpath, which the build writes
     * @param log the file that takes what it prints
     */
    public static DynamoDbLocal start(Path classpathFile, Path log) {
        try {
            String classpath = Files.readString(classpathFile).strip();
            int port = freePort();
            Files.createDirectories(log.getParent());
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-Djava.library.path=" + nativeLibraries(classpath),
                            "-cp",
                            classpath,
                            "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                            "-inMemory",
                            "-sharedDb",
                            "-disableTelemetry",
                            "-port",
                            Integer.toString(port))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            // A test run that is interrupted leaves no server behind.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "stop DynamoDB Local"));
            awaitListening(process, port, log);
            return new DynamoDbLocal(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start DynamoDB Local", e);
        }
    }

    /** What goes into {@code AWS_ENDPOINT_URL_DYNAMODB}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
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

    /** The folders of SQLite's native libraries, which Maven resolves next to the jars. */
    private static String nativeLibraries(String classpath) {
        return Arrays.stream(classpath.split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".so") || entry.endsWith(".dylib") || entry.endsWith(".dll"))
                .map(entry -> Path.of(entry).getParent().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitListening(Process process, int port, Path log) throws IOException {
        Instant until = Instant.now().plus(PATIENCE);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        while (true) {
            try (var socket = new Socket()) {
                socket.connect(address, 1000);
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || Instant.now().isAfter(until)) {
                    process.destroyForcibly();
                    throw new IOException("DynamoDB Local does not listen; it printed: " + Files.readString(log), notYet);
                }
            }
            try {
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    throw new IOException("DynamoDB Local has ended; it printed: " + Files.readString(log));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while DynamoDB Local starts", e);
            }
        }
    }
}
