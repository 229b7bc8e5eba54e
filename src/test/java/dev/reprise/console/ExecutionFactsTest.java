package dev.reprise.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.api.ApiFunction;
import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import dev.reprise.operations.JournalInsight;
import dev.reprise.task.TaskContext;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An execution's journal, what another definition makes of it, and what its tasks logged, as the console asks for them.
 */
class ExecutionFactsTest {

    private static final String ORDERS = """
        {'Reprise': {'Redact': ['$.card.number']}, 'StartAt': 'Charge', 'States': {
          'Charge': {'Type': 'Task', 'Resource': 'task:echo', 'Next': 'Each'},
          'Each': {'Type': 'Map', 'ItemsPath': '$.lines', 'ResultPath': null, 'Next': 'Large?', 'ItemProcessor': {
            'StartAt': 'Price', 'States': {'Price': {'Type': 'Task', 'Resource': 'task:echo', 'End': true}}}},
          'Large?': {'Type': 'Choice', 'Default': 'Ship', 'Choices': [
            {'Variable': '$.total', 'NumericGreaterThan': 100, 'Next': 'Insure'}]},
          'Insure': {'Type': 'Pass', 'Next': 'Ship'},
          'Ship': {'Type': 'Pass', 'End': true}}}\
        """;

    private static final String SECRET = "4242-4242";

    @TempDir
    Path folder;

    private final TaskLogs logs = new TaskLogs();
    private ApiFunction function;
    private ConsoleApi api;
    private String execution;

    @BeforeEach
    void run() throws InterruptedException {
        function = new ApiFunction(folder).file("orders", ORDERS);
        api = new ConsoleApi(
                new Changes(),
                null,
                executionArn -> null,
                new ExecutionFacts(new JournalInsight(function.services()), logs));
        execution = function.start(
                "arn:aws:states:us-east-1:000000000000:stateMachine:orders",
                "first",
                "{\"card\": {\"number\": \"" + SECRET + "\"}, \"lines\": [1, 2, 3], \"total\": 50}");
        function.await(execution, "SUCCEEDED");
    }

    @AfterEach
    void end() {
        function.close();
    }

