package dev.reprise.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.workflow.Substitutions;
import dev.reprise.workflow.WorkflowCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code workflows/triggers.json}: what is wrong with it is told with its place. */
class TriggerFileTest {

    private static final String DEFINITION =
            "{\"QueryLanguage\": \"JSONata\", \"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Succeed\"}}}";

    @TempDir
    Path folder;

    private final Map<String, String> configured = new HashMap<>();

    @BeforeEach
    void workflows() throws IOException {
        Files.writeString(folder.resolve("orders.asl.json"), DEFINITION);
        Files.writeString(folder.resolve("refunds.asl.json"), DEFINITION);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``                                               | 1:1: The file is empty (an array of triggers belongs there, [] for none)
        [{"queue": "q",                                  | 1:16: Unexpected end-of-input
        {"queue": "q"}                                   | 1:1: Value must be an array, was an object
        [{"workflow": "orders"}]                         | 1:2: /0: One of the following fields is required: [queue, topic, bucket, event]
        [{"queue": "q", "topic": "t", "workflow": "orders"}] | 1:2: /0: There should only be one of the following fields: [queue, topic, bucket, event]
        [{"queue": "q"}]                                 | 1:2: /0: These fields are required: [workflow]
        [{"queue": "q", "workflow": 5}]                  | 1:17: /0/workflow: Value must be a string, was 5
        [{"queue": " ", "workflow": "orders"}]           | 1:3: /0/queue: Value cannot be empty
        [{"queue": "q", "workflow": "orders", "inptu": 1}] | 1:39: /0/inptu: Field 'inptu' is not supported (did you mean 'input'?)
        [{"queue": "q", "workflow": "orders", "key": "k"}] | 1:39: /0/key: 'key' goes with 'bucket' alone (remove it, or say the bucket)
        [{"queue": "q", "workflow": "orders", "name": "n"}] | 1:39: /0/name: Value must be a JSONata expression between {% and %}, was the string 'n'
        [{"queue": "q", "workflow": "orders", "input": {"a": "{% 1 + %}"}}] | 1:49: /0/input/a:
        [{"queue": "q", "workflow": "orders", "input": "{% $states.result %}"}] | 1:39: /0/input: Field '$states.result' does not exist.
        [{"queue": "q", "workflow": "orders", "labels": []}] | 1:39: /0/labels: Value must be an object or a JSONata expression, was an array
        [{"event": {}, "workflow": "orders"}]            | 1:3: /0/event: One of the following fields is required: [source, detail-type, resource]
        [{"event": {"source": []}, "workflow": "orders"}] | 1:13: /0/event/source: Value cannot be empty
        [{"event": {"detail": {}}, "workflow": "orders"}] | 1:13: /0/event/detail: Field 'detail' is not supported
        """)
    void whatIsWrongIsToldWithItsPlaceAndNothingOfTheFileCounts(String text, String problem) throws IOException {
        TriggerFile file = file(text);

        assertThat(file.errors())
                .anySatisfy(error -> assertThat(error).startsWith(folder.resolve("triggers.json") + ":" + problem));
        assertThat(file.content().triggers()).isEmpty();
    }

    @Test
    void aWorkflowWithoutAFileIsDoubtful() throws IOException {
        TriggerFile file = file("""
            [
              {"queue": "q", "workflow": "ordres"}
            ]\
            """);

        assertThat(file.errors()).isEmpty();
        assertThat(file.warnings())
                .containsExactly(folder.resolve("triggers.json") + ":2:18: /0/workflow: warning: no file of a workflow"
                        + " 'ordres' (did you mean 'orders'?)");
        assertThat(file.content().triggers()).hasSize(1);
    }

    @Test
    void aVariableThatNobodySetsIsDoubtful() throws IOException {
        assertThat(file("[{\"queue\": \"q\", \"workflow\": \"orders\", \"input\": \"{% $order.id %}\"}]")
                        .warnings())
                .containsExactly(folder.resolve("triggers.json")
                        + ":1:39: /0/input: warning: no state in scope sets the" + " variable 'order'");
    }

    @Test
    void aFileThatIsNotThereSaysNothing() {
        assertThat(file(true).content()).isEqualTo(TriggerFile.Content.NONE);
    }

    @Test
    void aChangeIsSeenWhereTheFileIsWatchedAndNowhereElse() throws IOException {
        write("[]");
        TriggerFile watched = file(true);
        TriggerFile once = file(false);
        watched.check();
        once.check();

        write("[{\"queue\": \"q\", \"workflow\": \"orders\"}]");

        assertThat(watched.content().triggers()).hasSize(1);
        assertThat(once.content().triggers()).isEmpty();

        Files.delete(folder.resolve("triggers.json"));
        assertThat(watched.content().triggers()).isEmpty();
    }

    // ---- tokens

    @Test
    void tokensAreReplacedAsInDefinitions() throws IOException {
        configured.put("Queue", "arn:aws:sqs:eu-west-1:111111111111:orders");
        Files.writeString(folder.resolve("triggers.substitutions.json"), "{\"Flow\": \"orders\"}");

        TriggerFile file = file("[{\"queue\": \"${Queue}\", \"workflow\": \"${Flow}\"}]");

        assertThat(file.errors()).isEmpty();
        assertThat(file.warnings()).isEmpty();
        Trigger trigger = file.content().triggers().getFirst();
        assertThat(trigger.workflow()).isEqualTo("orders");
        assertThat(trigger.match().matches(new EventSource.Queue("arn:aws:sqs:eu-west-1:111111111111:orders")))
                .isTrue();
    }

    @Test
    void aValueForTheTriggersAloneGoesBeforeOneForAll() throws IOException {
        configured.put("Flow", "orders");
        configured.put("triggers/Flow", "refunds");

        assertThat(file("[{\"queue\": \"q\", \"workflow\": \"${Flow}\"}]")
                        .content()
                        .triggers()
                        .getFirst()
                        .workflow())
                .isEqualTo("refunds");
    }

    @Test
    void aTokenWithoutAValueIsToldWithItsPlace() throws IOException {
        TriggerFile file = file("""
            [
              {"queue": "${Queue}", "workflow": "orders"}
            ]\
            """);

        assertThat(file.errors())
                .containsExactly(folder.resolve("triggers.json") + ":2:14: ${Queue} has no value (give it one in"
                        + " triggers.substitutions.json, as reprise.substitutions.NAME, or in REPRISE_SUBSTITUTIONS)");
        assertThat(file.content().triggers()).isEmpty();
    }

    /** What is wrong behind a value that is longer than its token stands where the file has it. */
    @Test
    void placesAreThoseOfTheFile() throws IOException {
        configured.put("Q", "a-queue-of-a-very-long-name");

        assertThat(file("[{\"queue\": \"${Q}\", \"workflow\": 5}]").errors())
                .containsExactly(folder.resolve("triggers.json") + ":1:20: /0/workflow: Value must be a string, was 5");
    }

    // ---- labels

    private static String labels(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "\"label-" + i + "\": \"v\"")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    @Test
    void theLabelsOfATriggerAndOfItsDefinitionAreCountedTogether() throws IOException {
        Files.writeString(
                folder.resolve("orders.asl.json"),
                DEFINITION.replace("\"StartAt\"", "\"Reprise\": {\"Labels\": " + labels(0, 6) + "}, \"StartAt\""));
        String trigger = "[{\"queue\": \"q\", \"workflow\": \"orders\", \"labels\": %s}]";

        TriggerFile tooMany = file(trigger.formatted(labels(6, 5)));
        assertThat(tooMany.errors())
                .containsExactly(folder.resolve("triggers.json") + ":1:39: /0/labels: With those of the definition of"
                        + " 'orders' (label-0, label-1, label-2, label-3, label-4, label-5) an execution would bear 11"
                        + " labels, which may be 10 at most (keep those that somebody looks for)");
        assertThat(tooMany.content().triggers()).isEmpty();

        // One that both give is one.
        assertThat(file(trigger.formatted(labels(5, 5))).errors()).isEmpty();
    }

    private TriggerFile file(String text) throws IOException {
        write(text);
        return file(true);
    }

    private TriggerFile file(boolean watched) {
        Queries jsonata = new JsonataQueries(QueryLimits.DEFAULT);
        WorkflowCatalogue workflows = new WorkflowCatalogue(
                folder,
                new QueryExpressionChecker(),
                language -> jsonata,
                List.of(),
                Substitutions.of(configured, null));
        return new TriggerFile(folder, watched, workflows, new QueryExpressionChecker(), jsonata);
    }

    private void write(String text) throws IOException {
        Path written = Files.writeString(folder.resolve("new"), text);
        Files.move(written, folder.resolve("triggers.json"), StandardCopyOption.REPLACE_EXISTING);
    }
}
