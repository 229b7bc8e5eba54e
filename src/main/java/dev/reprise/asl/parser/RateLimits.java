package dev.reprise.asl.parser;

import static dev.reprise.asl.parser.Field.optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.RateLimit;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code Reprise.RateLimit} of a Task. States with one target have one limit: this holds those that were found. */
final class RateLimits {

    static final String FIELD = "RateLimit";

    private static final String TARGET = "Target";
    private static final String CALLS_PER_SECOND = "CallsPerSecond";
    private static final String MAX_IN_FLIGHT = "MaxInFlight";

    static final FieldTable TABLE = FieldTable.of(
                    optional(TARGET, Values.STRING),
                    optional(CALLS_PER_SECOND, Values.number(RateLimit.LEAST_PER_SECOND, RateLimit.MOST_PER_SECOND)),
                    optional(MAX_IN_FLIGHT, Values.wholeNumber(1, Integer.MAX_VALUE)))
            .atLeastOneOf(CALLS_PER_SECOND, MAX_IN_FLIGHT);

    private record Found(JsonNode limit, Place place) {}

    private final Map<String, Found> byTarget = new HashMap<>();

    /** A Task's limit is the one that other states with its target have. */
    void check(JsonNode task, Place place, Problems problems) {
        JsonNode limit = task.path("Reprise").path(FIELD);
        if (!limit.isObject()) {
            return;
        }
        String target = target(task, limit);
        Place here = place.member("Reprise").member(FIELD);
        Found other = byTarget.putIfAbsent(target, new Found(limit, here));
        if (other != null && !isSame(other.limit(), limit)) {
            problems.error(
                    here,
                    "the target '" + target + "' has another limit at "
                            + other.place().pointer(),
                    "give both the same numbers, or one of them a Target of its own");
        }
    }

    private static boolean isSame(JsonNode a, JsonNode b) {
        return a.path(CALLS_PER_SECOND).doubleValue()
                        == b.path(CALLS_PER_SECOND).doubleValue()
                && a.path(MAX_IN_FLIGHT).intValue() == b.path(MAX_IN_FLIGHT).intValue();
    }

    private static String target(JsonNode task, JsonNode limit) {
        return limit.path(TARGET).asText(task.path("Resource").asText());
    }

    /** The limit of a Task that was checked; null when it has none. */
    static @Nullable RateLimit of(JsonNode task) {
        JsonNode limit = task.path("Reprise").path(FIELD);
        if (!limit.isObject()) {
            return null;
        }
        return new RateLimit(
                target(task, limit),
                limit.has(CALLS_PER_SECOND)
                        ? Duration.ofNanos(Math.round(
                                1_000_000_000 / limit.path(CALLS_PER_SECOND).doubleValue()))
                        : null,
                limit.has(MAX_IN_FLIGHT) ? limit.path(MAX_IN_FLIGHT).intValue() : null);
    }
}
