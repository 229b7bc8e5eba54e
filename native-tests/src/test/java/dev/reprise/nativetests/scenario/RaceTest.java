package dev.reprise.nativetests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.nativetests.lambda.Invocation;
import dev.reprise.nativetests.lambda.RecordedFunction;
import dev.reprise.nativetests.lambda.Sandbox;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two processes for one execution: one proceeds, the other does nothing more. */
class RaceTest {

    private static final int ITEMS = 200;

    @Test
    void aProcessThatWasOvertakenDoesNothingMore() {
        try (Reprise reprise = Reprise.deploy("overtaken", settings -> settings)) {
            RecordedFunction square = reprise.provide("square", Squares.function(Duration.ofMillis(5)));
            // Half of the items get their answers; then the first process waits for as many as may run at once.
            int last = ITEMS / 2 + Squares.MAX_CONCURRENCY;
            square.hold(ITEMS / 2 + 1, last);
            Sandbox first = reprise.function().startSandbox();
            Invocation overtaken = reprise.function().deliver(Squares.start("one", ITEMS), "the-request", first);
            square.awaitCalls(last, Duration.ofSeconds(20));
            first.freeze();

            // Lambda believes the first attempt lost and delivers the event again.
            Sandbox second = reprise.function().startSandbox();
            JsonNode ended = reprise.answerOf(reprise.function().deliver(overtaken.event(), "the-request", second));
            assertThat(ended.path("output")).hasToString(Squares.output(ITEMS));
            assertThat(square.calls()).hasSize(ITEMS + Squares.MAX_CONCURRENCY);

            // The first process wakes up, and now the answers come.
            first.thaw();
            square.release();

            assertThat(reprise.answerOf(overtaken))
                    .as("what the first process answers")
                    .isEqualTo(ended);
            assertThat(square.calls()).as("calls of functions").hasSize(ITEMS + Squares.MAX_CONCURRENCY);
            assertThat(reprise.journal(Squares.WORKFLOW, "one").succeededItems("Square"))
                    .as("items in the journal, each once")
                    .hasSize(ITEMS);
        }
    }

    @Test
    void ofTwoProcessesThatStartTheSameExecutionOneDoesTheWork() {
        try (Reprise reprise = Reprise.deploy("two-at-once", settings -> settings)) {
            RecordedFunction square = reprise.provide("square", Squares.function(Duration.ofMillis(20)));
            List<Sandbox> processes = List.of(
                    reprise.function().startSandbox(), reprise.function().startSandbox());

            List<Invocation> both = processes.stream()
                    .map(process -> reprise.function()
                            .deliver(Squares.start("one", ITEMS), "request-" + process.hashCode(), process))
                    .toList();

            List<String> statuses = both.stream()
                    .map(invocation ->
                            reprise.answerOf(invocation).path("status").asText())
                    .toList();
            assertThat(statuses).contains("SUCCEEDED").isSubsetOf("SUCCEEDED", "RUNNING");
            assertThat(Squares.numbers(square.calls()))
                    .as("numbers squared by either process")
                    .doesNotHaveDuplicates()
                    .hasSize(ITEMS);
        }
    }
}