    private JsonNode get(String path, String more) throws IOException {
        return json(api.answer(
                path, new HttpCall("GET", "/", "execution=" + encoded(execution) + more, Map.of(), new byte[0])));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode json(HttpAnswer answer) throws IOException {
        return new ObjectMapper().readTree(((HttpAnswer.Bytes) answer.body()).bytes());
    }

    private JsonNode replay(String definition) throws IOException {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("executionArn", execution)
                .put("definition", definition.replace('\'', '"'))
                .toString();
        return json(
                api.answer("replay", new HttpCall("POST", "/", "", Map.of(), body.getBytes(StandardCharsets.UTF_8))));
    }

    // ---- the journal

    @Test
    void theJournalTellsEachEntryAndWhatAllComesTo() throws IOException {
        JsonNode journal = get("journal", "");

        List<String> kinds = journal.path("entries").findValuesAsText("kind");
        assertThat(kinds)
                .containsExactly("started", "taskSucceeded", "taskSucceeded", "taskSucceeded", "taskSucceeded");
        JsonNode totals = journal.path("totals");
        assertThat(totals.path("entries").asInt()).isEqualTo(kinds.size());
        assertThat(totals.path("bytes").asInt())
                .isEqualTo(journal.path("entries").findValues("bytes").stream()
                        .mapToInt(JsonNode::asInt)
                        .sum());
        assertThat(totals.path("writeUnits").asDouble()).isPositive();
        assertThat(totals.path("snapshots")).isEmpty();
        assertThat(journal.at("/entries/2/scope").asText()).startsWith("/Each[");
        assertThat(journal.at("/entries/1/bytes").asInt()).isGreaterThan(50);
        assertThat(journal.has("next")).isFalse();
        Set<String> batches = new HashSet<>(journal.path("entries").findValuesAsText("segment"));
        assertThat(batches).hasSizeGreaterThan(1);
    }

    @Test
    void anEntryIsShownWholeWithoutWhatIsHidden() throws IOException {
        JsonNode charged = get("journal", "").at("/entries/1");
        JsonNode entry = get(
                        "entry",
                        "&segment=" + charged.path("segment").asText() + "&position="
                                + charged.path("position").asText())
                .path("entry");

        assertThat(entry.at("/output/total").asInt()).isEqualTo(50);
        assertThat(entry.at("/output/card/number").asText()).isEqualTo("***");
        assertThat(entry.path("succeeded").asText()).isEqualTo("/:1");
        assertThat(get("entry", "&segment=0&position=1")
                        .at("/entry/input/card/number")
                        .asText())
                .isEqualTo("***");
    }

    @Test
    void whatIsNotThereIsSaid() throws IOException {
        assertThat(get("entry", "&segment=99&position=99").path("__type").asText())
                .isEqualTo("EntryDoesNotExist");
        assertThat(get("entry", "&segment=x&position=1").path("__type").asText())
                .isEqualTo("ValidationException");
        assertThat(get("journal", "&from=-1").path("__type").asText()).isEqualTo("ValidationException");
        execution = execution + "-none";
        assertThat(get("journal", "").path("__type").asText()).isEqualTo("ExecutionDoesNotExist");
        assertThat(get("logs", "").path("__type").asText()).isEqualTo("ExecutionDoesNotExist");
        execution = "nonsense";
        assertThat(get("journal", "").path("__type").asText()).isEqualTo("InvalidArn");
    }

    @Test
    void aLongJournalIsReadInPagesThatTellEachEntryOnce() throws IOException, InterruptedException {
        StringBuilder lines = new StringBuilder("0");
        for (int i = 1; i < 700; i++) {
            lines.append(',').append(i);
        }
        execution = function.start(
                "arn:aws:states:us-east-1:000000000000:stateMachine:orders",
                "long",
                "{\"card\": 1, \"lines\": [" + lines + "], \"total\": 50}");
        function.await(execution, "SUCCEEDED");

        List<String> positions = new ArrayList<>();
        JsonNode page = get("journal", "");
        int all = page.at("/totals/entries").asInt();
        positions.addAll(page.path("entries").findValuesAsText("position"));
        while (page.has("next")) {
            page = get("journal", "&from=" + page.path("next").asText());
            assertThat(page.has("totals")).isFalse();
            positions.addAll(page.path("entries").findValuesAsText("position"));
        }
        assertThat(all).isEqualTo(702);
        assertThat(positions).doesNotHaveDuplicates().hasSize(all);
    }

    // ---- another definition

    @Test
    void theSameDefinitionComesToTheSameEnd() throws IOException {
        JsonNode result = replay(ORDERS);

        assertThat(result.path("verdict").asText()).isEqualTo("SAME");
        assertThat(result.path("facts").asInt()).isEqualTo(4);
        assertThat(result.path("events").size())
                .isEqualTo(result.path("eventCount").asInt());
        assertThat(result.toString()).doesNotContain(SECRET);
    }

    @Test
    void anEditedDefinitionIsToldWhereItGoesAnotherWay() throws IOException {
        JsonNode result = replay(ORDERS.replace("'NumericGreaterThan': 100", "'NumericGreaterThan': 5"));

        assertThat(result.path("verdict").asText()).isEqualTo("DIFFERENT");
        assertThat(result.at("/differences/0/words").asText())
                .isEqualTo("After state Large? (number 3) it went to state Ship, and goes to state Insure now");
        assertThat(result.at("/differences/0/state").asText()).isEqualTo("Insure");
        assertThat(result.at("/now/status").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void whatIsHiddenIsNotToldByADifferenceEither() throws IOException {
        JsonNode result = replay(ORDERS.replace(
                "'Resource': 'task:echo', 'Next': 'Each'",
                "'Resource': 'task:echo', 'Parameters': {'is.$': '$.card.number'}, 'Next': 'Each'"));

        assertThat(result.path("verdict").asText()).isEqualTo("DIFFERENT");
        assertThat(result.toString()).doesNotContain(SECRET);
    }

    @Test
    void aDefinitionThatIsNotValidIsRefusedWithWhatIsWrong() throws IOException {
        JsonNode refused = replay(ORDERS.replace("'Next': 'Large?'", "'Next': 'Lage?'"));

        assertThat(refused.path("__type").asText()).isEqualTo("InvalidDefinition");
        assertThat(refused.path("message").asText()).contains("Lage?");
        assertThat(replay("nonsense").path("__type").asText()).isEqualTo("InvalidDefinition");
        assertThat(json(api.answer(
                                "replay",
                                new HttpCall("POST", "/", "", Map.of(), "{}".getBytes(StandardCharsets.UTF_8))))
                        .path("__type")
                        .asText())
                .isEqualTo("ValidationException");
    }

    // ---- logs

    private void log(String arn, String message) {
        logs.add(
                new TaskContext(arn, "/Each[1]", "Price", 2, "key", null),
                Instant.EPOCH.plusMillis(1500),
                "WARN",
                "org.example.Prices",
                message,
                message.isEmpty() ? new IllegalStateException("no " + SECRET) : null);
    }

    @Test
    void whatATaskLoggedIsToldWithItsStateAndItem() throws IOException {
        log(execution, "asked for " + SECRET);
        log(execution, "");
        JsonNode lines = get("logs", "").path("lines");

        assertThat(lines).hasSize(2);
        assertThat(lines.at("/0/message").asText()).isEqualTo("asked for ***");
        assertThat(lines.at("/0/state").asText()).isEqualTo("Price");
        assertThat(lines.at("/0/scope").asText()).isEqualTo("/Each[1]");
        assertThat(lines.at("/0/attempt").asInt()).isEqualTo(2);
        assertThat(lines.at("/0/at").asDouble()).isEqualTo(1.5);
        assertThat(lines.at("/1/stackTrace").asText()).startsWith("java.lang.IllegalStateException: no ***");
    }

    @Test
    void theLinesOfTheLastExecutionsAreKept() throws IOException {
        log(execution, "first");
        for (int i = 0; i < TaskLogs.MOST_EXECUTIONS; i++) {
            log("arn:aws:states:us-east-1:000000000000:execution:orders:" + i, "other");
        }
        assertThat(get("logs", "").path("lines")).isEmpty();
        for (int i = 0; i < TaskLogs.MOST_LINES + 10; i++) {
            log(execution, "line " + i);
        }
        JsonNode kept = get("logs", "");
        assertThat(kept.path("lines")).hasSize(TaskLogs.MOST_LINES);
        assertThat(kept.at("/lines/0/message").asText()).isEqualTo("line 10");
        assertThat(kept.path("areCut").asBoolean()).isTrue();
    }

    @Test
    void allLinesTogetherAreBounded() {
        String long_ = "x".repeat(2 * TaskLogs.LONGEST);
        for (int i = 0; i < 90; i++) {
            for (int line = 0; line < 20; line++) {
                log("execution " + i, long_);
            }
        }
        long kept = 0;
        for (int i = 0; i < 90; i++) {
            kept += logs.of("execution " + i).lines().stream()
                    .mapToLong(TaskLogs.Line::length)
                    .sum();
        }
        assertThat(kept).isPositive().isLessThanOrEqualTo(TaskLogs.MOST_CHARACTERS);
        assertThat(logs.of("execution 89").lines()).hasSize(20);
    }
}
