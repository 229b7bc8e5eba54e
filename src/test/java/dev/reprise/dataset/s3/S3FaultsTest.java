package dev.reprise.dataset.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reprise.dataset.DataSetException;
import dev.reprise.dataset.ListedObject;
import dev.reprise.dataset.ObjectStore;
import dev.reprise.dataset.UnreachableDataException;
import dev.reprise.task.aws.client.AwsClient;
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

/**
 * What S3 may do, and S3Mock does not: connections that end too soon, requests that are refused, listings of several
 * pages.
 */
class S3FaultsTest {

    private static final String TAG = "\"tag\"";
    private static final int PART = S3Objects.PART_BYTES;
    private static final byte[] CONTENT = new byte[2 * PART + 5];

    /** What is done with one request. */
    private interface Answer {
        void to(HttpExchange request) throws IOException;
    }

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> owners = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private AwsClient client;
    private S3Objects objects;

    @BeforeEach
    void start() throws IOException {
        new Random(1).nextBytes(CONTENT);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", request -> {
            Headers headers = request.getRequestHeaders();
            requests.add(request.getRequestMethod() + " " + request.getRequestURI() + " "
                    + headers.getOrDefault("Range", List.of()) + headers.getOrDefault("If-match", List.of()));
            owners.add(headers.getFirst("x-amz-expected-bucket-owner"));
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
    void aLargeContentIsAskedForPartByPartOfOneVersion() throws IOException {
        answers.add(part(0));
        answers.add(part(PART));
        answers.add(part(2L * PART));

        try (var content = objects.get("data", "a", null).content()) {
            assertThat(content.readAllBytes()).isEqualTo(CONTENT);
        }

        assertThat(requests)
                .containsExactly(
                        "GET /data/a [bytes=0-4194303][]",
                        "GET /data/a [bytes=4194304-8388607][\"tag\"]",
                        "GET /data/a [bytes=8388608-12582911][\"tag\"]");
    }

    @Test
    void aPartWhoseConnectionEndsIsAskedForAgain() throws IOException {
        answers.add(part(0));
        answers.add(lost(PART));
        answers.add(lost(PART));
        answers.add(part(PART));
        answers.add(part(2L * PART));

        try (var content = objects.get("data", "a", null).content()) {
            assertThat(content.readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(requests).hasSize(5);
    }

    @Test
    void aContentThatDoesNotGetOnIsGivenUpForNow() throws IOException {
        answers.add(part(0));
        for (int i = 0; i < 3; i++) {
            answers.add(lost(PART));
        }

        try (var content = objects.get("data", "a", null).content()) {
            assertThatThrownBy(content::readAllBytes)
                    .isInstanceOf(UnreachableDataException.class)
                    .hasMessageStartingWith("S3 cannot be reached for s3://data/a: ");
        }
        assertThat(requests).hasSize(4);
    }

    @Test
    void aContentThatChangesMeanwhileIsGivenUp() throws IOException {
        answers.add(part(0));
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
        answers.add(part(0));

        var content = objects.get("data", "a", null).content();
        assertThat(content.read()).isEqualTo(CONTENT[0] & 0xff);
        content.close();

        assertThat(requests).hasSize(1);
    }

    /** Whose first byte there is none to ask for. */
    @Test
    void anEmptyObjectIsAskedForWhole() throws IOException {
        answers.add(refused(416, "InvalidRange", "The requested range is not satisfiable"));
        answers.add(request -> {
            request.getResponseHeaders().set("ETag", TAG);
            request.sendResponseHeaders(200, -1);
        });

        ObjectStore.StoredObject found = objects.get("data", "a", null);

        assertThat(found.content().readAllBytes()).isEmpty();
        assertThat(found.version()).isEqualTo(TAG);
        assertThat(requests).containsExactly("GET /data/a [bytes=0-4194303][]", "GET /data/a [][]");
    }

    @Test
    void whatKnowsNoRangesGivesASmallObjectWholeAndOfALargeOneAnotherPartIsRefused() throws IOException {
        answers.add(request -> {
            request.getResponseHeaders().set("ETag", TAG);
            request.sendResponseHeaders(200, 3);
            request.getResponseBody().write("abc".getBytes(StandardCharsets.UTF_8));
        });
        answers.add(part(0));
        answers.add(part(0));

        assertThat(objects.get("data", "a", null).content().readAllBytes())
                .asString()
                .isEqualTo("abc");
        try (var content = objects.get("data", "a", null).content()) {
            assertThatThrownBy(content::readAllBytes)
                    .isInstanceOf(DataSetException.class)
                    .hasMessage("S3 was asked for s3://data/a from byte 4194304 on, and answered with"
                            + " 'bytes 0-4194303/8388613'");
        }
    }

    @Test
    void aRequestThatComesTooFastIsMadeAgain() throws IOException {
        answers.add(refused(503, "SlowDown", "Please reduce your request rate."));
        answers.add(part(0));

        try (var content = objects.get("data", "a", null).content()) {
            assertThat(content.read()).isEqualTo(CONTENT[0] & 0xff);
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

    /** What waiting does not mend is no outage, after which an execution would ask again for days. */
    @Test
    void anS3ThatIsNotToBeCalledFromHereIsNoOutage() {
        try (AwsClient refusing = S3ObjectsTest.client(null, service -> "Say where " + service + " is")) {
            assertThatThrownBy(() -> new S3Objects(() -> refusing).get("data", "a", null))
                    .isExactlyInstanceOf(DataSetException.class)
                    .hasMessage("Say where s3 is: s3://data/a");
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsNoOutage() {
        answers.add(request -> {
            request.sendResponseHeaders(200, PART + 1L);
            request.getResponseBody().write(CONTENT, 0, PART + 1);
        });

        assertThatThrownBy(() -> objects.get("data", "a", null))
                .isExactlyInstanceOf(DataSetException.class)
                .hasMessage("The answer has more than 4194304 bytes: s3://data/a");
    }

    /** Whose items could not be told from those of another version. */
    @Test
    void anObjectThatIsNamedByNothingIsRefused() {
        answers.add(request -> request.sendResponseHeaders(200, -1));

        assertThatThrownBy(() -> objects.get("data", "a", null))
                .isExactlyInstanceOf(DataSetException.class)
                .hasMessage("S3 names neither version nor entity tag of s3://data/a");
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
            assertThat(requests).containsExactly("GET /data?list-type=2&encoding-type=url&prefix= [][]");
            assertThat(listed.next().key()).isEqualTo("c");
            assertThat(listed.hasNext()).isFalse();
        }
        assertThat(requests.get(1)).contains("continuation-token=more");
    }

    /** A tab, a plus and a sign that XML has no form for. */
    @Test
    void aListingTellsKeysAsUrlsDo() {
        answers.add(page("<EncodingType>url</EncodingType>", "a%09b", "a%2Bb+c", "%01/d"));

        assertThat(objects.list("data", "", "").map(ListedObject::key)).containsExactly("a\tb", "a+b c", "\u0001/d");
    }

    @Test
    void whoMustOwnTheBucketIsToldToS3() throws IOException {
        answers.add(part(0));
        answers.add(page(""));
        answers.add(request -> request.sendResponseHeaders(200, -1));

        ObjectStore owned = objects.ownedBy("111111111111");
        owned.get("data", "a", null).content().close();
        assertThat(owned.list("data", "", "")).isEmpty();
        owned.put("data", "a", new byte[1]);

        assertThat(owners).containsExactly("111111111111", "111111111111", "111111111111");
    }

    private static Answer part(long from) {
        return part(from, Math.min(PART, CONTENT.length - (int) from));
    }

    /** The connection ends in its midst. */
    private static Answer lost(long from) {
        return part(from, PART / 2);
    }

    private static Answer part(long from, int sent) {
        return request -> {
            long to = Math.min(from + PART, CONTENT.length);
            request.getResponseHeaders().set("ETag", TAG);
            request.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + CONTENT.length);
            request.sendResponseHeaders(206, to - from);
            request.getResponseBody().write(CONTENT, (int) from, sent);
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
