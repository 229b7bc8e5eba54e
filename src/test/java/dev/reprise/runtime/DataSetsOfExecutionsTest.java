package dev.reprise.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.dataset.FolderObjects;
import dev.reprise.journal.ExecutionStatus;
import dev.reprise.journal.InMemoryStore;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the objects that an execution reads mean for those who look at it, or carry it on, later. */
class DataSetsOfExecutionsTest {

    private static final String ECHOES_LINES = """
        {'StartAt': 'Lines', 'States': {'Lines': {'Type': 'Map', 'End': true,
          'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject', 'ReaderConfig': {'InputType': 'JSON'},
            'Parameters': {'Bucket': 'data', 'Key': 'lines.json'}},
          'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
            'StartAt': 'Echo', 'States': {'Echo': %s}}}}}\
        """;
    private static final String PASS = "{'Type': 'Pass', 'End': true}";
    private static final String TASK = "{'Type': 'Task', 'Resource': 'task:echo', 'End': true}";

    /** More than is kept of an output that follows from the journal. */
    private static final int LARGE = 300_000;

    /** So long that an invocation gets as far as its tasks, which never answer. */
    private static final Duration SHORT = Duration.ofMillis(800);

    private static final Uni<JsonNode> NEVER = Uni.createFrom().nothing();

    @TempDir
    Path folder;

    private FolderObjects objects;

    @BeforeEach
    void makeObjects() {
        objects = new FolderObjects(folder);
    }

    @Test
    void aLargeOutputIsThereEvenWhenTheDataSetIsGone() throws IOException {
        String line = '"' + "x".repeat(1_000) + '"';
        put(IntStream.range(0, LARGE / 1_000).mapToObj(i -> line).collect(Collectors.joining(",", "[", "]")));
        TestEngine engine = engine(ECHOES_LINES.formatted(PASS));
        ExecutionDescription ended = engine.start("{}");
        assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);

        Files.delete(folder.resolve("data/lines.json"));

        assertThat(engine.executions.describe(ended.executionArn()).output()).isEqualTo(ended.output());
    }

    @Test
    void aLargeOutputThatFollowsFromTheJournalIsReplayed() {
        String line = "'" + "x".repeat(LARGE) + "'";
        TestEngine engine = new TestEngine(
                new InMemoryStore(),
                "{'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}}",
                TestEngine.answering(call -> line));
        ExecutionDescription ended = engine.start("{}");

        assertThat(engine.executions.describe(ended.executionArn()).output()).isEqualTo(TestEngine.json(line));
    }

    @Test
    void itemsAreReadAgainForTheNextInvocation() {
        put("[1, 2, 3]");
        InMemoryStore store = new InMemoryStore();
        TestEngine stuck = new TestEngine(store, ECHOES_LINES.formatted(TASK), call -> NEVER, objects);
        ExecutionDescription running = stuck.start("{}", SHORT);

        TestEngine answering = new TestEngine(
                store,
                ECHOES_LINES.formatted(TASK),
                TestEngine.answering(call -> call.input().toString()),
                objects);

        assertThat(running.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(answering.resume(running).output()).isEqualTo(TestEngine.json("[1, 2, 3]"));
    }

    @Test
    void aDataSetThatChangedMeanwhileIsAnErrorAndNeverAMixture() {
        put("[1, 2, 3]");
        InMemoryStore store = new InMemoryStore();
        String definition = ECHOES_LINES.formatted(TASK);
        ExecutionDescription running = new TestEngine(store, definition, call -> NEVER, objects).start("{}", SHORT);

        put("[4, 5, 6]");
        ExecutionDescription ended =
                new TestEngine(store, definition, TestEngine.answering(call -> "1"), objects).resume(running);

        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.error()).isEqualTo("States.ItemReaderFailed");
        assertThat(ended.cause()).startsWith("The object has changed").contains("s3://data/lines.json");
    }

    private TestEngine engine(String definition) {
        return new TestEngine(new InMemoryStore(), definition, TestEngine.answering(call -> "1"), objects);
    }

    private void put(String lines) {
        objects.put("data", "lines.json", lines.getBytes(StandardCharsets.UTF_8));
    }
}
