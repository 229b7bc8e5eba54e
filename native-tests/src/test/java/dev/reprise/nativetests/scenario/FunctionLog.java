package dev.reprise.nativetests.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one process of the function has printed: lines of JSON, of which some are events of executions and some metrics.
 *
 * @param lines in the order in which they were printed
 */
record FunctionLog(List<JsonNode> lines) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What each event of the log is counted as. */
    static final Map<String, String> METRICS = Map.of(
            "ExecutionStarted", "ExecutionsStarted",
            "ExecutionSucceeded", "ExecutionsSucceeded",
            "ExecutionResumed", "Resumes",
            "ExecutionSuspended", "Suspensions",
            "StateEntered", "StatesEntered",
            "ItemSucceeded", "ItemsSucceeded",
            "TaskScheduled", "TasksScheduled",
            "TaskSucceeded", "TasksSucceeded",
            "JournalFlushed", "JournalWrites");

    /** What no event tells: costs, and what is measured. */
    private static final List<String> BESIDE_EVENTS =
            List.of("JournalWriteUnits", "JournalReadUnits", "ColdStarts", "ExecutionTime", "TaskTime");

    /**
     * Reads what was printed; a line that a killed process has not ended is left out.
     *
     * @throws AssertionError when a line is no JSON object
     */
    static FunctionLog read(String printed) {
        String whole = printed.substring(0, printed.lastIndexOf('\n') + 1);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : whole.lines().toList()) {
            try {
                JsonNode json = JSON.readTree(line);
                if (!json.isObject()) {
                    throw new AssertionError("a line of the log is no JSON object: " + line);
                }
                lines.add(json);
            } catch (JsonProcessingException e) {
                throw new AssertionError("a line of the log is no JSON: " + line, e);
            }
        }
        return new FunctionLog(lines);
    }

    /** Lines of metrics of executions. */
    Stream<JsonNode> metrics() {
        return lines.stream().filter(line -> line.has("_aws") && line.has("executionArn"));
    }

    /** Lines of one kind of event, such as {@code TaskScheduled}. */
    Stream<JsonNode> events(String kind) {
        return lines.stream().filter(line -> line.path("event").asText().equals(kind));
    }

    /**
     * For each line of metrics, what it says beside what the events before it come to, back to the line before. Both
     * are equal where a line counts what happened, and nothing else.
     *
     * @return texts of both, in pairs
     */
    List<Map.Entry<String, String>> metricsBesideEvents() {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        Map<String, Integer> counted = new TreeMap<>();
        for (JsonNode line : lines) {
            if (line.has("event")) {
                counted.merge(METRICS.getOrDefault(line.path("event").asText(), "other"), 1, Integer::sum);
                counted.remove("other");
            } else if (line.has("_aws") && line.has("executionArn")) {
                pairs.add(Map.entry(figures(line).toString(), counted.toString()));
                counted.clear();
            }
        }
        return pairs;
    }

    /** Events of a kind behind the last line of metrics. */
    int uncounted(String event) {
        int behind = 0;
        for (JsonNode line : lines) {
            if (line.path("event").asText().equals(event)) {
                behind++;
            } else if (line.has("_aws") && line.has("executionArn")) {
                behind = 0;
            }
        }
        return behind;
    }

    private static Map<String, Integer> figures(JsonNode line) {
        Map<String, Integer> figures = new TreeMap<>();
        for (JsonNode metric : line.at("/_aws/CloudWatchMetrics/0/Metrics")) {
            String name = metric.path("Name").asText();
            if (!BESIDE_EVENTS.contains(name)) {
                figures.put(name, line.path(name).asInt());
            }
        }
        return figures;
    }
}
