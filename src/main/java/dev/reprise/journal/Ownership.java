package dev.reprise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.FencedException;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalException;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.RetryingStore;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An execution in the hands of the invocation that has its lease, from when it takes it until it gives it up or fails:
 * after any {@link JournalException} it is not known what was written, so nothing more is done.
 */
final class Ownership {

    private final ExecutionStore store;
    private final UnitMeter meter;
    private final Blobs blobs;
    private final String writer;
    private final ConsumedUnits consumedBefore;

    /** As of the last write that this owner made to it. */
    private Head head;

    private boolean released;
    private @Nullable JournalException failure;

    /** @param head as it became when the lease was taken */
    Ownership(ExecutionStore store, UnitMeter meter, Head head) {
        this.store = store;
        this.meter = meter;
        this.blobs = new Blobs(store, meter);
        this.writer = head.writer();
        this.consumedBefore = head.progress().consumed();
        this.head = head;
    }

    /** The same, with a store that is asked for nothing after the lease, which ends with its invocation. */
    static Ownership of(ExecutionStore store, InstantSource clock, UnitMeter meter, Head head) {
        Lease lease = head.lease();
        ExecutionStore bounded = lease == null ? store : RetryingStore.boundedBy(lease.until(), clock, store);
        return new Ownership(bounded, meter, head);
    }

    /** A name for {@link Head#writer}, which never repeats. */
    static String newWriter(RandomGenerator random) {
        return Long.toString(random.nextLong() >>> 1, Character.MAX_RADIX);
    }

    ExecutionId id() {
        return head.id();
    }

    ExecutionStore store() {
        return store;
    }

    UnitMeter meter() {
        return meter;
    }

    Blobs blobs() {
        return blobs;
    }

    String writer() {
        return writer;
    }

    Head head() {
        return head;
    }

    /** Which resume of the execution this is. */
    long resume() {
        return head.resumes();
    }

    ConsumedUnits consumed() {
        return consumedBefore.plus(meter.total());
    }

    JsonNode readBlob(String hash) {
        return blobs.read(id(), hash);
    }

    boolean wrote(Segment segment) {
        return segment.writer().equals(writer);
    }

    /** The head is found to be like this, still this owner's. */
    void found(Head now) {
        head = now;
    }

    /**
     * Reads the head.
     *
     * @throws FencedException when it is somebody else's
     */
    Head ownHead() {
        Head now = store.readHead(id(), meter);
        if (now == null || !now.ownedBy(writer)) {
            throw fenced("its head has another owner");
        }
        return now;
    }

    FencedException fenced(String why) {
        return new FencedException(id(), why);
    }

    /** The lease is given up. */
    void release() {
        released = true;
    }

    /**
     * Sees to it that the execution is still in these hands, as far as they know.
     *
     * @throws FencedException when it was lost to another invocation
     * @throws IllegalStateException when it was given up, or a request failed
     */
    void requireHeld() {
        if (failure instanceof FencedException) {
            throw fenced("it was lost before");
        }
        if (failure != null || released) {
            String why = failure != null ? "failed before: " + failure.getMessage() : "was given up";
            throw new IllegalStateException("The journal of execution " + id() + " " + why, failure);
        }
    }

    /** Makes requests, none of which may fail if the execution is to stay in these hands. */
    <T extends @Nullable Object> T guarded(Supplier<T> requests) {
        try {
            return requests.get();
        } catch (JournalException e) {
            failure = e;
            throw e;
        }
    }

    void guarded(Runnable requests) {
        guarded(() -> {
            requests.run();
            return null;
        });
    }
}
