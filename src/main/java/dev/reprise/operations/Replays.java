package dev.reprise.operations;

import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Program;
import dev.reprise.core.Standing;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.RequestException;
import dev.reprise.history.Cost;
import dev.reprise.history.HistoryPage;
import dev.reprise.history.HistoryQuery;
import dev.reprise.history.HistoryReader;
import dev.reprise.journal.History;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.Head;
import dev.reprise.operations.KeptReaders.Kept;
import dev.reprise.runtime.LostItems;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.ReadItems;
import dev.reprise.runtime.TaskTokens;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers from an execution's journal what is stored nowhere else. Thread-safe. */
final class Replays {

    /** A page of history may be full after any transition: small slices do little in vain. */
    private static final int SLICE_TRANSITIONS = 1_000;

    private final Journals journals;
    private final Function<Head, Program> programs;
    private final MapData mapData;
    private final InterpreterLimits limits;
    private final KeptReaders readers = new KeptReaders();

    Replays(Journals journals, Function<Head, Program> programs, MapData mapData, int payloadBytes) {
        this.journals = journals;
        this.programs = programs;
        this.mapData = mapData;
        this.limits = new InterpreterLimits(payloadBytes, SLICE_TRANSITIONS);
    }

    /**
     * A page of what the execution has done.
     *
     * @return null when its retention is over
     * @throws RequestException when a data set that it read is no longer what it was, and what is asked for follows
     *     from its items
     */
    @Nullable
    HistoryPage history(Head head, HistoryQuery query) {
        return replay(head, reader -> reader.page(query));
    }

    /**
     * How the execution ended, as its entries tell.
     *
     * @return null when they lead to no end
     * @throws RequestException when a data set that it read is no longer what it was
     */
    @Nullable
    Outcome outcome(Head head) {
        return replay(head, HistoryReader::outcome);
    }

    /**
     * The distributed Maps that have begun in the execution.
     *
     * @return null when its retention is over
     * @throws RequestException when a data set that it read is no longer what it was
     */
    @Nullable
    List<MapRunView> mapRuns(Head head) {
        return replay(head, reader -> {
            MapRunCollector runs = new MapRunCollector(head.beginning().executionArn());
            reader.tellAll(runs, runs);
            return runs.runs();
        });
    }

    /**
     * What the execution costs, as its history tells.
     *
     * @return null when its retention is over
     * @throws RequestException when a data set that it read is no longer what it was
     */
    @Nullable
    Cost cost(Head head) {
        return replay(head, reader -> {
            Cost.Meter meter = new Cost.Meter();
            reader.tellAll(meter);
            return meter.total();
        });
    }

    /**
     * Where the execution stands, as far as its journal tells.
     *
     * @return null when its retention is over
     * @throws RequestException when a data set that it reads is no longer what it was
     */
    @Nullable
    List<Standing> standings(Head head, int most) {
        return replay(head, reader -> reader.standings(most));
    }

    private <T> @Nullable T replay(Head known, Function<HistoryReader, @Nullable T> question) {
        Kept kept = readers.take(known);
        if (kept == null) {
            kept = begin(known);
        }
        if (kept == null) {
            return null;
        }
        HistoryReader reader = kept.reader();
        T answer = question.apply(reader);
        String lost = kept.lost().why();
        if (lost != null && kept.head().ending() != null && !reader.reachesTheEnd()) {
            throw new RequestException(
                    "HistoryUnavailable",
                    "The execution cannot be replayed to its end, for it read a data set that is no longer what it"
                            + " was: " + lost);
        }
        if (lost == null && reader.standsInTheMidst()) {
            readers.keep(kept);
        }
        return answer;
    }

    private @Nullable Kept begin(Head known) {
        History journal = journals.history(known.id());
        if (journal == null) {
            return null;
        }
        Head head = journal.head();
        ReadItems items = new ReadItems(mapData, TaskTokens.of(head));
        LostItems lost = new LostItems(items);
        return new Kept(
                head, new HistoryReader(new JournalReplays(journal, programs.apply(head), limits, items, lost)), lost);
    }
}
