package dev.reprise.telemetry.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.execution.Printable;
import dev.reprise.task.aws.client.WebCalls;
import dev.reprise.task.aws.protocol.WireAnswer;
import dev.reprise.task.aws.protocol.WireRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A collector that is asked over HTTP. What is X-Ray's own address is asked with the function's signature.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp-request">OTLP/HTTP</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html">AWS, OTLP
 *     endpoints</a>
 */
public final class HttpCollector implements Collector {

    private static final String PATH = "/v1/traces";
    private static final Pattern X_RAY = Pattern.compile("xray\\.([a-z0-9-]+)\\.amazonaws\\.com(\\.cn)?");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_SHOWN = 200;

    private final WebCalls web;
    private final URI origin;
    private final Map<String, String> headers;

    /**
     * A collector.
     *
     * @param address such as {@code http://localhost:4318}; {@code /v1/traces} is added unless it ends so
     * @param headers that each request has besides
     * @throws IllegalArgumentException when it is no address of HTTP
     */
    public HttpCollector(WebCalls web, String address, Map<String, String> headers) {
        this.web = web;
        this.origin = origin(address);
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("content-type", "application/json");
        this.headers = Map.copyOf(all);
    }

    private static URI origin(String address) {
        String base = address.endsWith(PATH) ? address.substring(0, address.length() - PATH.length()) : address;
        URI origin;
        try {
            origin = URI.create(base);
        } catch (IllegalArgumentException e) {
            throw notAnAddress(address, e);
        }
        boolean isHttp = "http".equals(origin.getScheme()) || "https".equals(origin.getScheme());
        if (!isHttp || origin.getHost() == null || origin.getRawQuery() != null || origin.getRawUserInfo() != null) {
            throw notAnAddress(address, null);
        }
        return origin;
    }

    private static IllegalArgumentException notAnAddress(String address, @Nullable IllegalArgumentException cause) {
        return new IllegalArgumentException(
                "reprise.traces.endpoint is the address of a collector that takes OTLP over HTTP, such as"
                        + " http://localhost:4318, not '" + address + "'",
                cause);
    }

    /**
     * Reads headers as {@code OTEL_EXPORTER_OTLP_HEADERS} has them: {@code NAME=VALUE,NAME=VALUE}.
     *
     * @throws IllegalArgumentException when there is something else
     */
    public static Map<String, String> headers(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String each : text.split(",", -1)) {
            int equals = each.indexOf('=');
            String name = equals < 0 ? "" : each.substring(0, equals).strip();
            if (!name.isEmpty()) {
                headers.put(name, decoded(each.substring(equals + 1).strip()));
            } else if (!each.isBlank()) {
                throw new IllegalArgumentException(
                        "reprise.traces.headers is NAME=VALUE, with a comma between several; one of them has no"
                                + " name or no value");
            }
        }
        return headers;
    }

    /** Signs that part the list stand in values as percent signs and digits. A plus sign is one. */
    private static String decoded(String value) {
        return value.indexOf('%') < 0 ? value : URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
    }

    @Override
    public void send(byte[] body, Duration patience) throws IOException, InterruptedException {
        WireRequest request = new WireRequest("POST", PATH, Map.of(), headers, body);
        Matcher xray = X_RAY.matcher(origin.getHost());
        WireAnswer answer = xray.matches()
                ? web.sendSigned(origin, request, "xray", xray.group(1), null, patience)
                : web.send(origin, request, patience);
        if (answer.status() / 100 != 2) {
            throw new IOException("it answered " + answer.status() + ": " + shown(new String(answer.body(), UTF_8)));
        }
        JsonNode refused = refused(answer);
        if (refused.path("rejectedSpans").asLong() > 0) {
            throw new IOException("it refused " + refused.path("rejectedSpans").asLong() + " spans: "
                    + shown(refused.path("errorMessage").asText()));
        }
    }

    /** Some collectors answer with nothing, or not in JSON. */
    private static JsonNode refused(WireAnswer answer) throws IOException {
        try {
            return JSON.readTree(answer.body()).path("partialSuccess");
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static String shown(String text) {
        String line = Printable.of(text.strip());
        return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "…" : line;
    }

    @Override
    public String toString() {
        return origin + PATH;
    }
}
