package dev.reprise.testing;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.StoreUnavailableException;
import dev.reprise.journal.store.UnitMeter;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store whose process dies once, at a write that was chosen: from then on every request of it fails, until it has
 * begun anew. What others write, such as a callback, is none of its business.
 */
final class DyingStore extends ForwardingStore {

    /** The first entry is written with the head, the last ones may be too. */
    private static final long FIRST = 1;

    private static final long LAST = Long.MAX_VALUE;

    /** When a process dies. */
    sealed interface Death {

        /** It lives on. */
        record Never() implements Death {}

        /** Before its write of that number, from 1: tasks may have run whose results are lost. */
        record Before(int write) implements Death {}

        /** After its write of that number, from 1: what was written may come again, and must not count twice. */
        record After(int write) implements Death {}

        /** Once the journal's entry of that number, from 1, is durable. */
        record AfterEntry(int entry) implements Death {}
    }

    private final Death death;
    private int writes;
    private boolean dead;
    private boolean hasDied;

    DyingStore(ExecutionStore store, Death death) {
        super(store);
        this.death = death;
    }

    /** How many writes the process has made. */
    int writes() {
        return writes;
    }

    boolean isDead() {
        return dead;
    }

    /** Whether it came to the write that was chosen. */
    boolean hasDied() {
        return hasDied;
    }

    /** Another process begins. */
    void beginAnew() {
        dead = false;
    }

    @Override
    protected <T extends @Nullable Object> T readRequest(String name, UnitMeter meter, Supplier<T> request) {
        requireLife();
        return request.get();
    }

    @Override
    protected <T extends @Nullable Object> T request(String name, UnitMeter meter, Supplier<T> request) {
        if (isOfOthers()) {
            return request.get();
        }
        requireLife();
        writes++;
        if (!hasDied && death instanceof Death.Before before && before.write() == writes) {
            throw die();
        }
        T answer = request.get();
        if (!hasDied && death instanceof Death.After after && after.write() == writes) {
            throw die();
        }
        return answer;
    }

    @Override
    public ConditionalWrite<Head> createHead(Head head, Instant now, UnitMeter meter) {
        ConditionalWrite<Head> answer = super.createHead(head, now, meter);
        written(head.ending() == null ? FIRST : LAST);
        return answer;
    }

    @Override
    public ConditionalWrite<Segment> putSegment(ExecutionId id, Segment segment, UnitMeter meter) {
        ConditionalWrite<Segment> answer = super.putSegment(id, segment, meter);
        written(segment.last());
        return answer;
    }

    @Override
    public ConditionalWrite<Head> close(Head closed, UnitMeter meter) {
        ConditionalWrite<Head> answer = super.close(closed, meter);
        written(LAST);
        return answer;
    }

    /** The journal is durable up to this entry. */
    private void written(long entry) {
        if (!isOfOthers() && !hasDied && death instanceof Death.AfterEntry after && after.entry() <= entry) {
            throw die();
        }
    }

    private static boolean isOfOthers() {
        return RunningInvocation.current() == null;
    }

    private void requireLife() {
        if (dead && !isOfOthers()) {
            throw died();
        }
    }

    private StoreUnavailableException die() {
        dead = true;
        hasDied = true;
        return died();
    }

    private StoreUnavailableException died() {
        return new StoreUnavailableException("memory", "the process has died, as the test wants it", null);
    }
}
