package dev.reprise.journal;

import com.fasterxml.jackson.core.JsonParser;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.codec.Compressor;
import dev.reprise.journal.codec.EntryReader;
import dev.reprise.journal.codec.Json;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ContendedException;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.InboxItem;
import dev.reprise.journal.store.InboxStore;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.UnitMeter;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * How other invocations hand a fact to an execution's owner: a callback's result, a stop, a child's end.
 *
 * <p>A fact takes three writes, and several that are put together take no more but for the second. The first announces
 * it: from then on the head says that the inbox was used, so the end of the execution's retention takes the fact away
 * with the rest even if the execution ends at this moment. The second puts it. The third moves the counter after the
 * fact is there: an owner gives up its lease only while the counter is what it was before it last read the inbox, so
 * either it sees this fact, or there is no owner when the third write is made. In that case the third write also makes
 * the execution due, for the sweeper, and tells the caller to wake it.
 *
 * <p>A fact is for one run of the execution: up to its end, or up to its next one after a redrive. It bears that run's
 * number, and the third write is made only while that run goes on. So what came too late for a run, or was told to
 * nobody, lies in the inbox unread until the execution is deleted.
 */
public final class Inbox {

    private final ExecutionStore store;
    private final InstantSource clock;
    private final RandomGenerator random;

    Inbox(ExecutionStore store, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /** What became of a fact. */
    public sealed interface Delivery {
        /** The owner will find it before it gives up its lease. */
        record Owned() implements Delivery {}

        /** Nobody runs the execution: the caller is to wake it. */
        record WakeNow() implements Delivery {}

        /** The execution has ended: the fact is dropped. */
        record Closed(Head head) implements Delivery {}

        /** There is no such execution. */
        record Unknown() implements Delivery {}

        /**
         * Whether the caller is to wake the execution: nobody runs it, or its owner died and will not find the fact.
         *
         * @param head of that execution
         */
        default boolean leavesIdle(Head head, Instant now) {
            return this instanceof WakeNow || (this instanceof Owned && head.isAbandoned(now));
        }
    }

    /**
     * Puts a fact into an execution's inbox.
     *
     * @throws IllegalArgumentException when it cannot be stored
     */
    public Delivery put(ExecutionId id, Entry fact) {
        return put(id, List.of(fact));
    }

    /**
     * Puts facts into an execution's inbox, for little more than it takes to put one; they are read in their order.
     *
     * @throws IllegalArgumentException when one cannot be stored
     */
    public Delivery put(ExecutionId id, List<? extends Entry> facts) {
        UnitMeter meter = new UnitMeter();
        return switch (store.announceInbox(id, meter)) {
            case ConditionalWrite.Made(Head before) -> putAnnounced(Objects.requireNonNull(before), facts, meter);
            case ConditionalWrite.Refused(Head current) -> ended(current);
        };
    }

    /**
     * Puts facts into the inbox of an execution whose head says already that the inbox was used; they are read in their
     * order.
     *
     * @param head of the run that they are for; should another have begun meanwhile, they are for that one
     * @throws IllegalArgumentException when one cannot be stored
     */
    Delivery putAnnounced(Head head, List<? extends Entry> facts, UnitMeter meter) {
        String unique = Long.toString(random.nextLong() >>> 1, Character.MAX_RADIX);
        String key = JournalTable.inboxKey(head.redrives(), clock.millis(), unique);
        put(head.id(), key + "-", facts, meter);
        boolean leased = head.lease() != null;
        for (int attempt = 0; attempt < ContendedException.ATTEMPTS; attempt++) {
            ConditionalWrite<Head> change =
                    store.countInbox(head.id(), head.redrives(), leased, clock.instant(), meter);
            if (!(change instanceof ConditionalWrite.Refused(Head current))) {
                return leased ? new Delivery.Owned() : new Delivery.WakeNow();
            }
            if (current == null || current.status() != ExecutionStatus.RUNNING) {
                return ended(current);
            }
            if (current.redrives() != head.redrives()) {
                return putAnnounced(current, facts, meter);
            }
            leased = current.lease() != null;
        }
        // The facts lie in the inbox; whoever sends them again has them counted.
        throw new ContendedException(head.id(), "to be told of " + facts.size() + " facts in its inbox");
    }

    private void put(ExecutionId id, String prefix, List<? extends Entry> facts, UnitMeter meter) {
        int digits = Integer.toString(facts.size() - 1).length();
        List<InboxItem> items = new ArrayList<>();
        for (Entry fact : facts) {
            String number = Integer.toString(items.size());
            items.add(item(id, prefix + "0".repeat(digits - number.length()) + number, fact, meter));
        }
        for (int from = 0; from < items.size(); from += ExecutionStore.LARGEST_BATCH) {
            List<InboxItem> left = items.subList(from, Math.min(items.size(), from + ExecutionStore.LARGEST_BATCH));
            while (!left.isEmpty()) {
                left = store.putInboxItems(id, left, meter);
            }
        }
    }

    private InboxItem item(ExecutionId id, String key, Entry fact, UnitMeter meter) {
        PendingEntries encoded = new PendingEntries();
        encoded.add(fact);
        Blobs blobs = new Blobs(store, meter);
        encoded.blobs().forEach(blob -> blobs.write(id, blob.hash(), blob.json()));
        PendingEntries.Batch entry = encoded.batches().get(0);
        return new InboxItem(key, Compressor.body(entry.json(), id.partition().length() + 80));
    }

    private static Delivery ended(@Nullable Head head) {
        return head == null ? new Delivery.Unknown() : new Delivery.Closed(head);
    }

    /** Adds everything in the inbox of an execution that is for this run of it to {@code facts}, oldest first. */
    static void read(InboxStore store, Head head, EntryReader.Blobs blobs, UnitMeter meter, List<InboxFact> facts) {
        ExecutionId id = head.id();
        String after = JournalTable.inboxRun(head.redrives());
        while (after != null) {
            Page<InboxItem> page = store.readInbox(id, after, meter);
            page.items().forEach(item -> facts.add(new InboxFact(item.key(), decode(id, item, blobs))));
            after = page.next();
        }
    }

    private static Entry decode(ExecutionId id, InboxItem item, EntryReader.Blobs blobs) {
        String what = "inbox item " + item.key();
        try (JsonParser parser = Json.FACTORY.createParser(item.body().bytes())) {
            Entry entry = EntryReader.next(parser, blobs);
            if (entry == null) {
                throw new CorruptJournalException(id.toString(), what, "it is empty", null);
            }
            return entry;
        } catch (IOException | DataFormatException e) {
            throw new CorruptJournalException(id.toString(), what, String.valueOf(e.getMessage()), e);
        }
    }
}
