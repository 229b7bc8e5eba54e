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
import dev.reprise.journal.ForwardingStore;
import dev.reprise.journal.History;
import dev.reprise.journal.Journal;
import dev.reprise.journal.Journals;
import dev.reprise.journal.NewExecution;
import dev.reprise.journal.StartOutcome;
import dev.reprise.journal.store.ExecutionStore;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A long execution's history is read from the journal's snapshots on, so that all of its pages together cost what it is long. */
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

    private final Program program = program();
    private final Counting store = new Counting(new InMemoryStore());
    private final Journals journals = new Journals(store, InstantSource.fixed(NOON), new Random(1));
    private long entriesReplayed;

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
        JsonNode input = json("{\"n\": " + tasks + "}");
        NewExecution execution = new NewExecution(
                identity(),
                input,
                "d".repeat(64),
                LOOP,
                NOON,
                Period.ofDays(14),
                new Lease("request", NOON.plusSeconds(900)));
        StartOutcome.Created created = (StartOutcome.Created) journals.start(execution);
        Journal journal = created.journal();
        Interpreter interpreter = interpreter(null);
        interpreter.apply(created.started());
        for (int i = 1; interpreter.outcome() == null; i++) {
            Effect.RunTask asked = null;
            while (interpreter.hasWork()) {
                for (Effect effect : interpreter.advance()) {
                    asked = effect instanceof Effect.RunTask task ? task : asked;
                }
            }
            if (asked == null || (!toItsEnd && i == tasks)) {
                break;
            }
            if (journal.snapshotDue()) {
                journal.snapshot(interpreter.snapshot());
            }
            Entry answer = new Entry.TaskSucceeded(asked.id(), NOON.plusMillis(i), json("\"" + "x".repeat(100) + "\""));
            interpreter.apply(journal.append(answer));
            journal.flush();
        }
        if (interpreter.outcome() != null) {
            journal.close(interpreter.outcome(), NOON);
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

    private List<HistoryEvent> pages(int maxResults, boolean reverseOrder) {
        List<HistoryEvent> events = new ArrayList<>();
        PageToken next = null;
        do {
            HistoryPage page = page(new HistoryQuery(maxResults, reverseOrder, true, next));
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

    private static Program program() {
        return Program.compile(
                Objects.requireNonNull(Definitions.parse("loop.asl.json", LOOP, new QueryExpressionChecker())
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
