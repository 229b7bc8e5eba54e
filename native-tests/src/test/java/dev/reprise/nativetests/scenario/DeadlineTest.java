package dev.reprise.nativetests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.nativetests.lambda.Outcome;
import dev.reprise.nativetests.lambda.RecordedFunction;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static final int ITEMS = 2_000;

    /** 2,000 calls of 200 ms, 40 at a time, are ten seconds' work; an invocation has five. */
    @Test
    void aMapThatIsTooLongForOneInvocationCompletesOverSeveral() {
        try (Reprise reprise = Reprise.deploy("deadline", settings -> settings.withTimeout(Duration.ofSeconds(5)))) {
            RecordedFunction square = reprise.provide("square", Squares.function(Duration.ofMillis(200)));

            JsonNode suspended = reprise.answer(Squares.start("one", ITEMS));
            assertThat(suspended.path("status").asText()).isEqualTo("RUNNING");
            reprise.settle(Duration.ofMinutes(1));

            JsonNode ended = reprise.answer(Reprise.describe(Squares.WORKFLOW, "one"));
            assertThat(ended.path("status").asText()).isEqualTo("SUCCEEDED");
            assertThat(ended.path("output")).hasToString(Squares.output(ITEMS));
            // Calls that were still running at the end of an invocation were given up, and made again.
            int invocations = reprise.function().invocations().size();
            assertThat(square.calls()).hasSizeBetween(ITEMS, ITEMS + invocations * Squares.MAX_CONCURRENCY);
            assertThat(reprise.function().invocations())
                    .as("each invocation ended by itself, before its deadline")
                    .hasSizeGreaterThan(3)
                    .allSatisfy(
                            invocation -> assertThat(invocation.outcome()).get().isInstanceOf(Outcome.Answered.class));
        }
    }
}
