package dev.reprise.history;

import dev.reprise.core.Interpreter;
import dev.reprise.core.LiveObserver;
import dev.reprise.core.Standing;
import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.execution.Entry;
import dev.reprise.execution.Outcome;
import dev.reprise.history.ReplaySource.Checkpoint;
import dev.reprise.history.ReplaySource.PlacedEntries;
import dev.reprise.history.ReplaySource.Replay;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells an execution's history by replaying its journal. It is the same history however often the execution was
 * suspended on the way, for a resume leaves no entry; and of an execution that runs, it is what follows from the
 * entries so far.
 *
 * <p>A page costs a replay from the last {@link Checkpoint} before it, which its token helps to find: forward up to the
 * page's last event, backward up to the page before. A backward page goes back over as many checkpoints as it takes to
 * fill it. So all pages together cost as much as the history is long, as long as the distance between checkpoints does
 * not grow with it.
 */
public final class HistoryReader {

    /**
     * How many slices of work may follow from the last entry. Only a loop that waits for nothing comes so far: what
     * would follow has not happened yet, and may never.
     */
    private static final int MOST_SLICES_AHEAD = 10_000;

    /** Each is read. A page that so many did not fill ends early. */
    private static final int MOST_CHECKPOINTS_BACK = 40;

    private final ReplaySource source;
    private boolean reachesTheEnd;

    /** Of a journal that may be replayed from several places. */
    public HistoryReader(ReplaySource source) {
        this.source = source;
    }

    /**
     * Reads once, from the start.
     *
     * @param begin an interpreter that has not started, and shows its history to the observer; in slices of some 1,000
     *     transitions
     * @param entries the journal from its beginning
     * @param supply puts the items of a data set in place that was read, before the interpreter takes in the entry that
     *     tells of it ({@link Interpreter#readBefore})
     */
    public HistoryReader(
            Function<@Nullable ExecutionObserver, Interpreter> begin,
            Iterator<Entry> entries,
            BiConsumer<Interpreter, Entry> supply) {
        this(new FromTheStart(begin, entries, supply));
    }

    /** Reads once, from the start, where everything is at hand. */
    public HistoryReader(Function<@Nullable ExecutionObserver, Interpreter> begin, Iterator<Entry> entries) {
        this(begin, entries, (interpreter, next) -> {});
    }

    /** Whether what was last asked for was answered to the end of the page, or of the execution. */
    public boolean reachesTheEnd() {
        return reachesTheEnd;
    }

    /** The events that are wanted. */
    public HistoryPage page(HistoryQuery query) {
        return query.reverseOrder() ? backward(query) : forward(query);
    }

    private HistoryPage forward(HistoryQuery query) {
        PageToken from = query.from();
        return replay(from == null ? Checkpoint.START : before(from.event() + 1, from.place()), PageWindow.of(query));
    }

    private HistoryPage backward(HistoryQuery query) {
        PageToken from = query.from();
        if (from != null) {
            return replay(filling(before(from.event(), from.place()), query, from.event()), PageWindow.of(query));
        }
        Checkpoint latest = source.latest(Long.MAX_VALUE);
        PageWindow window = PageWindow.of(query);
        HistoryPage page = replay(latest, window);
        long next = window.lastSeen() + 1;
        Checkpoint earlier = filling(latest, query, next);
        return earlier.lastEvent() == latest.lastEvent() ? page : replay(earlier, PageWindow.backward(query, next));
    }

    /**
     * The latest checkpoint before an event. A token that was made up may name a place behind it: then the start is as
     * good.
     */
    private Checkpoint before(long event, long place) {
        Checkpoint found = source.latest(place);
        return found.lastEvent() < event ? found : Checkpoint.START;
    }

    /** That one, or an earlier one from which a page before {@code event} is as full as was asked for. */
    private Checkpoint filling(Checkpoint latest, HistoryQuery query, long event) {
        Checkpoint found = latest;
        long first = event - query.maxResults();
        for (int back = 0; !found.isStart() && found.lastEvent() >= first; back++) {
            if (back >= MOST_CHECKPOINTS_BACK && found.lastEvent() < event - 1) {
                break;
            }
            found = source.latest(found.place() - 1);
        }
        return found;
    }

    /** How the execution ended; null when the entries lead to no end. */
    public @Nullable Outcome outcome() {
        Replay replay = source.replay(source.latest(Long.MAX_VALUE), null);
        replay(replay, place -> {}, () -> false);
        reachesTheEnd = replay.interpreter().outcome() != null;
        return replay.interpreter().outcome();
    }

    /**
     * Tells all that the execution has done, from its start.
     *
     * @param observer is shown its history
     * @param live is told the rest
     */
    public void tellAll(ExecutionObserver observer, LiveObserver live) {
        Replay replay = source.replay(Checkpoint.START, observer);
        replay.interpreter().observe(live);
        replay(replay, place -> {}, () -> false);
        reachesTheEnd = replay.interpreter().outcome() != null;
    }

    /** Where the open scopes of an execution that runs stand, as far as its entries tell; the first {@code most} of them. */
    public List<Standing> standings(int most) {
        Replay replay = source.replay(source.latest(Long.MAX_VALUE), null);
        replay(replay, place -> {}, () -> false);
        reachesTheEnd = true;
        return replay.interpreter().standings(most);
    }

    private HistoryPage replay(Checkpoint from, PageWindow window) {
        window.comesTo(from.place());
        window.lastSeen(from.lastEvent());
        Replay replay = source.replay(from, window);
        replay(replay, window::comesTo, window::isComplete);
        reachesTheEnd = window.isComplete() || replay.interpreter().outcome() != null;
        return window.page();
    }

    /** Where the entry that was taken in last stands. */
    private interface Places {
        void comesTo(long place);
    }

    private void replay(Replay replay, Places places, BooleanSupplier enough) {
        Interpreter interpreter = replay.interpreter();
        PlacedEntries entries = replay.entries();
        while (entries.hasNext()) {
            Entry next = entries.next();
            while (!enough.getAsBoolean() && interpreter.hasWorkBefore(next)) {
                interpreter.advanceTo(next);
            }
            if (enough.getAsBoolean()) {
                return;
            }
            places.comesTo(entries.place());
            source.supply(interpreter, next);
            interpreter.replay(next);
        }
        for (int ahead = 0; ahead < MOST_SLICES_AHEAD && interpreter.hasWork() && !enough.getAsBoolean(); ahead++) {
            interpreter.advance();
        }
    }

    /** A journal without a state to begin from. */
    private record FromTheStart(
            Function<@Nullable ExecutionObserver, Interpreter> begin,
            Iterator<Entry> entries,
            BiConsumer<Interpreter, Entry> supplier)
            implements ReplaySource {

        @Override
        public void supply(Interpreter interpreter, Entry next) {
            supplier.accept(interpreter, next);
        }

        @Override
        public Checkpoint latest(long place) {
            return Checkpoint.START;
        }

        @Override
        public Replay replay(Checkpoint from, @Nullable ExecutionObserver observer) {
            return new Replay(begin.apply(observer), new PlacedEntries() {
                @Override
                public long place() {
                    return 0;
                }

                @Override
                public boolean hasNext() {
                    return entries.hasNext();
                }

                @Override
                public Entry next() {
                    return entries.next();
                }
            });
        }
    }
}
