package dev.reprise.operations;

import dev.reprise.history.HistoryReader;
import dev.reprise.journal.store.Head;
import dev.reprise.runtime.LostItems;
import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Readers of histories that stand in the midst of one: whoever asks for the next page has one of them go on. They are
 * few, and go when memory is wanted for something else; without them the same events cost more, and may take more
 * pages. Thread-safe: a reader is taken out while it is used.
 */
final class KeptReaders {

    private static final int MOST = 4;

    /**
     * A reader.
     *
     * @param head as it was when the reading began
     * @param lost what it could not read
     */
    record Kept(Head head, HistoryReader reader, LostItems lost) {

        /** Whether its journal is still that of the execution: an end and a redrive add to it what it does not know. */
        private boolean isOf(Head known) {
            return head.id().equals(known.id())
                    && head.beginning().startedAt().equals(known.beginning().startedAt())
                    && head.redrives() == known.redrives()
                    && head.status() == known.status();
        }
    }

    private final Deque<SoftReference<Kept>> kept = new ArrayDeque<>();

    /** The reader of that execution; null when there is none, or it knows only what the execution was before. */
    synchronized @Nullable Kept take(Head known) {
        for (Iterator<SoftReference<Kept>> each = kept.iterator(); each.hasNext(); ) {
            Kept reader = each.next().get();
            if (reader == null || reader.head().id().equals(known.id())) {
                each.remove();
            }
            if (reader != null && reader.isOf(known)) {
                return reader;
            }
        }
        return null;
    }

    /** Keeps a reader, and gives up the one that was kept longest if there are too many. */
    synchronized void keep(Kept reader) {
        kept.addFirst(new SoftReference<>(reader));
        if (kept.size() > MOST) {
            kept.removeLast();
        }
    }
}
