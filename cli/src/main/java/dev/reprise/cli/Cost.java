package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.util.Objects;

/**
 * What an execution costs, estimated from its history with list prices of us-east-1 in 2026. Tasks themselves, and the
 * memory and time of Lambda functions, are left out everywhere but for Express, which bills its own.
 *
 * @param transitions states entered, and retries
 * @param results tasks that gave something
 * @param bytes of these results as JSON
 * @param duration from the start to the end
 */
record Cost(long transitions, long results, long bytes, Duration duration) {

    /** Step Functions Standard, a state transition. */
    private static final double TRANSITION = 25.0 / 1_000_000;

    /** Step Functions Express, a request. */
    private static final double EXPRESS_REQUEST = 1.0 / 1_000_000;

    /** Express, a GB second; its memory is billed in chunks of 64 MB. */
    private static final double EXPRESS_GB_SECOND = 0.00001667;

    private static final double EXPRESS_GB = 64.0 / 1_024;

    /** Lambda durable functions, an operation. */
    private static final double DURABLE_OPERATION = 8.0 / 1_000_000;

    /** DynamoDB on demand, a write unit of 1 KB. */
    private static final double WRITE_UNIT = 0.625 / 1_000_000;

    private static final double KILOBYTE = 1_024;

    /** A journal's start and end, and what an entry takes beside the result. */
    private static final int HEAD_UNITS = 2;

    private static final int ENTRY_BYTES = 100;

    static Cost of(ArrayNode events) {
        long transitions = 0;
        long results = 0;
        long bytes = 0;
        for (JsonNode event : events) {
            String type = event.path("type").asText();
            if (type.endsWith("StateEntered")) {
                transitions++;
            }
            boolean ofTask =
                    type.startsWith("Task") || type.startsWith("LambdaFunction") || type.startsWith("Activity");
            if (ofTask && (type.endsWith("Scheduled"))) {
                results++;
            }
            if (ofTask && type.endsWith("Failed")) {
                transitions++;
            }
            if (ofTask && type.endsWith("Succeeded")) {
                bytes += event.toString().length();
            }
        }
        var start = Times.of(events.path(0).path("timestamp"));
        var end = Times.of(events.path(events.size() - 1).path("timestamp"));
        return new Cost(
                transitions + 1,
                results,
                bytes,
                start == null || end == null ? Duration.ZERO : Duration.between(start, Objects.requireNonNull(end)));
    }

    /** Write units at most: every result in a segment of its own. */
    double writeUnits() {
        return HEAD_UNITS + Math.ceil((bytes + results * ENTRY_BYTES) / KILOBYTE);
    }

    double here() {
        return writeUnits() * WRITE_UNIT;
    }

    double standard() {
        return transitions * TRANSITION;
    }

    double express() {
        double chunks = Math.max(1, Math.ceil(duration.toMillis() / 100.0));
        return EXPRESS_REQUEST + chunks / 10 * EXPRESS_GB * EXPRESS_GB_SECOND;
    }

    double durableFunction() {
        return (results + 1) * DURABLE_OPERATION;
    }
}
