package dev.reprise.operations;

import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.StoreUnavailableException;
import dev.reprise.journal.store.UnitMeter;
import java.util.function.Supplier;

/** Fails from its n-th request on, as if the process had died there: that one may have been carried out. */
final class DyingStore extends ForwardingStore {

    private final boolean carriedOut;
    private int left;

    DyingStore(ExecutionStore store, int at, boolean carriedOut) {
        super(store);
        this.left = at;
        this.carriedOut = carriedOut;
    }

    @Override
    protected <T> T request(String name, UnitMeter meter, Supplier<T> request) {
        left--;
        if (left == 0 && carriedOut) {
            var unused = request.get();
        }
        if (left <= 0) {
            throw new StoreUnavailableException("reprise", "it has died", null);
        }
        return request.get();
    }

    boolean isDead() {
        return left <= 0;
    }
}
