package dev.reprise.cli.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** {@code reprise dev} as a process of its own, in a folder of its own. */
final class DevProcess implements AutoCloseable {

    private static final int SECONDS = 300;
    private static final Pattern ENDPOINT =
            Pattern.compile("export AWS_ENDPOINT_URL_SFN=http://127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern READY = Pattern.compile("(?m)^Ready\\. ");

    private final Process process;
    private final Path folder;
    private final int number;

    private DevProcess(Process process, Path folder, int number) {
        this.process = process;
        this.folder = folder;
        this.number = number;
    }

    /** Begins; ready or not. Workflows are in the folder's {@code workflows}. */
    static DevProcess begin(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dreprise.dev.console="
                        + Path.of("..", "console", "dist").toAbsolutePath().normalize(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.reprise.cli.Reprise",
                "dev"));
        command.addAll(List.of(arguments));
        Files.createDirectories(folder.resolve("workflows"));
        int number = 1;
        while (Files.exists(folder.resolve("out-" + number))) {
            number++;
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out-" + number).toFile())
                .redirectError(folder.resolve("err-" + number).toFile());
        builder.environment().putAll(environment);
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        return new DevProcess(builder.start(), folder, number);
    }

    /** Begins on a free port, and waits until it is ready. */
    static DevProcess start(Path folder, String... arguments) throws IOException {
        return start(folder, Map.of(), arguments);
    }

    /** The same with this in its environment. */
    static DevProcess start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--port", "0"));
        DevProcess dev = begin(folder, environment, all.toArray(String[]::new));
        try {
            dev.await(() -> READY.matcher(dev.out()).find());
            return dev;
        } catch (AssertionError e) {
            dev.process.destroyForcibly();
            throw e;
        }
    }

    /** Puts a workflow's file; JSON may be written with single quotes. */
    static void write(Path folder, String file, String text) {
        try {
            Files.createDirectories(folder.resolve("workflows"));
            Files.writeString(folder.resolve("workflows").resolve(file), text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String out() {
        return read("out-" + number);
    }

    String err() {
        return read("err-" + number);
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until something is so. */
    void await(BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until || !process.isAlive() && !condition.getAsBoolean()) {
                throw new AssertionError("It does not come about. " + out() + "\n" + err());
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    int port() {
        Matcher found = ENDPOINT.matcher(out());
        if (!found.find()) {
            throw new AssertionError(out());
        }
        return Integer.parseInt(found.group(1));
    }

    /** A client as anybody would make one, pointed at the address that was printed. */
    SfnClient client() {
        return SfnClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port()))
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(configuration ->
                        configuration.putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
                .build();
    }

    static String machine(String workflow) {
        return "arn:aws:states:us-east-1:000000000000:stateMachine:" + workflow;
    }

    /** Runs a workflow to its end. */
    DescribeExecutionResponse run(SfnClient client, String workflow, String input) {
        String arn = client.startExecution(
                        request -> request.stateMachineArn(machine(workflow)).input(input))
                .executionArn();
        return ended(client, arn);
    }

    DescribeExecutionResponse ended(SfnClient client, String executionArn) {
        await(() -> client.describeExecution(request -> request.executionArn(executionArn))
                        .status()
                != ExecutionStatus.RUNNING);
        return client.describeExecution(request -> request.executionArn(executionArn));
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    /** The process of DynamoDB Local. */
    ProcessHandle child() {
        return process.children().findFirst().orElseThrow(() -> new AssertionError("It has no child"));
    }

    boolean hasChild() {
        return process.children().findAny().isPresent();
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As Ctrl-C. */
    void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("It does not end");
        }
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("It does not end. " + out() + err());
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
