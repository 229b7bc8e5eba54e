package dev.reprise.history;

import dev.reprise.core.Interpreter;
import dev.reprise.core.LiveObserver;
import dev.reprise.core.Standing;
import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.execution.Entry;
import dev.reprise.execution.Outcome;
import dev.reprise.history.ReplaySource.Checkpoint;
import dev.reprise.history.ReplaySource.PlacedEntries;
import dev.reprise.history.ReplaySource.Replay;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells an execution's history by replaying its journal. It is the same history however often the execution was
 * suspended on the way, for a resume leaves no entry; and of an execution that runs, it is what follows from the
 * entries so far.
 *
 * <p>A page costs a replay from the last {@link Checkpoint} before it, which its token helps to find: forward up to the
 * page's last event, backward up to the page before. Whoever asks the same reader for the page that comes next has it
 * go on where it stands: forward by the same replay, backward by the events that the last one told. So all pages
 * together cost as much as the history is long, wherever its checkpoints are; another reader, given a token, tells the
 * same events for more work, and backward perhaps fewer of them in a page. Not thread-safe.
 */
public final class HistoryReader {

    /** Each is read. A page that so many did not fill ends early. */
    private static final int MOST_CHECKPOINTS_BACK = 40;

    private final ReplaySource source;
    private @Nullable ForwardReading forward;
    private @Nullable BackwardReading backward;
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

    /** Whether the page that comes after the one that was told last costs less here than elsewhere. */
    public boolean standsInTheMidst() {
        return forward != null || backward != null;
    }

    private HistoryPage forward(HistoryQuery query) {
        PageToken from = query.from();
        long after = from == null ? 0 : from.event();
        ForwardReading reading = forward;
        if (reading == null || !reading.standsAfter(after)) {
            Checkpoint checkpoint = from == null ? Checkpoint.START : before(after + 1, from.place());
            reading = new ForwardReading(source, checkpoint, after);
        }
        HistoryPage page = reading.page(query);
        reachesTheEnd = page.next() != null || reading.interpreter().outcome() != null;
        forward = page.next() != null && reading.isWorthKeeping() ? reading : null;
        backward = null;
        return page;
    }

    private HistoryPage backward(HistoryQuery query) {
        PageToken from = query.from();
        BackwardReading reading = backward;
        if (from == null) {
            reading = latest(query);
        } else if (reading == null || !reading.holdsPageBefore(from.event(), query)) {
            Checkpoint checkpoint = filling(before(from.event(), from.place()), query, from.event());
            reading = new BackwardReading(
                    source,
                    checkpoint,
                    from.event() - BackwardReading.MOST_EVENTS,
                    from.event(),
                    BackwardReading.MOST_EVENTS,
                    query.includeExecutionData());
        }
        HistoryPage page = reading.page(query);
        reachesTheEnd = reading.reachesTheEnd();
        // The latest events alone are not worth a replay that holds more: many ask for them and for no others.
        backward = page.next() != null && from != null ? reading : null;
        forward = null;
        return page;
    }

    /** The events of the first page, and no others. */
    private BackwardReading latest(HistoryQuery query) {
        Checkpoint latest = source.latest(Long.MAX_VALUE);
        if (!source.isRepeatable()) {
            return latest(latest, 1, query);
        }
        long known = source.lastEvent();
        if (known > 0) {
            BackwardReading reading = latest(filling(latest, query, known + 1), known + 1 - query.maxResults(), query);
            if (reading.holdsLastPage(query)) {
                return reading;
            }
        }
        // To count events costs far less than to tell them.
        long next = lastEvent(latest) + 1;
        return latest(filling(latest, query, next), next - query.maxResults(), query);
    }

    private BackwardReading latest(Checkpoint from, long first, HistoryQuery query) {
        return new BackwardReading(
                source, from, first, Long.MAX_VALUE, query.maxResults(), query.includeExecutionData());
    }

    private long lastEvent(Checkpoint from) {
        long[] last = {from.lastEvent()};
        ReplayWork work = new ReplayWork(source, from, source.replay(from, new ExecutionObserver() {
            @Override
            public void on(HistoryEvent event) {
                throw new IllegalStateException("Nobody has asked for " + event);
            }

            @Override
            public boolean sees(long event) {
                last[0] = event;
                return false;
            }
        }));
        work.toItsEnd();
        return last[0];
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
        Interpreter latest = replayedToTheEnd();
        reachesTheEnd = latest.outcome() != null;
        return latest.outcome();
    }

    /**
     * Where the open scopes of an execution that runs stand, as far as its entries tell; the first {@code most} of
     * them.
     */
    public List<Standing> standings(int most) {
        Interpreter latest = replayedToTheEnd();
        reachesTheEnd = true;
        return latest.standings(most);
    }

    private Interpreter replayedToTheEnd() {
        Checkpoint latest = source.latest(Long.MAX_VALUE);
        ReplayWork work = new ReplayWork(source, latest, source.replay(latest, null));
        work.toItsEnd();
        return work.interpreter();
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
        tellAll(replay);
    }

    /** Tells the history of all that the execution has done, from its start, and nothing else. */
    public void tellAll(ExecutionObserver observer) {
        tellAll(source.replay(Checkpoint.START, observer));
    }

    private void tellAll(Replay replay) {
        new ReplayWork(source, Checkpoint.START, replay).toItsEnd();
        reachesTheEnd = replay.interpreter().outcome() != null;
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
        public boolean isRepeatable() {
            return false;
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
