package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.dataset.FolderObjects;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.history.HistoryQuery;
import dev.reprise.task.TaskException;
import dev.reprise.testing.InMemoryStore;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    private final InMemoryStore store = new InMemoryStore();

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

    @Test
    void aRedrivenExecutionWhoseDataSetHasChangedEndsWithTheSameErrorAsOftenAsItIsRedriven() {
        String arn = failedAtTheSecondLine();
        redrivenAndCutShort(arn);
        put("[4, 5, 6]");

        ExecutionDescription ended = answering().executions.resume(arn, TestEngine.invocation("late", null));
        ExecutionDescription again = redrive(arn);

        for (ExecutionDescription end :
                List.of(ended, again, answering().executions.describe(arn))) {
            assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(end.error()).isEqualTo("States.ItemReaderFailed");
            assertThat(end.cause()).startsWith("The object has changed").contains("s3://data/lines.json");
        }
        assertThat(again.redrive().count()).isEqualTo(2);
    }

    @Test
    void aRedriveGoesOnFromThereOnceTheDataSetIsBack() {
        String arn = failedAtTheSecondLine();
        redrivenAndCutShort(arn);
        put("[4, 5, 6]");
        assertThat(answering()
                        .executions
                        .resume(arn, TestEngine.invocation("late", null))
                        .status())
                .isEqualTo(ExecutionStatus.FAILED);
        assertThat(redrive(arn).status()).isEqualTo(ExecutionStatus.FAILED);

        put("[1, 2, 3]");
        TestEngine engine = answering();
        ExecutionDescription ended = engine.executions.redrive(arn, TestEngine.invocation("at last", null));

        assertThat(ended.output()).isEqualTo(TestEngine.json("[1, 2, 3]"));
        assertThat(engine.calls)
                .as("the first line was done before")
                .extracting(call -> call.input().asInt())
                .containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void theHistoryOfAnExecutionThatLostItsDataSetIsTheSameWithAndWithoutIt() {
        String arn = failedAtTheSecondLine();
        redrivenAndCutShort(arn);
        put("[4, 5, 6]");
        answering().executions.resume(arn, TestEngine.invocation("late", null));

        List<HistoryEvent> without = history(arn);
        put("[1, 2, 3]");
        List<HistoryEvent> with = history(arn);

        assertThat(with)
                .extracting(HistoryEvent::type)
                .endsWith(
                        HistoryEventType.ExecutionRedriven,
                        HistoryEventType.MapRunRedriven,
                        HistoryEventType.ExecutionFailed);
        // What stood between the first run's beginning and its end came of the items.
        assertThat(without.subList(without.size() - 3, without.size()))
                .extracting(HistoryEvent::type)
                .isEqualTo(with.subList(with.size() - 3, with.size()).stream()
                        .map(HistoryEvent::type)
                        .toList());
    }

    @Test
    void anExecutionThatLeftASnapshotEndsSoTooAndGoesOnFromThere() {
        String lines = IntStream.range(0, 100).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
        put(lines);
        String definition = ECHOES_LINES.formatted("""
            {'Type': 'Task', 'Resource': 'task:large', 'ResultPath': null, 'Next': 'Then'},
            'Then': {'Type': 'Task', 'Resource': 'task:then', 'End': true}\
            """);
        JsonNode large = new TextNode("x".repeat(3_000));
        ExecutionDescription running = new TestEngine(
                        store,
                        definition,
                        call -> call.resource().equals("task:large")
                                ? Uni.createFrom().item(large)
                                : NEVER,
                        objects)
                .start("{}", SHORT);
        TestEngine later = new TestEngine(
                store, definition, TestEngine.answering(call -> call.input().toString()), objects);
        assertThat(later.journals
                        .head(new ExecutionId("test", "run"))
                        .progress()
                        .snapshot())
                .isPositive();

        put("[1, 2]");
        ExecutionDescription ended = later.resume(running);
        put(lines);

        assertThat(ended.error()).isEqualTo("States.ItemReaderFailed");
        assertThat(later.executions
                        .redrive(ended.executionArn(), TestEngine.invocation("again", null))
                        .output())
                .isEqualTo(TestEngine.json(lines));
        assertThat(later.calls)
                .as("what had succeeded is not done again")
                .extracting(call -> call.resource())
                .containsOnly("task:then");
    }

    private String failedAtTheSecondLine() {
        put("[1, 2, 3]");
        ExecutionDescription failed = new TestEngine(
                        store,
                        ECHOES_LINES.formatted(TASK),
                        call -> call.input().asInt() == 2
                                ? Uni.createFrom().failure(new TaskException("E", "x"))
                                : NEVER,
                        objects)
                .start("{}");
        assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
        return failed.executionArn();
    }

    /** The first line is done, which the journal tells behind the redrive; the others never are. */
    private void redrivenAndCutShort(String arn) {
        ExecutionDescription running = new TestEngine(
                        store,
                        ECHOES_LINES.formatted(TASK),
                        call -> call.input().asInt() == 1 ? Uni.createFrom().item(call.input()) : NEVER,
                        objects)
                .executions.redrive(arn, TestEngine.invocation("redrive", SHORT));
        assertThat(running.status()).isEqualTo(ExecutionStatus.RUNNING);
    }

    private ExecutionDescription redrive(String arn) {
        return answering().executions.redrive(arn, TestEngine.invocation("once more", null));
    }

    private List<HistoryEvent> history(String arn) {
        return answering()
                .executions
                .history(arn, HistoryQuery.firstPage(HistoryQuery.LARGEST_MAX_RESULTS))
                .events();
    }

    private TestEngine answering() {
        return new TestEngine(
                store,
                ECHOES_LINES.formatted(TASK),
                TestEngine.answering(call -> call.input().toString()),
                objects);
    }

    private TestEngine engine(String definition) {
        return new TestEngine(new InMemoryStore(), definition, TestEngine.answering(call -> "1"), objects);
    }

    private void put(String lines) {
        objects.put("data", "lines.json", lines.getBytes(StandardCharsets.UTF_8));
    }
}
