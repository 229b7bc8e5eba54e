package dev.reprise.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import dev.reprise.http.HttpEndpoint;
import dev.reprise.local.server.LoopbackServer;
import dev.reprise.local.server.Refusals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One application after another answers at a server that stays. */
class DevServerTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String START = "{\"workflow\": \"hello\"}";
    private static final String LIST = "{\"list\": \"hello\"}";

    private final DevServer server = DevServer.start(0, 0);
    private final Code code = new Code();

    @AfterEach
    void close() {
        server.close();
    }

    /** Code that a test changes. */
    private static final class Code implements CodeChanges {

        private final AtomicReference<@Nullable Runnable> change = new AtomicReference<>();
        private volatile @Nullable String problem;
        private final AtomicInteger looks = new AtomicInteger();

        @Override
        public void takeIn() {
            looks.incrementAndGet();
            Runnable restart = change.getAndSet(null);
            if (restart != null) {
                restart.run();
            }
        }

        @Override
        public @Nullable String problem() {
            return problem;
        }
    }

    private static HttpEndpoint saying(String who) {
        return call -> HttpAnswer.text(200, "text/plain", who + " " + new String(call.body(), StandardCharsets.UTF_8));
    }

    private ApplicationRequests answerBy(HttpEndpoint endpoint) {
        return server.answerBy(endpoint, new CodeSeen(), code, getClass().getClassLoader());
    }

    @Test
    void aRequestSeesTheCodeAsItIsWhenItComes() throws Exception {
        ApplicationRequests first = answerBy(saying("first"));
        assertThat(post(START).body()).isEqualTo("first " + START);

        code.change.set(() -> {
            first.close();
            answerBy(saying("second"));
        });

        assertThat(post(START).body()).isEqualTo("second " + START);
        assertThat(post(START).body()).isEqualTo("second " + START);
    }

    @Test
    void whoOnlyLooksDoesNotLookForChanges() throws Exception {
        answerBy(saying("first"));
        code.problem = "Orders.java:7: ';' expected";

        assertThat(post(LIST).body()).isEqualTo("first " + LIST);
        assertThat(code.looks.get()).isZero();
    }

    @Test
    void codeThatDoesNotCompileIsTheAnswer() throws Exception {
        answerBy(saying("first"));
        code.problem = "Orders.java:7: ';' expected";

        HttpResponse<String> answer = post(START);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("\"CodeCannotRun\"", "Orders.java:7: ';' expected");

        code.problem = null;
        assertThat(post(START).body()).isEqualTo("first " + START);
    }

    /** As one that waits for the end of an execution: the next application finds it by the id that both know. */
    @Test
    void whatOneApplicationHasNotFinishedTheNextDoes() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<String> id = new AtomicReference<>();
        ApplicationRequests first = answerBy(call -> {
            id.set(call.header(ApplicationRequests.CALL_ID));
            asked.countDown();
            try {
                Thread.sleep(60_000);
                return HttpAnswer.text(200, "text/plain", "slept");
            } catch (InterruptedException e) {
                return Refusals.of(500, "interrupted");
            }
        });
        CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(() -> post(START));
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        first.close();
        answerBy(call -> HttpAnswer.text(
                200,
                "text/plain",
                call.header(ApplicationRequests.CALL_ID) + " " + new String(call.body(), StandardCharsets.UTF_8)));

        assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo(id.get() + " " + START);
    }

    @Test
    void anApplicationThatDoesNotStartIsTheAnswer() throws Exception {
        ApplicationRequests first = answerBy(saying("first"));
        code.change.set(() -> {
            first.close();
            code.problem = "Two tasks have the name 'charge'";
        });

        assertThat(post(START).body()).contains("Two tasks have the name 'charge'");
        assertThat(post(LIST).body()).contains("Two tasks have the name 'charge'");
    }

    @Test
    void theServerIsTakenUpByWhoKnowsOnlyTheTypesOfTheJdk() throws Exception {
        DevServer again = DevServer.of(server.kept());

        assertThat(again).isNotNull();
        assertThat(again.port()).isEqualTo(server.port());
        again.answerBy(saying("again"), new CodeSeen(), code, getClass().getClassLoader());
        assertThat(post(START).body()).isEqualTo("again " + START);
        assertThat(DevServer.of(null)).isNull();
    }

    @Test
    void aForeignPageStartsNothing() throws Exception {
        answerBy(saying("first"));
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.port()))
                        .header("Origin", "https://evil.example")
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString(START))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(code.looks.get())
                .as("what is refused has no code compiled either")
                .isZero();
    }

    @Test
    void listensOnTheNextPortWhenOneIsInUse() throws Exception {
        HttpServer other = LoopbackServer.listen(0);
        DevServer next = DevServer.start(other.getAddress().getPort(), 0);
        try {
            assertThat(next.port()).isGreaterThan(other.getAddress().getPort());
        } finally {
            next.close();
            other.stop(0);
        }
    }

    @Test
    void theSameIsAnsweredAtThePortOfStepFunctionsLocal() throws Exception {
        int free = freePort();
        DevServer both = DevServer.start(0, free);
        try {
            DevServer again = Objects.requireNonNull(DevServer.of(both.kept()));
            again.answerBy(saying("it"), new CodeSeen(), code, getClass().getClassLoader());

            assertThat(again.stepFunctionsPort()).isEqualTo(free);
            assertThat(post(both.port(), LIST).body()).isEqualTo("it " + LIST);
            assertThat(post(free, LIST).body()).isEqualTo("it " + LIST);
        } finally {
            both.close();
        }
        LoopbackServer.listen(free).stop(0);
    }

    private static int freePort() throws IOException {
        try (ServerSocket some = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return some.getLocalPort();
        }
    }

    @Test
    void withoutThatPortAllGoesOn() throws Exception {
        HttpServer other = LoopbackServer.listen(0);
        DevServer one = DevServer.start(0, other.getAddress().getPort());
        try {
            one.answerBy(saying("it"), new CodeSeen(), code, getClass().getClassLoader());

            assertThat(one.stepFunctionsPort()).isEqualTo(one.port());
            assertThat(post(one.port(), LIST).body()).isEqualTo("it " + LIST);
        } finally {
            one.close();
            other.stop(0);
        }
    }

    @Test
    void theBannerHasTheLinesThatClientsOfStepFunctionsNeed() {
        assertThat(Banner.of(Path.of("workflows"), List.of(), 0, 8080, 8083))
                .contains(
                        "\n  export AWS_ENDPOINT_URL_SFN=http://127.0.0.1:8083\n",
                        "\n  export AWS_DISABLE_HOST_PREFIX_INJECTION=true\n");
    }

    @Test
    void whatRunsCodeSeesCode() {
        CodeSeen seen = new CodeSeen();
        assertThat(seen.test(event("{\"name\": \"a\", \"input\": {\"list\": 1}, \"workflow\": \"hello\"}")))
                .isTrue();
        assertThat(seen.test(event("{\"redrive\": \"arn\"}"))).isTrue();
        assertThat(seen.test(event("{\"describe\": \"arn\", \"more\": {\"workflow\": 1}}")))
                .isFalse();
        assertThat(seen.test(event("{\"sendTaskSuccess\": {}}"))).isFalse();
        assertThat(seen.test(event("[1"))).isFalse();
        assertThat(seen.test(request("TestState"))).isTrue();
        assertThat(seen.test(request("StartExecution"))).isTrue();
        assertThat(seen.test(request("DescribeExecution"))).isFalse();
    }

    private static HttpCall event(String body) {
        return new HttpCall("POST", "/", "", java.util.Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpCall request(String operation) {
        return new HttpCall(
                "POST", "/", "", java.util.Map.of("X-Amz-Target", "AWSStepFunctions." + operation), new byte[0]);
    }

    private HttpResponse<String> post(String body) {
        return post(server.port(), body);
    }

    private static HttpResponse<String> post(int port, String body) {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
