package dev.reprise.nativetests.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adobe's S3Mock, which stands for S3, as a child process; and plain requests to it, for it asks for no signature. */
public final class S3Mock implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on ports .* (\\d+) \\(http\\)");
    private static final Pattern KEY = Pattern.compile("<Key>(.*?)</Key>");
    private static final int SECONDS = 60;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    /**
     * Starts one without buckets; returns before it is ready.
     *
     * @param program its executable jar
     */
    public S3Mock(Path program) {
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-jar",
                            program.toString(),
                            "--server.port=0",
                            "--http.port=0")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + program, e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Thread.ofPlatform().daemon().start(this::follow);
    }

    /** Reads all that the child says, or it would stand still one day. */
    private void follow() {
        try (var lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher started = STARTED.matcher(line);
                if (started.find()) {
                    port.complete(Integer.valueOf(started.group(1)));
                }
            }
        } catch (IOException e) {
            port.completeExceptionally(e);
        }
        port.completeExceptionally(new IllegalStateException("S3Mock ended before it had started"));
    }

    /** Where it listens; waits until it does. */
    public URI endpoint() {
        return URI.create(
                "http://127.0.0.1:" + port.orTimeout(SECONDS, TimeUnit.SECONDS).join());
    }

    /** Makes a bucket. */
    public void makeBucket(String bucket) {
        send(request("/" + bucket).PUT(HttpRequest.BodyPublishers.noBody()));
    }

    /** Writes an object. */
    public void put(String bucket, String key, String content) {
        send(request("/" + bucket + "/" + key).PUT(HttpRequest.BodyPublishers.ofString(content)));
    }

    /** Reads an object. */
    public String get(String bucket, String key) {
        return send(request("/" + bucket + "/" + key).GET());
    }

    /** The keys in a bucket, in their order; a thousand at most. */
    public List<String> keys(String bucket) {
        return KEY.matcher(send(request("/" + bucket + "?list-type=2").GET()))
                .results()
                .map((MatchResult key) -> key.group(1))
                .toList();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(endpoint().resolve(path));
    }

    private String send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(request + " was answered by " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(request.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + request, e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        process.destroyForcibly();
    }
}
