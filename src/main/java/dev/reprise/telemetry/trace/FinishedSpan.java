package dev.reprise.telemetry.trace;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span as it is sent.
 *
 * @param parentId null when it is the root of its trace
 * @param attributes texts, whole numbers ({@link Long}) and {@link Boolean}s by their names
 * @param links spans of other traces that it has to do with
 * @param failure what it failed with, as the message of its status; null when it did not fail
 */
record FinishedSpan(
        SpanContext context,
        @Nullable String parentId,
        String name,
        Kind kind,
        Instant from,
        Instant to,
        Map<String, Object> attributes,
        List<SpanContext> links,
        @Nullable String failure) {

    /** OpenTelemetry's kinds, as far as they are used, with their numbers in its protocol. */
    enum Kind {
        INTERNAL(1),
        SERVER(2),
        CLIENT(3);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }
}
