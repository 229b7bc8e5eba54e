package dev.reprise.journal;

import com.fasterxml.jackson.core.JsonParser;
import dev.reprise.core.Entry;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.DataFormatException;

/**
 * How other invocations hand a fact to an execution's owner: a callback's result, a stop, a child's end.
 *
 * <p>A fact takes three writes. The first announces it: from then on the head says that the inbox was used, so the end of the execution's retention takes the fact away with the rest even if the execution
 * ends at this moment. The second puts it. The third moves the counter after the fact is there: an owner gives up its lease only while the counter is what it was before it last read the
 * inbox, so either it sees this fact, or there is no owner when the third write is made. In that case the third write also makes the execution due, for the sweeper, and tells the caller to wake it.
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
        UnitMeter meter = new UnitMeter();
        HeadChange announced = store.announceInbox(id, meter);
        return announced instanceof HeadChange.Refused refused
                ? refused(refused)
                : putAnnounced(id, List.of(fact), meter);
    }

    /**
     * Puts facts into the inbox of an execution whose head says already that the inbox was used; they are read in their order.
     *
     * @throws IllegalArgumentException when one cannot be stored
     */
    Delivery putAnnounced(ExecutionId id, List<? extends Entry> facts, UnitMeter meter) {
        String key = key();
        for (int i = 0; i < facts.size(); i++) {
            put(id, key + "-" + i, facts.get(i), meter);
        }
        return count(id, meter);
    }

    private void put(ExecutionId id, String key, Entry fact, UnitMeter meter) {
        PendingEntries encoded = new PendingEntries();
        encoded.add(fact);
        try (Compressor compressor = new Compressor()) {
            Blobs blobs = new Blobs(store, meter, compressor);
            encoded.blobs().forEach(blob -> blobs.write(id, blob.hash(), blob.json()));
            PendingEntries.Batch entry = encoded.batches().get(0);
            Body body = compressor.body(entry.json(), id.partition().length() + 80);
            store.putInboxItem(id, new InboxItem(key, body), meter);
        }
    }

    private Delivery count(ExecutionId id, UnitMeter meter) {
        boolean leased = true;
        while (true) {
            Instant now = clock.instant();
            HeadChange change = store.countInbox(id, leased, now, meter);
            if (change instanceof HeadChange.Made) {
                return leased ? new Delivery.Owned() : new Delivery.WakeNow();
            }
            HeadChange.Refused refused = (HeadChange.Refused) change;
            Head current = refused.current();
            if (current == null || current.status() != ExecutionStatus.RUNNING) {
                return refused(refused);
            }
            leased = current.lease() != null;
        }
    }

    private static Delivery refused(HeadChange.Refused refused) {
        Head current = refused.current();
        return current == null ? new Delivery.Unknown() : new Delivery.Closed(current);
    }

    /** Adds everything in an execution's inbox to {@code facts}, oldest first. */
    static void read(
            ExecutionStore store, ExecutionId id, EntryReader.Blobs blobs, UnitMeter meter, List<InboxFact> facts) {
        String after = "";
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

    /** Milliseconds, so that keys are in order of time, and something random. */
    private String key() {
        return String.format("%015d", clock.millis()) + "-"
                + Long.toString(random.nextLong() >>> 1, Character.MAX_RADIX);
    }
}
