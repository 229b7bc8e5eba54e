package dev.reprise.telemetry.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.reprise.task.aws.client.Connections;
import dev.reprise.task.aws.client.WebCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** A collector that is dead, slow or refuses costs a bounded time and a line in the log, and nothing else. */
class SpanExportTest {

    private static final PatternFormatter WORDS = new PatternFormatter("%s");
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final Connections connections = new Connections(100_000);
    private final WebCalls web = new WebCalls(
            connections, () -> "us-east-1", () -> AwsBasicCredentials.create("AKID", "secret"), Clock.systemUTC());
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final AtomicLong nanoseconds = new AtomicLong();

    private final Logger logger = Logger.getLogger(SpanExport.class.getName());
    private final Handler keeper = new Handler() {
        @Override
        public void publish(LogRecord said) {
            if (said.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(WORDS.format(ExtLogRecord.wrap(said)));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(keeper);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void close() {
        logger.removeHandler(keeper);
        logger.setUseParentHandlers(true);
        connections.close();
    }

    private SpanExport export(Collector collector, Duration patience, int most) {
        return new SpanExport(collector, Map.of("service.name", "shop"), patience, most, nanoseconds::get);
    }

    private static List<FinishedSpan> spans(int count) {
        SpanIds ids = new SpanIds("arn:aws:states:us-east-1:1:execution:orders:4711", Instant.EPOCH);
        List<FinishedSpan> spans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            spans.add(new FinishedSpan(
                    new SpanContext(ids.traceId(), ids.spanId(0, "span " + i)),
                    null,
                    "span",
                    FinishedSpan.Kind.INTERNAL,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    Map.of("n", (long) i),
                    List.of(),
                    null));
        }
        return spans;
    }

    @Test
    void allIsSentBeforeTheAnswer() {
        SentSpans sent = new SentSpans();
        SpanExport export = export(sent, LONG, 10_000);

        export.add(spans(2_500), 0, false);
        export.finish(LONG);

        assertThat(sent.all()).hasSize(2_500);
        assertThat(SentSpans.twice(sent.all())).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void aDeadCollectorIsWarnedOfOnceAndLeftAloneForAWhile() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        SpanExport export = export(new HttpCollector(web, "http://127.0.0.1:" + port, Map.of()), LONG, 10_000);

        for (int i = 0; i < 3; i++) {
            export.add(spans(10), 0, true);
            export.finish(LONG);
        }

        assertThat(warnings).hasSize(1);
        assertThat(warnings.getFirst())
                .startsWith("Spans are lost, executions go on: http://127.0.0.1:" + port + "/v1/traces: ");
    }

    @Test
    void aCollectorThatIsBackGetsSpansAgain() {
        SentSpans sent = new SentSpans();
        AtomicInteger asked = new AtomicInteger();
        SpanExport export = export(
                (body, patience) -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new IOException("it is dead");
                    }
                    sent.send(body, patience);
                },
                LONG,
                10_000);

        export.add(spans(10), 0, true);
        export.finish(LONG);
        export.add(spans(10), 0, true);
        export.finish(LONG);
        assertThat(asked).hasValue(1);

        nanoseconds.addAndGet(SpanExport.REST.toNanos());
        export.add(spans(10), 0, true);
        export.finish(LONG);
        assertThat(sent.all()).hasSize(10);
        assertThat(warnings).hasSize(1);
    }

    @Test
    void aSlowCollectorIsGivenUpWhenItsTimeIsOver() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        SpanExport export = export(
                (body, patience) -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                },
                SHORT,
                10_000);

        export.add(spans(3_000), 0, true);
        long before = System.nanoTime();
        export.finish(LONG);
        long took = System.nanoTime() - before;

        // Nothing is sent on once the invocation is answered.
        interrupted.await();
        assertThat(Duration.ofNanos(took)).isBetween(SHORT, Duration.ofSeconds(30));
        assertThat(warnings).hasSize(1);
        assertThat(warnings.getFirst()).contains("could not be sent within PT0.2S");
    }

    @Test
    void anInvocationThatHasLittleTimeLeftWaitsNoLonger() {
        CountDownLatch never = new CountDownLatch(1);
        SpanExport export = export((body, patience) -> never.await(), LONG, 10_000);

        export.add(spans(1), 0, true);
        export.finish(Duration.ZERO);

        assertThat(warnings.getFirst()).contains("could not be sent within PT0S");
    }

    @Test
    void whatIsTooMuchIsGivenUp() {
        SentSpans sent = new SentSpans();
        SpanExport export = export(sent, LONG, 100);

        export.add(spans(150), 0, false);
        export.add(List.of(), 7, false);
        export.finish(LONG);

        assertThat(sent.all()).hasSize(100);
        assertThat(warnings).singleElement().asString().contains("more than 100 wait");
    }

    @Test
    void aCollectorIsAskedAsTheProtocolHasIt() throws Exception {
        List<String> requests = new CopyOnWriteArrayList<>();
        answering(200, "{\"partialSuccess\":{}}", requests, address -> {
            Collector collector = new HttpCollector(web, address, HttpCollector.headers("api-key=a%2Cb, x = 1"));
            collector.send("{}".getBytes(UTF_8), LONG);
            new HttpCollector(web, address + "/v1/traces", Map.of()).send("{}".getBytes(UTF_8), LONG);
        });

        assertThat(requests)
                .containsExactly(
                        "POST /v1/traces application/json a,b 1 {}", "POST /v1/traces application/json null null {}");
    }

    @Test
    void aRefusalSaysWhatTheCollectorSays() throws Exception {
        answering(403, "no such\nkey", new ArrayList<>(), address -> {
            Collector collector = new HttpCollector(web, address, Map.of());
            assertThatThrownBy(() -> collector.send("{}".getBytes(UTF_8), LONG))
                    .hasMessage("it answered 403: no such\\u000akey");
        });
        String refused = "{\"partialSuccess\":{\"rejectedSpans\":\"3\",\"errorMessage\":\"too old\"}}";
        answering(200, refused, new ArrayList<>(), address -> {
            Collector collector = new HttpCollector(web, address, Map.of());
            assertThatThrownBy(() -> collector.send("{}".getBytes(UTF_8), LONG))
                    .hasMessage("it refused 3 spans: too old");
        });
    }

    @Test
    void whatIsNoAddressIsRefusedAtTheStart() {
        for (String address : List.of("localhost:4318", "ftp://x", "http://", "http://a b", "http://x?y=1")) {
            assertThatThrownBy(() -> new HttpCollector(web, address, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("reprise.traces.endpoint")
                    .hasMessageContaining(address);
        }
        assertThatThrownBy(() -> HttpCollector.headers("a=1,secret"))
                .hasMessageContaining("reprise.traces.headers")
                .hasMessageNotContaining("secret");
    }

    private interface Asking {
        void ask(String address) throws Exception;
    }

    private static void answering(int status, String answer, List<String> requests, Asking asking) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("content-type") + " "
                    + exchange.getRequestHeaders().getFirst("api-key") + " "
                    + exchange.getRequestHeaders().getFirst("x") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            asking.ask("http://127.0.0.1:" + server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }
}
