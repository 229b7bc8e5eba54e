package dev.reprise.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.StatesError;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.operations.SweepReport;
import dev.reprise.runtime.RunEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunMetricsTest {

    private static final String ARN = "arn:aws:states:us-east-1:111111111111:execution:orders:4711";
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final List<String> lines = new ArrayList<>();
    private final RunMetrics metrics = new RunMetrics("shop", lines::add);

    @Test
    void anExecutionIsOneLineWithWhatItDid() {
        metrics.on(new RunEvent.Started(ARN, NOON));
        metrics.on(new RunEvent.TaskAsked(ARN, NOON, task(1), "Charge", 0));
        metrics.on(new RunEvent.TaskAnswered(ARN, NOON.plusMillis(40), task(1), new StatesError("Declined", null)));
        metrics.on(new RunEvent.StateRetried(ARN, NOON, ScopePath.ROOT, "Charge", NOON));
        metrics.on(new RunEvent.TaskAsked(ARN, NOON.plusMillis(50), task(2), "Charge", 1));
        metrics.on(new RunEvent.TaskAnswered(ARN, NOON.plusMillis(60), task(2), null));
        metrics.on(new RunEvent.Flushed(ARN, NOON, new ConsumedUnits(5, 7), new ConsumedUnits(1, 2)));
        assertThat(lines).isEmpty();
        metrics.on(new RunEvent.Ended(ARN, NOON, NOON.plusMillis(75), new Outcome.Succeeded(NullNode.instance)));

        JsonNode line = onlyLine();
        assertThat(line.path("Workflow").textValue()).isEqualTo("orders");
        assertThat(line.path("ExecutionsStarted").intValue()).isEqualTo(1);
        assertThat(line.path("ExecutionsSucceeded").intValue()).isEqualTo(1);
        assertThat(line.path("ExecutionTime").toString()).isEqualTo("[75]");
        assertThat(line.path("TasksScheduled").intValue()).isEqualTo(2);
        assertThat(line.path("TasksFailed").intValue()).isEqualTo(1);
        assertThat(line.path("TaskTime").toString()).isEqualTo("[40,10]");
        assertThat(line.path("Retries").intValue()).isEqualTo(1);
        assertThat(line.path("JournalWriteUnits").doubleValue()).isEqualTo(2);
        assertThat(line.path("JournalReadUnits").doubleValue()).isEqualTo(1);
    }

    /** The format's specification: each metric that is named stands in the line, and each dimension too. */
    @Test
    void theLineNamesEachMetricThatItHolds() {
        metrics.on(new RunEvent.Started(ARN, NOON));
        metrics.on(new RunEvent.Suspended(ARN, NOON, null));

        JsonNode line = onlyLine();
        JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
        assertThat(line.at("/_aws/Timestamp").longValue()).isEqualTo(NOON.toEpochMilli());
        assertThat(directive.path("Namespace").textValue()).isEqualTo("Reprise");
        assertThat(directive.path("Dimensions").toString())
                .isEqualTo("[[\"FunctionName\"],[\"FunctionName\",\"Workflow\"]]");
        assertThat(line.path("FunctionName").textValue()).isEqualTo("shop");
        Set<String> named = new HashSet<>();
        directive
                .path("Metrics")
                .forEach(metric -> named.add(metric.path("Name").textValue()));
        assertThat(named).containsExactlyInAnyOrder("ExecutionsStarted", "Suspensions", "ColdStarts");
        named.forEach(name -> assertThat(line.has(name)).as(name).isTrue());
    }

    @Test
    void onlyTheFirstExecutionOfAProcessIsAColdStart() {
        for (int i = 0; i < 2; i++) {
            metrics.on(new RunEvent.Resumed(ARN, NOON));
            metrics.on(new RunEvent.Suspended(ARN, NOON, null));
        }

        assertThat(json(lines.get(0)).has("ColdStarts")).isTrue();
        assertThat(json(lines.get(1)).has("ColdStarts")).isFalse();
    }

    @Test
    void timesOfManyTasksAreAHundredEvenlySpread() {
        metrics.on(new RunEvent.Started(ARN, NOON));
        for (int i = 0; i < 10_000; i++) {
            metrics.on(new RunEvent.TaskAsked(ARN, NOON, task(i), "Charge", 0));
            metrics.on(new RunEvent.TaskAnswered(ARN, NOON.plusMillis(i), task(i), null));
        }
        metrics.on(new RunEvent.Suspended(ARN, NOON, null));

        JsonNode times = onlyLine().path("TaskTime");
        assertThat(times.size()).isBetween(50, 100);
        assertThat(times.get(0).intValue()).isZero();
        int step = times.get(1).intValue();
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i).intValue() - times.get(i - 1).intValue()).isEqualTo(step);
        }
        assertThat(times.get(times.size() - 1).intValue()).isGreaterThan(9_800);
    }

    @Test
    void aSweepTellsThatNothingIsOverdueToo() {
        new SweepMetrics("shop", () -> NOON, lines::add).accept(new SweepReport(0, 1, 2, 3, 4, false));

        JsonNode line = onlyLine();
        assertThat(line.path("Overdue").isNumber()).isTrue();
        assertThat(line.path("Overdue").intValue()).isZero();
        assertThat(line.path("Unreadable").intValue()).isEqualTo(4);
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Metrics").size()).isEqualTo(4);
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString()).isEqualTo("[[\"FunctionName\"]]");
        assertThat(line.path("FunctionName").textValue()).isEqualTo("shop");
    }

    /** An owner that was overtaken tells no end. */
    @Test
    void executionsThatTellNoEndAreNotKeptForEver() {
        for (int i = 0; i < 1_000; i++) {
            metrics.on(new RunEvent.Resumed(ARN + i, NOON));
        }

        assertThat(lines).hasSize(1_000 - 256);
    }

    private static EffectId task(int number) {
        return EffectId.parse("/:" + number);
    }

    private JsonNode onlyLine() {
        assertThat(lines).hasSize(1);
        return json(lines.getFirst());
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
