package dev.reprise.journal.store;

import dev.reprise.execution.ExecutionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Repeats requests that were turned away or not answered: up to nine times, with waits that double from 25 ms to 3 s
 * and are drawn between nothing and that ("full jitter"); about 6 s in the mean. One that is bounded gives up earlier,
 * when the next try would come after that.
 */
public final class RetryingStore extends ForwardingStore {

    private static final int ATTEMPTS = 10;
    private static final long FIRST_WAIT_MILLIS = 25;
    private static final long LONGEST_WAIT_MILLIS = 3_000;

    private final ExecutionStore store;
    private final Sleeper sleeper;
    private final RandomGenerator random;

    /** Null when there is no bound. */
    private final @Nullable Bound bound;

    /** Until when, by which clock, it tries again. */
    private record Bound(Instant until, InstantSource clock) {}

    /** Waits. A test's or a simulation's own takes no time. */
    public interface Sleeper {
        /** Blocks the thread for that long. */
        void sleep(Duration duration) throws InterruptedException;
    }

    /** Waits in real time. */
    public RetryingStore(ExecutionStore store, RandomGenerator random) {
        this(store, Thread::sleep, random);
    }

    public RetryingStore(ExecutionStore store, Sleeper sleeper, RandomGenerator random) {
        this(store, sleeper, random, null);
    }

    private RetryingStore(ExecutionStore store, Sleeper sleeper, RandomGenerator random, @Nullable Bound bound) {
        super(store);
        this.store = store;
        this.sleeper = sleeper;
        this.random = random;
        this.bound = bound;
    }

    /**
     * The same store for an invocation that ends then: what it has no time to try again has failed. A store that
     * repeats nothing is given back as it is.
     */
    public static ExecutionStore boundedBy(Instant end, InstantSource clock, ExecutionStore store) {
        return store instanceof RetryingStore retrying
                ? new RetryingStore(retrying.store, retrying.sleeper, retrying.random, new Bound(end, clock))
                : store;
    }

    <T extends @Nullable Object> T retrying(Supplier<T> request) {
        for (int attempt = 1; ; attempt++) {
            try {
                return request.get();
            } catch (TransientStoreException e) {
                if (attempt == ATTEMPTS) {
                    throw new StoreUnavailableException(
                            table(),
                            e.getMessage() + ", " + ATTEMPTS + " times in a row. Check that the table's endpoint can be"
                                    + " reached and that its capacity suffices; what was durable stays so, and the"
                                    + " execution can be resumed",
                            e);
                }
                await(attempt, e);
            }
        }
    }

    private void await(int attempt, TransientStoreException reason) {
        long longest = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << (attempt - 1));
        Duration wait = Duration.ofMillis(random.nextLong(longest + 1));
        if (bound != null && !bound.clock().instant().plus(wait).isBefore(bound.until())) {
            throw new StoreUnavailableException(
                    table(),
                    reason.getMessage() + ", " + attempt + " times in a row, and the invocation ends before it could be"
                            + " tried again; what was durable stays so, and the execution can be resumed",
                    reason);
        }
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            e.addSuppressed(reason);
            throw new InterruptedStoreException(table(), e);
        }
    }

    void retrying(Runnable request) {
        retrying(() -> {
            request.run();
            return null;
        });
    }

    @Override
    protected <T extends @Nullable Object> T request(String name, UnitMeter meter, Supplier<T> request) {
        return retrying(request);
    }

    @Override
    public TaskStore tasks() {
        return new RetryingTasks(this, store.tasks());
    }

    @Override
    public DocumentStore documents() {
        return new RetryingDocuments(this, store.documents());
    }

    @Override
    public List<InboxItem> putInboxItems(ExecutionId id, List<InboxItem> items, UnitMeter meter) {
        return untilNothingIsLeft(items, left -> store.putInboxItems(id, left, meter));
    }

    @Override
    public List<String> deleteItems(ExecutionId id, List<String> keys, UnitMeter meter) {
        return untilNothingIsLeft(keys, left -> {
            try {
                return store.deleteItems(id, left, meter);
            } catch (TransientStoreException e) {
                meter.unanswered();
                throw e;
            }
        });
    }

    /**
     * A busy table takes a part, and when it takes nothing it is given time.
     *
     * @param write gives what the table did not get to
     */
    <T> List<T> untilNothingIsLeft(List<T> all, UnaryOperator<List<T>> write) {
        List<T> left = all;
        while (!left.isEmpty()) {
            List<T> batch = left;
            left = retrying(() -> {
                List<T> unprocessed = write.apply(batch);
                if (unprocessed.size() == batch.size()) {
                    throw new TransientStoreException("it is throttled", null);
                }
                return unprocessed;
            });
        }
        return left;
    }
}
