package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.dataset.FolderObjects;
import dev.reprise.dataset.ListedObject;
import dev.reprise.dataset.ObjectStore;
import dev.reprise.dataset.UnreachableDataException;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.Journal;
import dev.reprise.journal.OpenOutcome;
import dev.reprise.journal.store.FencedException;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.runtime.RunContext;
import dev.reprise.runtime.RunEvent;
import dev.reprise.runtime.RunListener;
import dev.reprise.testing.InMemoryStore;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data set that is out of reach says nothing of the execution that reads it: it waits, and is not held to be what
 * kills.
 */
class DataOutagesTest {

    private static final ExecutionId ID = new ExecutionId("test", "run");
    private static final String LINES = """
        {'StartAt': 'Lines', %s 'States': {'Lines': {'Type': 'Map', 'End': true,
          'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject', 'ReaderConfig': {'InputType': 'JSON'},
            'Parameters': {'Bucket': 'data', 'Key': 'lines.json'}},
          'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
            'StartAt': 'Echo', 'States': {'Echo': {'Type': 'Task', 'Resource': 'task:echo', 'End': true}}}}}}\
        """;
    private static final String UNBOUNDED = LINES.formatted("");

    /** So long that an invocation gets as far as its tasks, which never answer. */
    private static final Duration SHORT = Duration.ofMillis(800);

    private static final Uni<JsonNode> NEVER = Uni.createFrom().nothing();

    @TempDir
    Path folder;

    private final InMemoryStore store = new InMemoryStore();
    private boolean outage;
    private Instant now = Instant.EPOCH;
    private ObjectStore objects = new Unreachable();

    @BeforeEach
    void makeObjects() {
        FolderObjects there = new FolderObjects(folder);
        there.put("data", "lines.json", "[1, 2, 3]".getBytes(StandardCharsets.UTF_8));
        objects = new Unreachable(there);
    }

    /** S3, when the network is down now and then. */
    private final class Unreachable implements ObjectStore {

        private final ObjectStore there;

        Unreachable() {
            this(new FolderObjects(Path.of("nowhere")));
        }

        Unreachable(ObjectStore there) {
            this.there = there;
        }

        @Override
        public StoredObject get(String bucket, String key, @Nullable String version) {
            if (outage) {
                throw new UnreachableDataException(
                        "S3 cannot be reached for s3://" + bucket + "/" + key, new IOException("no route"));
            }
            return there.get(bucket, key, version);
        }

        @Override
        public Stream<ListedObject> list(String bucket, String prefix, String after) {
            return there.list(bucket, prefix, after);
        }

        @Override
        public void put(String bucket, String key, byte[] content) {
            there.put(bucket, key, content);
        }
    }

    @Test
    void anExecutionWaitsForItLongerAndLonger() {
        ExecutionDescription running = runningWhenTheOutageBegins(UNBOUNDED);
        TestEngine engine = echoing(UNBOUNDED);
        List<Duration> waits = new ArrayList<>();

        for (Instant began = now; now.isBefore(began.plus(Duration.ofHours(12))); ) {
            ExecutionDescription postponed = resume(engine, running);
            Head head = head(engine);
            assertThat(postponed.status()).isEqualTo(ExecutionStatus.RUNNING);
            assertThat(head.lease()).as("nobody has it meanwhile").isNull();
            assertThat(engine.wakeUps.getLast()).isEqualTo(new TestEngine.WakeUp(running.executionArn(), head.dueAt()));
            assertThat(engine.ends.getLast()).as("within this invocation").isAfter(now);
            waits.add(Duration.between(now, head.dueAt()));
            now = Objects.requireNonNull(head.dueAt());
        }

        assertThat(waits)
                .startsWith(
                        Duration.ofSeconds(15), Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofMinutes(1))
                .endsWith(Duration.ofHours(1))
                .isSorted();
        assertThat(waits).hasSizeBetween(15, 25);
        outage = false;
        assertThat(resume(engine, running).output()).isEqualTo(TestEngine.json("[1, 2, 3]"));
    }

