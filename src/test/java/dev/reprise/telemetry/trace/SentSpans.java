package dev.reprise.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A collector that keeps what it is sent, read from the protocol's JSON. */
public final class SentSpans implements Collector {

    /**
     * A span as it came.
     *
     * @param parent empty when it is a root
     * @param error the message of a status that says so; empty for no error
     * @param links ids of spans
     */
    public record Sent(
            String trace,
            String id,
            String parent,
            String name,
            Instant from,
            Instant to,
            Map<String, String> attributes,
            List<String> links,
            String error) {

        public @Nullable String attribute(String name) {
            return attributes.get(name);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<Sent> spans = new CopyOnWriteArrayList<>();
    private final List<SpanExport> exports = new CopyOnWriteArrayList<>();

    /** Traces of one process, of which every item is told. */
    public Traces traces() {
        return traces(1);
    }

    /** Traces of one process. */
    public Traces traces(double itemRate) {
        return traces(itemRate, null);
    }

    /** Traces of one process, in a trace of Lambda's. */
    public Traces traces(double itemRate, @Nullable String lambdaHeader) {
        SpanExport export = new SpanExport(this, Map.of("service.name", "shop"), PATIENCE, 1_000_000);
        exports.add(export);
        return new Traces(new Traces.Settings("shop", itemRate, 1_000_000), export, () -> lambdaHeader);
    }

    @Override
    public void send(byte[] body, Duration patience) throws IOException {
        JsonNode request = JSON.readTree(body);
        List<Sent> sent = new ArrayList<>();
        for (JsonNode span : request.at("/resourceSpans/0/scopeSpans/0/spans")) {
            sent.add(read(span));
        }
        spans.addAll(sent);
    }

    private static Sent read(JsonNode span) {
        Map<String, String> attributes = new HashMap<>();
        for (JsonNode attribute : span.path("attributes")) {
            assertThat(attribute.path("value").size()).isEqualTo(1);
            String before = attributes.put(
                    attribute.path("key").textValue(),
                    attribute.path("value").elements().next().asText());
            assertThat(before).isNull();
        }
        List<String> links = new ArrayList<>();
        span.path("links")
                .forEach(link -> links.add(link.path("traceId").textValue() + " "
                        + link.path("spanId").textValue()));
        assertThat(span.path("traceId").textValue()).matches("[0-9a-f]{32}");
        assertThat(span.path("spanId").textValue()).matches("[0-9a-f]{16}");
        boolean isError = span.at("/status/code").intValue() == 2;
        return new Sent(
                span.path("traceId").textValue(),
                span.path("spanId").textValue(),
                span.path("parentSpanId").asText(),
                span.path("name").textValue(),
                time(span.path("startTimeUnixNano")),
                time(span.path("endTimeUnixNano")),
                attributes,
                links,
                isError ? span.at("/status/message").asText() : "");
    }

    private static Instant time(JsonNode nanoseconds) {
        assertThat(nanoseconds.isTextual()).isTrue();
        return Instant.ofEpochSecond(0, Long.parseLong(nanoseconds.textValue()));
    }

    /** What has come, when all that was handed over has come. */
    public List<Sent> all() {
        exports.forEach(export -> export.finish(PATIENCE));
        return List.copyOf(spans);
    }

    /** The same, and from now on what comes after it. */
    public List<Sent> take() {
        List<Sent> taken = all();
        spans.clear();
        return taken;
    }

    /** Of those, the ones of that name. */
    public static List<Sent> named(String name, List<Sent> spans) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    /** The only one of that name. */
    public static Sent only(String name, List<Sent> spans) {
        assertThat(named(name, spans)).as(name).hasSize(1);
        return named(name, spans).getFirst();
    }

    /** Spans of whose ids there is more than one. */
    public static List<Sent> twice(List<Sent> spans) {
        Map<String, Long> counts = spans.stream().collect(Collectors.groupingBy(SentSpans::key, Collectors.counting()));
        return spans.stream().filter(span -> counts.get(key(span)) > 1).toList();
    }

    /** Spans whose parent is not there. */
    public static List<Sent> orphans(List<Sent> spans) {
        Set<String> keys = spans.stream().map(SentSpans::key).collect(Collectors.toSet());
        return spans.stream()
                .filter(span -> !span.parent().isEmpty() && !keys.contains(span.trace() + span.parent()))
                .toList();
    }

    private static String key(Sent span) {
        return span.trace() + span.id();
    }

    /** Whatever happened, each span is there once, begins before it ends, and has a parent or is the root. */
    public static void assertWhole(List<Sent> spans) {
        assertThat(twice(spans)).as("one id, several spans").isEmpty();
        assertThat(orphans(spans)).as("spans without their parent").isEmpty();
        assertThat(spans).allSatisfy(span -> assertThat(span.from()).isBeforeOrEqualTo(span.to()));
    }
}
