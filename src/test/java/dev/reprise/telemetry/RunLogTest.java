package dev.reprise.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.StatesError;
import dev.reprise.runtime.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunLogTest {

    private static final String ARN = "arn:aws:states:us-east-1:111111111111:execution:orders:4711";
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final ScopePath ITEM = ScopePath.parse("/Each[17]");
    private static final EffectId TASK = EffectId.parse("/Each[17]:1");

    private final List<String> lines = new ArrayList<>();

    @Test
    void aLineTellsWhereAndWhatHappened() throws Exception {
        log(LogLevel.ALL, true).on(new RunEvent.TaskAsked(ARN, NOON, TASK, "Charge", 2));

        assertThat(line()).isEqualTo(json("""
            {"timestamp": "2026-11-20T12:00:00Z", "level": "INFO", "event": "TaskScheduled",
             "executionArn": "%s", "workflow": "orders", "requestId": "r-1", "scope": "/Each[17]",
             "state": "Charge", "attempt": 2, "task": "/Each[17]:1"}\
            """.formatted(ARN)));
    }

    @Test
    void levelsAreThoseOfStepFunctions() {
        RunEvent entered = new RunEvent.StateEntered(ARN, NOON, ITEM, "Charge");
        RunEvent failed = new RunEvent.TaskAnswered(ARN, NOON, TASK, new StatesError("Declined", null));
        RunEvent ended = new RunEvent.Ended(ARN, NOON, NOON, new Outcome.TimedOut());

        assertThat(logged(LogLevel.ALL, entered, failed, ended))
                .containsExactly("StateEntered", "TaskFailed", "ExecutionTimedOut");
        assertThat(logged(LogLevel.ERROR, entered, failed, ended)).containsExactly("TaskFailed", "ExecutionTimedOut");
        assertThat(logged(LogLevel.FATAL, entered, failed, ended)).containsExactly("ExecutionTimedOut");
        assertThat(logged(LogLevel.OFF, entered, failed, ended)).isEmpty();
    }

    @Test
    void outputsAndCausesAreWrittenOnlyWhereDataIsAskedFor() throws Exception {
        JsonNode secret = JsonNodeFactory.instance.objectNode().put("card", "4242");
        List<RunEvent> events = List.of(
                new RunEvent.Ended(ARN, NOON, NOON, new Outcome.Succeeded(secret)),
                new RunEvent.StateFailed(ARN, NOON, ITEM, "Charge", new StatesError("Declined", "card 4242")),
                new RunEvent.Ended(ARN, NOON, NOON, new Outcome.Aborted("Stopped", "card 4242")));

        events.forEach(log(LogLevel.ALL, false)::on);
        assertThat(lines).hasSize(3).noneMatch(line -> line.contains("4242"));
        assertThat(lines.get(1)).contains("\"error\":\"Declined\"");

        lines.clear();
        events.forEach(log(LogLevel.ALL, true)::on);
        assertThat(lines).allMatch(line -> line.contains("4242"));
    }

    @Test
    void whatAStateIsNamedForgesNoLine() {
        log(LogLevel.ALL, true)
                .on(new RunEvent.StateEntered(ARN, NOON, ScopePath.ROOT, "A\n{\"event\": \"ExecutionFailed\"}"));

        assertThat(lines).singleElement().asString().doesNotContain("\n");
    }

    private RunLog log(LogLevel level, boolean withData) {
        return new RunLog(level, withData, () -> "r-1", lines::add);
    }

    private List<String> logged(LogLevel level, RunEvent... events) {
        lines.clear();
        for (RunEvent event : events) {
            log(level, false).on(event);
        }
        return lines.stream().map(line -> json(line).path("event").asText()).toList();
    }

    private JsonNode line() {
        assertThat(lines).hasSize(1);
        return json(lines.getFirst());
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