    @Test
    void afterThreeDaysItFailsAndSaysWhatToDo() {
        ExecutionDescription running = runningWhenTheOutageBegins(UNBOUNDED);
        TestEngine engine = echoing(UNBOUNDED);
        Instant began = now;

        ExecutionDescription last = resume(engine, running);
        while (last.status() == ExecutionStatus.RUNNING) {
            now = Objects.requireNonNull(head(engine).dueAt());
            last = resume(engine, running);
        }

        assertThat(Duration.between(began, now)).isBetween(Duration.ofHours(72), Duration.ofHours(73));
        assertThat(last.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(last.error()).isEqualTo("States.ItemReaderFailed");
        assertThat(last.cause())
                .contains("s3://data/lines.json", "out of reach since " + began, "3 days", "redrive the execution");
        outage = false;
        assertThat(engine.executions
                        .redrive(running.executionArn(), TestEngine.invocation("redrive", null))
                        .output())
                .isEqualTo(TestEngine.json("[1, 2, 3]"));
    }

    @Test
    void anOutageThatWasOverInBetweenIsNotCounted() {
        ExecutionDescription running = runningWhenTheOutageBegins(UNBOUNDED);
        resume(echoing(UNBOUNDED), running);
        now = now.plus(Duration.ofDays(2));
        outage = false;
        // It records one result, and dies before it could suspend the execution.
        OpenOutcome.Opened opened = (OpenOutcome.Opened)
                echoing(UNBOUNDED).journals.open(ID, new Lease("dies", now.plus(Duration.ofMinutes(15))));
        Journal journal = opened.replay().toItsEnd(entry -> {});
        journal.append(new Entry.TaskSucceeded(EffectId.parse("/Lines[1]:1"), now, TestEngine.json("1")));
        journal.flush();
        outage = true;
        now = now.plus(Duration.ofDays(2));

        ExecutionDescription postponed = resume(echoing(UNBOUNDED), running);

        assertThat(postponed.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(head(echoing(UNBOUNDED)).progress().stalledSince()).isEqualTo(now);
    }

    @Test
    void whoHadTheExecutionBeforeWritesNoMore() {
        ExecutionDescription running = runningWhenTheOutageBegins(UNBOUNDED);
        TestEngine engine = echoing(UNBOUNDED);
        OpenOutcome.Opened opened =
                (OpenOutcome.Opened) engine.journals.open(ID, new Lease("frozen", now.plus(Duration.ofMinutes(15))));
        Journal frozen = opened.replay().toItsEnd(entry -> {});
        now = now.plus(Duration.ofHours(1));

        resume(engine, running);

        assertThat(head(engine).lease()).isNull();
        frozen.append(new Entry.TaskSucceeded(EffectId.parse("/Lines[1]:1"), now, TestEngine.json("7")));
        assertThatThrownBy(frozen::flush).isInstanceOf(FencedException.class);
    }

    @Test
    void aStopEndsItMeanwhile() {
        ExecutionDescription running = runningWhenTheOutageBegins(UNBOUNDED);
        TestEngine engine = echoing(UNBOUNDED);
        resume(engine, running);

        ExecutionDescription stopped = engine.executions.stop(
                running.executionArn(), "Enough", "of waiting", TestEngine.invocation("stopper", null));

        assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(stopped.error()).isEqualTo("Enough");
    }

    @Test
    void itsTimeRunsOutMeanwhile() {
        String bounded = LINES.formatted("'TimeoutSeconds': 600,");
        ExecutionDescription running = runningWhenTheOutageBegins(bounded);
        TestEngine engine = echoing(bounded);

        ExecutionDescription last = resume(engine, running);
        while (last.status() == ExecutionStatus.RUNNING) {
            now = Objects.requireNonNull(head(engine).dueAt());
            last = resume(engine, running);
        }

        assertThat(last.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        assertThat(last.stopDate()).isEqualTo(running.startDate().plusSeconds(600));
        assertThat(engine.executions.describe(running.executionArn())).isEqualTo(last);
    }

    @Test
    void anAnswerThatComesMeanwhileIsKept() {
        ExecutionDescription running = runningWhenTheOutageBegins(UNBOUNDED);
        TestEngine engine = echoing(UNBOUNDED);
        engine.journals
                .inbox()
                .put(ID, new Entry.TaskSucceeded(EffectId.parse("/Lines[1]:1"), now, TestEngine.json("'told'")));

        resume(engine, running);
        outage = false;
        now = Objects.requireNonNull(head(engine).dueAt());

        assertThat(resume(engine, running).output()).isEqualTo(TestEngine.json("[1, 'told', 3]"));
    }

    @Test
    void itWaitsBeforeItsSnapshotIsReadToo() {
        String lines = IntStream.range(0, 100).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
        objects.put("data", "lines.json", lines.getBytes(StandardCharsets.UTF_8));
        String definition = UNBOUNDED.replace(
                "'Resource': 'task:echo', 'End': true",
                "'Resource': 'task:large', 'ResultPath': null, 'Next': 'Then'},"
                        + " 'Then': {'Type': 'Task', 'Resource': 'task:then', 'End': true");
        JsonNode large = new TextNode("x".repeat(3_000));
        ExecutionDescription running = new TestEngine(
                        store,
                        definition,
                        call -> call.resource().equals("task:large")
                                ? Uni.createFrom().item(large)
                                : NEVER,
                        objects)
                .start("{}", SHORT);
        TestEngine engine = echoing(definition);
        assertThat(head(engine).progress().snapshot()).isPositive();
        now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        outage = true;

        assertThat(resume(engine, running).status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(head(engine).lease()).isNull();
        outage = false;
        now = Objects.requireNonNull(head(engine).dueAt());
        assertThat(resume(engine, running).output()).isEqualTo(TestEngine.json(lines));
    }

    @Test
    void whoeverListensIsToldThatItIsSuspended() {
        ExecutionDescription running = runningWhenTheOutageBegins(UNBOUNDED);
        List<RunEvent> told = new ArrayList<>();

        echoing(UNBOUNDED)
                .executionsTelling(told::add)
                .resume(running.executionArn(), TestEngine.invocation("another", null));

        assertThat(told)
                .containsExactly(
                        new RunEvent.Resumed(running.executionArn(), now),
                        new RunEvent.Suspended(running.executionArn(), now, now.plusSeconds(15)));
    }

    @Test
    void whoeverListensToEachRunIsToldOfItThere() {
        ExecutionDescription running = runningWhenTheOutageBegins(UNBOUNDED);
        List<RunEvent> told = new ArrayList<>();
        List<RunEvent> toldOfNoRun = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void on(RunEvent event) {
                toldOfNoRun.add(event);
            }

            @Override
            public RunListener forRun(RunContext run) {
                return told::add;
            }
        };

        echoing(UNBOUNDED)
                .executionsTelling(listener)
                .resume(running.executionArn(), TestEngine.invocation("another", null));

        assertThat(toldOfNoRun).isEmpty();
        assertThat(told).hasSize(2).last().isInstanceOf(RunEvent.Suspended.class);
    }

    private ExecutionDescription runningWhenTheOutageBegins(String definition) {
        ExecutionDescription running = new TestEngine(store, definition, call -> NEVER, objects).start("{}", SHORT);
        assertThat(running.status()).isEqualTo(ExecutionStatus.RUNNING);
        now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        outage = true;
        return running;
    }

    private TestEngine echoing(String definition) {
        return new TestEngine(
                store, definition, TestEngine.answering(call -> call.input().toString()), objects, () -> now);
    }

    private static ExecutionDescription resume(TestEngine engine, ExecutionDescription execution) {
        return engine.resume(execution);
    }

    private static Head head(TestEngine engine) {
        return Objects.requireNonNull(engine.journals.head(ID));
    }
}
