package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.dataset.FolderObjects;
import dev.reprise.execution.Arns;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.RequestException;
import dev.reprise.history.EventWriter;
import dev.reprise.history.HistoryPage;
import dev.reprise.history.HistoryQuery;
import dev.reprise.history.PageToken;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.testing.InMemoryStore;
import io.smallrye.mutiny.Uni;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of executions that the runner has carried. */
class ExecutionHistoryTest {

    private static final String TASK =
            "{'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}}";

    private static final String TASK_AFTER_WAIT = """
        {'StartAt': 'W', 'States': {
        'W': {'Type': 'Wait', 'Seconds': 3600, 'Next': 'A'},
        'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}}\
        """;

    private Instant now = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void anExecutionThatHasEndedTellsAllItDid() {
        TestEngine engine = new TestEngine(new InMemoryStore(), TASK, TestEngine.answering(call -> "7"));
        ExecutionDescription ended = engine.start("{'n': 1}");

        List<HistoryEvent> events = engine.executions
                .history(ended.executionArn(), HistoryQuery.firstPage(100))
                .events();

        assertThat(events)
                .extracting(event -> event.type().name())
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded");
        assertThat(events.get(0).timestamp()).isEqualTo(ended.startDate());
        assertThat(events.get(6).timestamp()).isBeforeOrEqualTo(ended.stopDate());
        assertThat(EventWriter.write(events.get(6))
                        .at("/executionSucceededEventDetails/output")
                        .textValue())
                .isEqualTo("7");
    }

    @Test
    void anExecutionThatSleepsTellsWhatItDidBefore() {
        TestEngine engine = new TestEngine(new InMemoryStore(), TASK_AFTER_WAIT, TestEngine.answering(call -> "7"));
        ExecutionDescription sleeping = engine.start("{}");

        HistoryPage page = engine.executions.history(sleeping.executionArn(), HistoryQuery.firstPage(100));

        assertThat(page.events())
                .extracting(event -> event.type().name())
                .containsExactly("ExecutionStarted", "WaitStateEntered");
        assertThat(page.next()).isNull();
    }

    /** Whoever asks for the next page has the replay go on that told the page before. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allPagesOfALargeMapReadItsJournalAFewTimesOnly(boolean reverseOrder) {
        AtomicInteger readings = new AtomicInteger();
        ExecutionStore counting = new ForwardingStore(new InMemoryStore()) {
            @Override
            public Page<Segment> readSegments(ExecutionId id, long from, UnitMeter meter) {
                readings.incrementAndGet();
                return super.readSegments(id, from, meter);
            }
        };
        TestEngine engine = new TestEngine(counting, """
            {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true, 'ItemProcessor': {
            'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}}}}}\
            """, TestEngine.answering(call -> "7"));
        String arn = engine.start(IntStream.range(0, 1_000).boxed().toList().toString())
                .executionArn();
        readings.set(0);

        List<Long> told = new ArrayList<>();
        PageToken next = null;
        do {
            HistoryPage page = engine.executions.history(arn, new HistoryQuery(100, reverseOrder, true, next));
            page.events().forEach(event -> told.add(event.id()));
            next = page.next();
        } while (next != null);

        assertThat(told).hasSizeGreaterThan(7_000).doesNotHaveDuplicates();
        assertThat(told).isSortedAccordingTo(reverseOrder ? Comparator.reverseOrder() : Comparator.naturalOrder());
        assertThat(readings.get()).isLessThan(8);
    }

    @Test
    void aHistoryThatGoesOnBetweenTwoPagesIsToldToItsEnd() {
        InMemoryStore store = new InMemoryStore();
        TestEngine engine = new TestEngine(
                store, TASK_AFTER_WAIT, TestEngine.answering(call -> "7"), TestEngine.SETTINGS, () -> now);
        ExecutionDescription sleeping = engine.start("{}");
        HistoryPage first = engine.executions.history(sleeping.executionArn(), HistoryQuery.firstPage(1));
        now = now.plusSeconds(3_600);
        assertThat(engine.resume(sleeping).status()).isEqualTo(ExecutionStatus.SUCCEEDED);

        HistoryPage rest =
                engine.executions.history(sleeping.executionArn(), new HistoryQuery(100, false, true, first.next()));

        assertThat(rest.events())
                .extracting(event -> event.type().name())
                .startsWith("WaitStateEntered", "WaitStateExited", "TaskStateEntered")
                .endsWith("TaskStateExited", "ExecutionSucceeded");
    }

    @Test
    void anExecutionThatTheRunnerGaveUpEndsWithTheReason() {
        TestEngine engine = new TestEngine(
                new InMemoryStore(), TASK, call -> Uni.createFrom().nothing());
        ExecutionDescription execution = engine.start("{}", Duration.ofMillis(450));
        while (execution.status() == ExecutionStatus.RUNNING) {
            execution = engine.resume(execution, Duration.ofMillis(450));
        }

        HistoryPage last = engine.executions.history(execution.executionArn(), new HistoryQuery(1, true, true, null));

        JsonNode event = EventWriter.write(last.events().get(0));
        assertThat(event.path("id").asInt()).isEqualTo(5);
        assertThat(event.path("timestamp").textValue()).isEqualTo(String.valueOf(execution.stopDate()));
        assertThat(event.at("/executionFailedEventDetails/error").textValue()).isEqualTo("Reprise.NoProgress");
    }

    @Test
    void thereIsNoHistoryOfWhatDoesNotExist() {
        TestEngine engine = new TestEngine(new InMemoryStore(), TASK, TestEngine.answering(call -> "7"));
        String unknown = Arns.identity("", "test", "none").executionArn();

        assertThatThrownBy(() -> engine.executions.history(unknown, HistoryQuery.firstPage(100)))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("There is no execution 'none' of workflow 'test'");
        assertThatThrownBy(() -> engine.executions.history("none", HistoryQuery.firstPage(100)))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("Not the ARN of an execution");
    }

    @Test
    void aHistoryThatADataSetWasPartOfIsNotToldWithoutIt(@TempDir Path folder) throws Exception {
        Path file = Files.createDirectories(folder.resolve("orders")).resolve("lines.json");
        Files.writeString(file, "[1, 2, 3]");
        TestEngine engine =
                new TestEngine(new InMemoryStore(), """
                    {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true,
                    'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject', 'ReaderConfig': {'InputType': 'JSON'},
                    'Parameters': {'Bucket': 'orders', 'Key': 'lines.json'}}, 'ItemProcessor': {
                    'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
                    'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}}}}\
                    """, TestEngine.answering(call -> "7"), new FolderObjects(folder));
        ExecutionDescription ended = engine.start("{}");
        assertThat(ended.output()).isEqualTo(TestEngine.json("[1, 2, 3]"));
        assertThat(engine.executions
                        .history(ended.executionArn(), HistoryQuery.firstPage(100))
                        .events())
                .hasSize(8);

        Files.writeString(file, "[1, 2, 3, 4]");

        assertThatThrownBy(() -> engine.executions.history(ended.executionArn(), HistoryQuery.firstPage(100)))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("it read a data set that is no longer what it was");
        assertThat(engine.executions
                        .history(ended.executionArn(), HistoryQuery.firstPage(3))
                        .events())
                .hasSize(3);
    }
}
