package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.parser.Definitions;
import dev.reprise.core.Interpreter;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Program;
import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.dataset.NoObjects;
import dev.reprise.execution.Effect;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.Provisions;
import dev.reprise.history.HistoryPage;
import dev.reprise.history.HistoryQuery;
import dev.reprise.history.HistoryReader;
import dev.reprise.history.PageToken;
import dev.reprise.history.ReplaySource;
import dev.reprise.journal.History;
import dev.reprise.journal.Journal;
import dev.reprise.journal.Journals;
import dev.reprise.journal.NewExecution;
import dev.reprise.journal.StartOutcome;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import dev.reprise.runtime.LostItems;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.ReadItems;
import dev.reprise.runtime.TaskTokens;
import dev.reprise.task.TaskThreads;
import dev.reprise.testing.InMemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A long execution's history is read from the journal's snapshots on, so that all of its pages together cost what it is
 * long.
 */
class HistoryPagesTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String ARN = "arn:aws:states:eu-central-1:111111111111:execution:loop:long";
    private static final ExecutionId ID = ExecutionId.ofArn(ARN);

    /** Asks a task as often as its input says. */
    private static final String LOOP = """
        {"StartAt": "More", "States": {
        "More": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericEquals": 0, "Next": "Done"}], "Default": "Ask"},
        "Ask": {"Type": "Task", "Resource": "task:ask", "ResultPath": "$.answer", "Next": "Less"},
        "Less": {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, -1)"}, "Next": "More"},
        "Done": {"Type": "Succeed"}}}\
        """;

    /** Asks a task for each item of its input. */
    private static final String MAP = """
        {"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "Ask", "States": {
        "Ask": {"Type": "Task", "Resource": "task:ask", "End": true}}}}}}\
        """;

    private String definition = LOOP;
    private boolean snapshots = true;
    private Program program = program(LOOP);
    private final Counting store = new Counting(new InMemoryStore());
    private final Journals journals = new Journals(store, InstantSource.fixed(NOON), new Random(1));
    private long entriesReplayed;

    /** By how much what the head tells of the events' number is wrong. */
    private long mistaken;

    private static HistoryPagesTest of(String machine, boolean snapshots) {
        HistoryPagesTest test = new HistoryPagesTest();
        test.definition = machine.equals("loop") ? LOOP : MAP;
        test.program = program(test.definition);
        test.snapshots = snapshots;
        return test;
    }

    private static final class Counting extends ForwardingStore {
        private long segmentsRead;

        private Counting(ExecutionStore store) {
            super(store);
        }

        @Override
        public Page<Segment> readSegments(ExecutionId id, long from, UnitMeter meter) {
            Page<Segment> page = super.readSegments(id, from, meter);
            segmentsRead += page.items().size();
            return page;
        }
    }

    @ParameterizedTest
    @CsvSource({"100, false", "1000, false", "1000, true", "333, true"})
    void allPagesTogetherAreTheWholeHistory(int maxResults, boolean reverseOrder) {
        run(1_000, false);
        List<HistoryEvent> whole = new ArrayList<>();
        Interpreter interpreter = interpreter(whole);
        replayWhole(interpreter);

        List<HistoryEvent> paged = pages(maxResults, reverseOrder);

        assertThat(whole).hasSizeGreaterThan(8_900);
        assertThat(reverseOrder ? paged.reversed() : paged).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theWorkForAllPagesGrowsWithTheHistory(boolean reverseOrder) {
        run(1_000, true);
        int events = pages(200, reverseOrder).size();
        long entries = entriesReplayed;
        Counting once = store;
        HistoryPagesTest larger = new HistoryPagesTest();
        larger.run(4_000, true);
        int moreEvents = larger.pages(200, reverseOrder).size();

        assertThat((double) moreEvents / events).isBetween(3.9, 4.1);
        assertThat((double) larger.entriesReplayed / entries).isLessThan(5);
        // A request gives as many segments as fill 1 MB: what is read in vain does not grow with the history.
        assertThat(larger.store.segmentsRead).isLessThan(moreEvents / 200 * 6_000L);
        assertThat(once.segmentsRead).isPositive();
    }

    /**
     * Where there is nothing to begin from but the start, and where what would be is as large as all that has happened.
     */
    @ParameterizedTest
    @CsvSource({"loop, false", "loop, true", "map, false", "map, true"})
    void theWorkOfOneReaderGrowsWithTheHistoryEvenWithoutSnapshots(String machine, boolean reverseOrder) {
        long[] entries = new long[2];
        int[] events = new int[2];
        for (int size = 0; size < 2; size++) {
            HistoryPagesTest test = of(machine, false);
            int tasks = size == 0 ? 500 : 2_000;
            test.run(tasks, true);
            events[size] = test.pagesOf(test.reader(), 100, reverseOrder).size();
            entries[size] = test.entriesReplayed;

            // Backward one replay counts the events, one tells the first page, and one all others.
            assertThat(entries[size]).isLessThan((reverseOrder ? 3L : 1L) * (tasks + 10));
        }

        assertThat((double) events[1] / events[0]).isBetween(3.9, 4.1);
        assertThat((double) entries[1] / entries[0]).isLessThan(4.1);
    }

    @ParameterizedTest
    @CsvSource({"loop, false", "loop, true", "map, false", "map, true"})
    void oneReaderTellsWhatManyTell(String machine, boolean reverseOrder) {
        HistoryPagesTest test = of(machine, true);
        test.run(300, false);

        List<HistoryEvent> told = test.pagesOf(test.reader(), 70, reverseOrder);

        assertThat(told).hasSizeGreaterThan(1_500).isEqualTo(test.pages(70, reverseOrder));
    }

    @Test
    void aReaderThatIsAskedForAnotherPageThanTheNextGivesThatOne() {
        run(100, true);
        HistoryReader reader = reader();
        List<HistoryEvent> all = pages(1_000, false);

        HistoryPage first = reader.page(new HistoryQuery(50, false, true, null));
        reader.page(new HistoryQuery(50, false, true, first.next()));
        HistoryPage again = reader.page(new HistoryQuery(50, false, true, first.next()));
        HistoryPage last = reader.page(new HistoryQuery(50, true, true, null));
        HistoryPage before = reader.page(new HistoryQuery(50, true, true, last.next()));
        HistoryPage beforeAgain = reader.page(new HistoryQuery(80, true, true, last.next()));

        assertThat(again.events()).isEqualTo(all.subList(50, 100));
        assertThat(before.events())
                .isEqualTo(all.subList(all.size() - 100, all.size() - 50).reversed());
        assertThat(beforeAgain.events())
                .isEqualTo(all.subList(all.size() - 130, all.size() - 50).reversed());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPageInTheMidstReplaysNoMoreThanFromTheSnapshotBefore(boolean reverseOrder) {
        run(4_000, true);
        HistoryPage first = page(new HistoryQuery(1_000, reverseOrder, true, null));
        HistoryPage second = page(new HistoryQuery(1_000, reverseOrder, true, Objects.requireNonNull(first.next())));
        entriesReplayed = 0;

        page(new HistoryQuery(1_000, reverseOrder, true, Objects.requireNonNull(second.next())));

        assertThat(entriesReplayed).isLessThan(1_000);
    }

    @Test
    void theLatestEventsAreToldWithoutReplayingTheRest() {
        run(4_000, false);
        entriesReplayed = 0;

        HistoryPage page = page(new HistoryQuery(1_000, true, true, null));

        assertThat(page.events()).hasSize(1_000);
        assertThat(entriesReplayed).isLessThan(1_500);
    }

    /** Its head tells how many there are. */
    @Test
    void theLatestEventsOfAnExecutionThatHasEndedAreToldByOneReplay() {
        HistoryPagesTest test = of("map", false);
        test.run(2_000, true);

        HistoryPage page = test.page(new HistoryQuery(1_000, true, true, null));

        assertThat(test.entriesReplayed).isLessThan(2_000 + 10);
        assertThat(page.events()).hasSize(1_000);
        assertThat(page.events().getFirst().type()).isEqualTo(HistoryEventType.ExecutionSucceeded);
    }

    @ParameterizedTest
    @ValueSource(longs = {-20_000, -5, 5, 1_000_000})
    void aNumberOfEventsThatIsWrongGivesTheSamePage(long by) {
        HistoryPagesTest test = of("map", false);
        test.run(2_000, true);
        HistoryQuery query = new HistoryQuery(1_000, true, true, null);
        HistoryPage right = test.page(query);
        test.mistaken = by;

        assertThat(test.page(query)).isEqualTo(right);
    }

    @Test
    void aLargeOutcomeIsReplayedFromTheLastSnapshot() {
        Outcome outcome = run(1_000, true);
        entriesReplayed = 0;

        assertThat(reader().outcome()).isEqualTo(outcome);
        assertThat(entriesReplayed).isLessThan(500);
    }

    @ParameterizedTest
    @CsvSource({
        "after-5000@999999999999, false",
        "after-5000@0, false",
        "before-5000@999999999999, true",
        "before-5000@0, true"
    })
    void aTokenWhosePlaceIsMadeUpGivesTheSamePage(String token, boolean reverseOrder) {
        run(1_000, true);

        List<HistoryEvent> events = page(new HistoryQuery(10, reverseOrder, true, PageToken.parse(token)))
                .events();

        assertThat(events).hasSize(10).extracting(HistoryEvent::id).first().isEqualTo(reverseOrder ? 4_999L : 5_001L);
    }

    /** Runs to its end, or until the last task waits. */
    private @Nullable Outcome run(int tasks, boolean toItsEnd) {
        JsonNode input = definition.equals(LOOP)
                ? json("{\"n\": " + tasks + "}")
                : json(IntStream.range(0, tasks)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(",", "[", "]")));
        NewExecution execution = new NewExecution(
                identity(),
                input,
                "d".repeat(64),
                definition,
                NOON,
                Period.ofDays(14),
                new Lease("request", NOON.plusSeconds(900)));
        StartOutcome.Created created = (StartOutcome.Created) journals.start(execution);
        Journal journal = created.journal();
        Interpreter interpreter = interpreter(null);
        interpreter.apply(created.started());
        Deque<Effect.RunTask> open = new ArrayDeque<>();
        for (int i = 1; interpreter.outcome() == null; i++) {
            while (interpreter.hasWork()) {
                for (Effect effect : interpreter.advance()) {
                    if (effect instanceof Effect.RunTask task) {
                        open.add(task);
                    }
                }
            }
            Effect.RunTask asked = open.poll();
            if (asked == null || (!toItsEnd && i == tasks)) {
                break;
            }
            if (snapshots && journal.snapshotDue()) {
                journal.snapshot(interpreter.snapshot());
            }
            Entry answer = new Entry.TaskSucceeded(asked.id(), NOON.plusMillis(i), json("\"" + "x".repeat(100) + "\""));
            interpreter.apply(journal.append(answer));
            journal.flush();
        }
        if (interpreter.outcome() != null) {
            journal.close(interpreter.outcome(), NOON, true, false, interpreter.lastEvent());
        }
        return interpreter.outcome();
    }

    private static ExecutionIdentity identity() {
        return new ExecutionIdentity(
                ARN,
                "long",
                "arn:aws:states:eu-central-1:111111111111:stateMachine:loop",
                "loop",
                "arn:aws:iam::1:role/r");
    }

    private Interpreter interpreter(@Nullable List<HistoryEvent> seen) {
        return new Interpreter(program, identity(), InterpreterLimits.DEFAULT, seen == null ? null : seen::add);
    }

    private void replayWhole(Interpreter interpreter) {
        Objects.requireNonNull(journals.history(ID)).entries().forEachRemaining(entry -> {
            interpreter.apply(entry);
            while (interpreter.hasWork()) {
                interpreter.advance();
            }
        });
    }

    /** Each told by a reader of its own. */
    private List<HistoryEvent> pages(int maxResults, boolean reverseOrder) {
        return pages(this::page, maxResults, reverseOrder);
    }

    private List<HistoryEvent> pagesOf(HistoryReader reader, int maxResults, boolean reverseOrder) {
        return pages(reader::page, maxResults, reverseOrder);
    }

    private static List<HistoryEvent> pages(
            Function<HistoryQuery, HistoryPage> pages, int maxResults, boolean reverseOrder) {
        List<HistoryEvent> events = new ArrayList<>();
        PageToken next = null;
        do {
            HistoryPage page = pages.apply(new HistoryQuery(maxResults, reverseOrder, true, next));
            assertThat(page.events()).hasSizeBetween(1, maxResults);
            events.addAll(page.events());
            next = page.next() == null ? null : PageToken.parse(page.next().text());
        } while (next != null);
        return events;
    }

    private HistoryPage page(HistoryQuery query) {
        return reader().page(query);
    }

    private HistoryReader reader() {
        History journal = Objects.requireNonNull(journals.history(ID));
        ReplaySource replays = new JournalReplays(
                journal,
                program,
                new InterpreterLimits(1_000_000, 100),
                Provisions.NONE,
                new LostItems(new ReadItems(
                        new MapData(new NoObjects(), new TaskThreads(Runnable::run)),
                        TaskTokens.none(journal.head().id()))));
        return new HistoryReader(new ReplaySource() {
            @Override
            public Checkpoint latest(long place) {
                return replays.latest(place);
            }

            @Override
            public long lastEvent() {
                return replays.lastEvent() == 0 ? 0 : Math.max(0, replays.lastEvent() + mistaken);
            }

            @Override
            public Replay replay(Checkpoint from, @Nullable ExecutionObserver observer) {
                Replay replay = replays.replay(from, observer);
                return new Replay(replay.interpreter(), counting(replay.entries()));
            }
        });
    }

    private ReplaySource.PlacedEntries counting(ReplaySource.PlacedEntries entries) {
        return new ReplaySource.PlacedEntries() {
            @Override
            public long place() {
                return entries.place();
            }

            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Entry next() {
                entriesReplayed++;
                return entries.next();
            }
        };
    }

    private static Program program(String definition) {
        return Program.compile(
                Objects.requireNonNull(Definitions.parse("loop.asl.json", definition, new QueryExpressionChecker())
                        .machine()),
                language -> language == QueryLanguage.JSONPATH
                        ? new JsonPathQueries()
                        : new JsonataQueries(QueryLimits.DEFAULT));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
