package dev.reprise.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.TimerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The console puts what an execution did together from its history; the histories that it is tested with are those that
 * its journals lead to.
 */
class ConsoleHistoriesTest {

    private static final Path HISTORIES = Path.of("console/test/fixture/histories.json");

    static List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        histories().fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode histories() throws IOException {
        return new ObjectMapper().readTree(HISTORIES.toFile());
    }

    @ParameterizedTest
    @MethodSource("names")
    void theConsoleIsTestedWithWhatReallyHappens(String name) throws IOException {
        JsonNode history = histories().path(name);
        Replayed execution = new Replayed(
                history.path("definition").toString(), history.path("input").toString());
        history.path("journal").forEach(entry -> add(execution, entry));
        JsonNode told = history.path("events");
        List<JsonNode> events = execution.events();

        ArrayNode written = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < events.size(); i++) {
            written.add(shortened(events.get(i), told.path(i).path(2)));
        }
        assertThat(written).containsExactlyElementsOf(told);
    }

    private static void add(Replayed execution, JsonNode entry) {
        String effect = entry.path(1).asText();
        switch (entry.path(0).asText()) {
            case "succeeded" -> execution.succeeded(effect, entry.path(2).asText());
            case "failed" ->
                execution.failed(effect, entry.path(2).asText(), entry.path(3).asText());
            case "fired" ->
                execution.fired(effect, TimerKind.valueOf(entry.path(2).asText()));
            case "redriven" -> execution.redriven(1);
            case "stopped" -> execution.stopped(effect);
            default -> throw new IllegalArgumentException("No such entry: " + entry);
        }
    }

    /** Its type, the event that it follows from, and of its details those that the console is told. */
    private static ArrayNode shortened(JsonNode event, JsonNode toldDetails) {
        ArrayNode row = JsonNodeFactory.instance.arrayNode();
        row.add(event.path("type")).add(event.path("previousEventId"));
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : event.properties()) {
            if (field.getKey().endsWith("EventDetails")) {
                toldDetails
                        .fieldNames()
                        .forEachRemaining(
                                name -> kept.set(name, field.getValue().path(name)));
            }
        }
        return kept.isEmpty() ? row : row.add(kept);
    }
}
