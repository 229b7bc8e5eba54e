package dev.reprise.testing.suite;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of a case.
 *
 * @param workflow whose case it is
 * @param name the case's
 * @param problem what went wrong, for people; null when nothing did
 * @param took how long it really took
 */
public record CaseResult(
        String workflow, String name, @Nullable String problem, Duration took) {

    /** Whether it did what is expected. */
    public boolean passed() {
        return problem == null;
    }
}
