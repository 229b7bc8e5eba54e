package dev.reprise.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What S3 may do, and S3Mock does not: connections that end too soon, requests that are refused, listings of several
 * pages.
 */
class S3FaultsTest {

    private static final String TAG = "\"tag\"";
    private static final byte[] CONTENT = new byte[200_000];

    /** What is done with one request. */
    private interface Answer {
        void to(HttpExchange request) throws IOException;
    }

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private S3Client client;
    private S3Objects objects;

    @BeforeEach
    void start() throws IOException {
        new Random(1).nextBytes(CONTENT);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", request -> {
            Headers headers = request.getRequestHeaders();
            requests.add(request.getRequestMethod() + " " + request.getRequestURI() + " "
                    + headers.getOrDefault("Range", List.of()) + headers.getOrDefault("If-match", List.of()));
            try (request) {
                answers.remove().to(request);
            }
        });
        server.start();
        client = S3ObjectsTest.client(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        objects = new S3Objects(() -> client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void aContentWhoseConnectionEndsIsReadOnFromWhereItWas() throws IOException {
        answers.add(content(0, 150_000));
        answers.add(content(150_000, 150_001));
        answers.add(content(150_001, CONTENT.length));

        try (var content = objects.get("data", "a", null).content()) {
            assertThat(content.readAllBytes()).isEqualTo(CONTENT);
        }

        assertThat(requests)
                .containsExactly(
                        "GET /data/a [][]",
                        "GET /data/a [bytes=150000-][\"tag\"]",
                        "GET /data/a [bytes=150001-][\"tag\"]");
    }

    @Test
    void aContentThatDoesNotGetOnIsGivenUp() throws IOException {
        answers.add(content(0, 10));
        for (int i = 0; i < 3; i++) {
            answers.add(content(10, 10));
        }

        try (var content = objects.get("data", "a", null).content()) {
            assertThatThrownBy(content::readAllBytes).isInstanceOf(IOException.class);
        }
        assertThat(requests).hasSize(4);
    }

    @Test
    void aContentThatChangesMeanwhileIsGivenUp() throws IOException {
        answers.add(content(0, 10));
        answers.add(
                refused(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold"));

        try (var content = objects.get("data", "a", null).content()) {
            assertThatThrownBy(content::readAllBytes)
                    .isInstanceOf(DataSetException.class)
                    .hasMessage("The object has changed since it was read: s3://data/a");
        }
    }

    @Test
    void whoReadsNoFurtherDoesNotFetchTheRest() throws IOException {
        answers.add(content(0, CONTENT.length));

        var content = objects.get("data", "a", null).content();
        assertThat(content.read()).isEqualTo(CONTENT[0] & 0xff);
        content.close();

        assertThat(requests).hasSize(1);
    }

    @Test
    void aRequestThatComesTooFastIsMadeAgain() throws IOException {
        answers.add(refused(503, "SlowDown", "Please reduce your request rate."));
        answers.add(content(0, CONTENT.length));

        try (var content = objects.get("data", "a", null).content()) {
            assertThat(content.readAllBytes()).isEqualTo(CONTENT);
        }
    }

    @Test
    void whatMayNotBeReadIsSaidInS3sWordsWithTheRemedy() {
        answers.add(refused(403, "AccessDenied", "Access Denied"));

        assertThatThrownBy(() -> objects.get("data", "a", null))
                .isInstanceOf(DataSetException.class)
                .hasMessage("Access Denied (Service: S3, Status Code: 403, Request ID: 7, Extended Request ID: 8):"
                        + " s3://data/a (the function's role needs access: see DataBucket in infra/template.yaml)");
    }

    @Test
    void whatCannotBeReachedIsSaid() {
        server.stop(0);

        assertThatThrownBy(() -> objects.put("data", "a", new byte[0]))
                .isInstanceOf(DataSetException.class)
                .hasMessageStartingWith("S3 cannot be reached for s3://data/a: ");
    }

    @Test
    void aListingIsReadPageByPageAsItIsAskedFor() {
        answers.add(
                page("<IsTruncated>true</IsTruncated><NextContinuationToken>more</NextContinuationToken>", "a", "b"));
        answers.add(page("<IsTruncated>false</IsTruncated>", "c"));

        try (Stream<ListedObject> listing = objects.list("data", "", "")) {
            var listed = listing.iterator();
            assertThat(listed.next().key()).isEqualTo("a");
            assertThat(listed.next().key()).isEqualTo("b");
            assertThat(requests).containsExactly("GET /data?list-type=2&prefix= [][]");
            assertThat(listed.next().key()).isEqualTo("c");
            assertThat(listed.hasNext()).isFalse();
        }
        assertThat(requests.get(1)).contains("continuation-token=more");
    }

    private static Answer content(int from, int to) {
        return request -> {
            request.getResponseHeaders().set("ETag", TAG);
            int status = from == 0 ? 200 : 206;
            request.sendResponseHeaders(status, CONTENT.length - from);
            request.getResponseBody().write(CONTENT, from, to - from);
            request.getResponseBody().flush();
        };
    }

    private static Answer refused(int status, String code, String message) {
        return xml(status, "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>");
    }

    private static Answer page(String more, String... keys) {
        StringBuilder contents = new StringBuilder();
        Arrays.stream(keys)
                .forEach(key -> contents.append("<Contents><Key>")
                        .append(key)
                        .append("</Key><Size>1</Size><ETag>&quot;t&quot;</ETag>")
                        .append("<LastModified>2026-11-20T12:00:00.000Z</LastModified></Contents>"));
        return xml(200, "<ListBucketResult>" + more + contents + "</ListBucketResult>");
    }

    private static Answer xml(int status, String text) {
        return request -> {
            request.getResponseHeaders().set("x-amz-request-id", "7");
            request.getResponseHeaders().set("x-amz-id-2", "8");
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            request.sendResponseHeaders(status, body.length);
            request.getResponseBody().write(body);
        };
    }
}
