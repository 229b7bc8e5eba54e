package dev.reprise.telemetry.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Spans in the JSON of OpenTelemetry's protocol: ids in hexadecimal, enumerations as numbers, and 64-bit numbers as
 * texts.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OTLP, JSON Protobuf encoding</a>
 */
final class OtlpJson {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int STATUS_ERROR = 2;
    private static final int BYTES_OF_A_SPAN = 700;

    private final Map<String, String> resource;

    /** @param resource attributes of who sends the spans */
    OtlpJson(Map<String, String> resource) {
        this.resource = Map.copyOf(resource);
    }

    /** The body of a request that sends these. */
    byte[] write(List<FinishedSpan> spans) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(BYTES_OF_A_SPAN * spans.size());
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("resourceSpans");
            json.writeStartObject();
            json.writeObjectFieldStart("resource");
            attributes(json, resource);
            json.writeEndObject();
            json.writeArrayFieldStart("scopeSpans");
            json.writeStartObject();
            json.writeObjectFieldStart("scope");
            json.writeStringField("name", "dev.reprise");
            json.writeEndObject();
            json.writeArrayFieldStart("spans");
            for (FinishedSpan span : spans) {
                write(json, span);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot fail to be written", e);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, FinishedSpan span) throws IOException {
        json.writeStartObject();
        context(json, span.context());
        if (span.parentId() != null) {
            json.writeStringField("parentSpanId", span.parentId());
        }
        json.writeStringField("name", span.name());
        json.writeNumberField("kind", span.kind().number());
        json.writeStringField("startTimeUnixNano", nanoseconds(span.from()));
        json.writeStringField("endTimeUnixNano", nanoseconds(span.to()));
        attributes(json, span.attributes());
        if (!span.links().isEmpty()) {
            json.writeArrayFieldStart("links");
            for (SpanContext link : span.links()) {
                json.writeStartObject();
                context(json, link);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        status(json, span.failure());
        json.writeEndObject();
    }

    private static void context(JsonGenerator json, SpanContext context) throws IOException {
        json.writeStringField("traceId", context.traceId());
        json.writeStringField("spanId", context.spanId());
    }

    /** Facts have milliseconds. */
    private static String nanoseconds(Instant at) {
        return at.toEpochMilli() + "000000";
    }

    private static void status(JsonGenerator json, @Nullable String failure) throws IOException {
        if (failure != null) {
            json.writeObjectFieldStart("status");
            json.writeNumberField("code", STATUS_ERROR);
            json.writeStringField("message", failure);
            json.writeEndObject();
        }
    }

    private static void attributes(JsonGenerator json, Map<String, ?> attributes) throws IOException {
        json.writeArrayFieldStart("attributes");
        for (Map.Entry<String, ?> attribute : attributes.entrySet()) {
            json.writeStartObject();
            json.writeStringField("key", attribute.getKey());
            json.writeObjectFieldStart("value");
            switch (attribute.getValue()) {
                case Long number -> json.writeStringField("intValue", number.toString());
                case Boolean truth -> json.writeBooleanField("boolValue", truth);
                case Object text -> json.writeStringField("stringValue", text.toString());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
