package dev.reprise.nativetests.scenario;

import java.time.Duration;
import java.time.Instant;

/** Times that the scenarios show by the way, start of the process included. Nothing is judged by them. */
final class Figures {

    private Figures() {}

    /** Prints the time since then. */
    static void print(String what, Instant since) {
        System.out.printf(
                "figure %s: %d ms%n",
                what, Duration.between(since, Instant.now()).toMillis());
    }
}
