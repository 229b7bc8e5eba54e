package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** Numbers as a snapshot holds them: one that is missing, or is something else, is an error and no 0. */
final class SnapshotNumbers {

    private SnapshotNumbers() {}

    static long number(JsonNode in, String name) {
        return whole(in.path(name), name);
    }

    /** One that is left out where it is 0. */
    static long numberOr0(JsonNode in, String name) {
        return in.has(name) ? number(in, name) : 0;
    }

    static int count(JsonNode in, String name) {
        return element(in.path(name), name);
    }

    /** One that is left out where it is 0. */
    static int countOr0(JsonNode in, String name) {
        return in.has(name) ? count(in, name) : 0;
    }

    static Instant instant(JsonNode in, String name) {
        return Instant.ofEpochMilli(number(in, name));
    }

    /** An element of a list of that name. */
    static int element(JsonNode value, String name) {
        long number = whole(value, name);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("A snapshot whose '" + name + "' is no count: " + value);
        }
        return (int) number;
    }

    /** An element of a list of that name. */
    static long whole(JsonNode value, String name) {
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException(
                    "A snapshot whose '" + name + "' is no number: " + (value.isMissingNode() ? "missing" : value));
        }
        return value.longValue();
    }
}
