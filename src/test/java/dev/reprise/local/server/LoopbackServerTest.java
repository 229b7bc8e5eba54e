package dev.reprise.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import dev.reprise.http.HttpEndpoint;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopbackServerTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void givesACallAsItWasSentAndSendsTheAnswer() throws Exception {
        HttpEndpoint echo = call -> HttpAnswer.text(
                418,
                "text/plain",
                call.method() + " " + call.path() + " " + call.query() + " " + call.header("x-of-client") + " "
                        + new String(call.body(), StandardCharsets.UTF_8));
        try (LoopbackServer server = LoopbackServer.start(0, echo)) {
            HttpResponse<String> answer = CLIENT.send(
                    HttpRequest.newBuilder(uri(server, "/a%20b?c=%C3%A4"))
                            .header("X-Of-Client", "yes")
                            .POST(HttpRequest.BodyPublishers.ofString("body"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(418);
            assertThat(answer.body()).isEqualTo("POST /a%20b c=%C3%A4 yes body");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void isOutOfReachForOtherMachines() throws Exception {
        Optional<InetAddress> address = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(candidate -> !candidate.isLoopbackAddress() && !candidate.isLinkLocalAddress())
                .findFirst();
        try (LoopbackServer server = LoopbackServer.start(0, nothing())) {
            if (address.isPresent()) {
                assertThatThrownBy(() -> new Socket(address.get(), server.port()).close())
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void takesThePortAfterOneThatIsInUse() throws Exception {
        HttpServer first = LoopbackServer.listen(0);
        HttpServer second = LoopbackServer.listenFrom(first.getAddress().getPort());
        try {
            assertThat(second.getAddress().getPort())
                    .isGreaterThan(first.getAddress().getPort());
            assertThatThrownBy(() -> LoopbackServer.listen(first.getAddress().getPort()))
                    .isInstanceOf(BindException.class);
        } finally {
            first.stop(0);
            second.stop(0);
        }
    }

    /** Long polls hold nobody up, be they as many as they are. */
    @Test
    void answersWhileHundredsWait() throws Exception {
        CountDownLatch arrived = new CountDownLatch(300);
        CountDownLatch go = new CountDownLatch(1);
        HttpEndpoint endpoint = call -> {
            if (call.path().equals("/wait")) {
                arrived.countDown();
                awaitFor(go);
            }
            return HttpAnswer.text(200, "text/plain", call.path());
        };
        try (LoopbackServer server = LoopbackServer.start(0, endpoint)) {
            List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                waiting.add(CLIENT.sendAsync(
                        HttpRequest.newBuilder(uri(server, "/wait")).build(), HttpResponse.BodyHandlers.ofString()));
            }
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();

            assertThat(get(server, "/at-once").body()).isEqualTo("/at-once");

            go.countDown();
            for (CompletableFuture<HttpResponse<String>> each : waiting) {
                assertThat(each.get(20, TimeUnit.SECONDS).body()).isEqualTo("/wait");
            }
        }
    }

    private static void awaitFor(CountDownLatch latch) {
        try {
            boolean unused = latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Head and body of an answer go out without a wait for the client's acknowledgement of the first. */
    @Test
    void answersOnAnOpenConnectionWithoutDelay() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(0, nothing())) {
            get(server, "/");
            long[] nanoseconds = new long[51];
            for (int i = 0; i < nanoseconds.length; i++) {
                long begin = System.nanoTime();
                get(server, "/");
                nanoseconds[i] = System.nanoTime() - begin;
            }
            // Whatever else the machine does, it does not do it to each of them.
            Arrays.sort(nanoseconds);
            assertThat(Duration.ofNanos(nanoseconds[nanoseconds.length / 4]))
                    .as("a quick one of 51; each takes 40 ms with delayed acknowledgements")
                    .isLessThan(Duration.ofMillis(35));
        }
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(0, nothing());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + (Exchanges.LARGEST_BODY + 1)
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void sendsABodyPieceByPieceAsItComes() throws Exception {
        CountDownLatch firstRead = new CountDownLatch(1);
        HttpEndpoint endpoint =
                call -> new HttpAnswer(200, Map.of("Content-Type", "text/event-stream"), new HttpAnswer.Stream(out -> {
                    out.write("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    awaitFor(firstRead);
                    out.write("data: 2\n\n".getBytes(StandardCharsets.UTF_8));
                }));
        try (LoopbackServer server = LoopbackServer.start(0, endpoint)) {
            var answer = CLIENT.send(
                    HttpRequest.newBuilder(uri(server, "/")).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                assertThat(body.readNBytes(9)).asString().isEqualTo("data: 1\n\n");
                firstRead.countDown();
                assertThat(body.readAllBytes()).asString().isEqualTo("data: 2\n\n");
            }
        }
    }

    @Test
    void anEndpointThatFailsIsAnAnswer() throws Exception {
        HttpEndpoint failing = new Routes(List.of(Route.at("/", call -> {
            throw new IllegalStateException("broken");
        })));
        try (LoopbackServer server = LoopbackServer.start(0, failing)) {
            assertThat(get(server, "/").statusCode()).isEqualTo(500);
            assertThat(get(server, "/").body()).contains("broken");
            assertThat(get(server, "/else").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aRouteTakesAPathWithAllBelowItOrAService() {
        Route console = Route.below("/console", nothing());
        assertThat(console.takes().test(call("/console", Map.of()))).isTrue();
        assertThat(console.takes().test(call("/console/a", Map.of()))).isTrue();
        assertThat(console.takes().test(call("/consoles", Map.of()))).isFalse();
        Route api = Route.ofService("AWSStepFunctions", nothing());
        assertThat(api.takes().test(call("/", Map.of("x-amz-target", "AWSStepFunctions.ListStateMachines"))))
                .isTrue();
        assertThat(api.takes().test(call("/", Map.of("X-Amz-Target", "AWSStepFunctionsX.List"))))
                .isFalse();
        assertThat(api.takes().test(call("/", Map.of()))).isFalse();
    }

    private static HttpCall call(String path, Map<String, String> headers) {
        return new HttpCall("POST", path, "", headers, new byte[0]);
    }

    private static HttpEndpoint nothing() {
        return call -> HttpAnswer.text(200, "text/plain", "nothing");
    }

    private static URI uri(LoopbackServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static HttpResponse<String> get(LoopbackServer server, String path) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(uri(server, path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
