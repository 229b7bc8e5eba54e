package dev.reprise.nativetests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.nativetests.lambda.Invocation;
import dev.reprise.nativetests.lambda.Outcome;
import dev.reprise.nativetests.lambda.RecordedFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code kill -9} in the middle of a Map: nothing that was durable is done again, and nothing is lost. */
class KilledMapTest {

    private static final int ITEMS = 500;

    @Test
    void everyItemIsInTheResultOnceAndNoDurableItemRunsAgain() {
        try (Reprise reprise = Reprise.deploy("killed-map", settings -> settings)) {
            RecordedFunction square = reprise.provide("square", Squares.function(Duration.ofMillis(5)));
            square.uponCall(250, () -> reprise.function().killAll());

            Invocation killed = reprise.function().invoke(Squares.start("one", ITEMS));
            assertThat(killed.await()).isEqualTo(new Outcome.Died(137));
            Set<Integer> durable = squared(reprise, "one");
            int callsBefore = square.calls().size();
            assertThat(durable).as("numbers whose squares are in the journal").isNotEmpty();

            // Lambda delivers an asynchronous event that failed once more, under the same request id.
            Instant redelivered = Instant.now();
            JsonNode ended = reprise.answerOf(reprise.function().deliver(killed.event(), killed.requestId()));
            Figures.print("500 items finished by a new process after kill -9", redelivered);

            assertThat(ended.path("status").asText()).isEqualTo("SUCCEEDED");
            assertThat(ended.path("output")).hasToString(Squares.output(ITEMS));
            List<Integer> again = Squares.numbers(square.calls())
                    .subList(callsBefore, square.calls().size());
            assertThat(again)
                    .as("numbers squared after the kill")
                    .doesNotHaveDuplicates()
                    .doesNotContainAnyElementsOf(durable);
            assertThat(again.size() + durable.size()).isEqualTo(ITEMS);
        }
    }

    /** The same with tasks inside the function: it appends a line to a file for each task that it starts. */
    @Test
    void noDurableTaskInsideTheFunctionRunsAgain() throws IOException {
        Path taskLog = Files.createTempFile("tasks", ".log");
        try (Reprise reprise =
                Reprise.deploy("killed-tasks", settings -> settings.with("REPRISE_TASK_LOG", taskLog.toString()))) {
            Invocation killed = reprise.function().invoke(Reprise.start("process-orders", "one", orders()));
            // Two tasks an order: about the middle.
            while (Files.readAllLines(taskLog).size() < ITEMS
                    && killed.outcome().isEmpty()) {
                Thread.onSpinWait();
            }
            reprise.function().killAll();
            assertThat(killed.await()).isEqualTo(new Outcome.Died(137));
            Set<String> durable = reprise.journal("process-orders", "one").succeeded();
            int startedBefore = Files.readAllLines(taskLog).size();
            assertThat(durable).as("tasks whose results are in the journal").isNotEmpty();

            JsonNode ended = reprise.answerOf(reprise.function().deliver(killed.event(), killed.requestId()));

            assertThat(ended.path("status").asText()).isEqualTo("SUCCEEDED");
            assertThat(ended.at("/output/orders").findValuesAsText("order"))
                    .isEqualTo(IntStream.rangeClosed(1, ITEMS)
                            .mapToObj(order -> "o-" + order)
                            .toList());
            assertThat(ended.at("/output/chargedCents").asInt()).isEqualTo(ITEMS * 100);
            List<String> started = Files.readAllLines(taskLog);
            List<String> again = started.subList(startedBefore, started.size());
            assertThat(again)
                    .as("idempotency keys of tasks started after the kill")
                    .doesNotHaveDuplicates()
                    .doesNotContainAnyElementsOf(durable.stream()
                            .map(effect -> ended.path("executionArn").asText() + effect)
                            .toList())
                    .hasSize(2 * ITEMS - durable.size());
        } finally {
            Files.delete(taskLog);
        }
    }

    private static String orders() {
        return IntStream.rangeClosed(1, ITEMS)
                .mapToObj(order -> "{\"id\": \"o-%d\", \"customer\": \"Ada\", \"quantity\": 1, \"unitPriceCents\": 100}"
                        .formatted(order))
                .collect(Collectors.joining(",", "{\"orders\": [", "]}"));
    }

    @Test
    void anExecutionSurvivesOneKillAfterAnother() {
        try (Reprise reprise = Reprise.deploy("killed-again-and-again", settings -> settings)) {
            RecordedFunction square = reprise.provide("square", Squares.function(Duration.ofMillis(5)));
            List<Integer> durable = new ArrayList<>();
            Invocation last = null;
            for (int kill = 1; kill <= 4; kill++) {
                square.uponCall(kill * 100, () -> reprise.function().killAll());
                last = last == null
                        ? reprise.function().invoke(Squares.start("one", ITEMS))
                        : reprise.function().deliver(last.event(), last.requestId());
                assertThat(last.await()).isEqualTo(new Outcome.Died(137));
                Set<Integer> now = squared(reprise, "one");
                assertThat(now).as("nothing durable is ever lost").containsAll(durable);
                durable = new ArrayList<>(now);
            }

            JsonNode ended = reprise.answerOf(reprise.function().deliver(last.event(), last.requestId()));

            assertThat(ended.path("output")).hasToString(Squares.output(ITEMS));
        }
    }

    /** The numbers whose squares are in the journal. Item 0 of the Map is number 1. */
    private static Set<Integer> squared(Reprise reprise, String name) {
        Set<Integer> numbers = new HashSet<>();
        for (int item : reprise.journal(Squares.WORKFLOW, name).succeededItems("Square")) {
            numbers.add(item + 1);
        }
        return numbers;
    }
}
