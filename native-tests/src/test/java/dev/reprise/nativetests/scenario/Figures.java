package dev.reprise.nativetests.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What the scenarios show by the way. Nothing is judged by it. */
final class Figures {

    private static final double NANOSECONDS_IN_A_MILLISECOND = 1e6;
    private static final double BYTES_IN_A_MEGABYTE = 1e6;

    private Figures() {}

    /** Prints the time since then. */
    static void print(String what, Instant since) {
        print(what, Duration.between(since, Instant.now()).toMillis(), "ms");
    }

    /** Prints the median of times. */
    static void print(String what, List<Duration> times) {
        List<Duration> sorted = times.stream().sorted().toList();
        print(
                what + ", median of " + times.size(),
                sorted.get(sorted.size() / 2).toNanos() / NANOSECONDS_IN_A_MILLISECOND,
                "ms");
    }

    /** Prints an amount of memory. */
    static void printBytes(String what, long bytes) {
        print(what, bytes / BYTES_IN_A_MEGABYTE, "MB");
    }

    private static void print(String what, double number, String unit) {
        System.out.printf(Locale.ROOT, "figure %s: %.1f %s%n", what, number, unit);
    }
}
