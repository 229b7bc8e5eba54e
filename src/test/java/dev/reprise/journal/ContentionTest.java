package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.AT_NOON;
import static dev.reprise.journal.Fixtures.LEASE;
import static dev.reprise.journal.Fixtures.NOON;
import static dev.reprise.journal.Fixtures.json;
import static dev.reprise.journal.Fixtures.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.Outcome;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ContendedException;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.testing.InMemoryStore;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nobody goes round for ever because others are quicker each time. */
class ContentionTest {

    private static final ExecutionId ID = new ExecutionId("orders", "one");
    private static final Outcome DONE = new Outcome.Succeeded(json("{}"));

    private final InMemoryStore store = new InMemoryStore();

    @Test
    void anEndThatAFactOvertakesEachTimeIsGivenUpAndCanBeTriedAgain() {
        start(store, "one");
        int[] facts = {0};
        ExecutionStore busy = new ForwardingStore(store) {
            @Override
            public ConditionalWrite<Head> close(Head closed, UnitMeter meter) {
                facts[0]++;
                store.announceInbox(ID, meter);
                return super.close(closed, meter);
            }
        };
        Journal journal = Fixtures.replayed(Fixtures.open(busy, "one", LEASE.owner()));

        assertThatThrownBy(() -> journal.close(DONE, NOON))
                .isInstanceOf(ContendedException.class)
                .hasMessageContaining("Execution orders/one was to be ended")
                .hasMessageContaining("100 times in a row");

        assertThat(facts[0]).isEqualTo(ContendedException.ATTEMPTS);
        Journal again = Fixtures.replayed(Fixtures.open(store, "one", LEASE.owner()));
        again.close(DONE, NOON);
        assertThat(Fixtures.journals(store).outcome(store.readHead(ID, new UnitMeter())))
                .isEqualTo(DONE);
    }

    @Test
    void aFactForAnExecutionThatChangesHandsEachTimeIsGivenUp() {
        start(store, "one");
        ExecutionStore busy = new ForwardingStore(store) {
            @Override
            public ConditionalWrite<Head> countInbox(
                    ExecutionId id, int redrives, boolean leased, Instant now, UnitMeter meter) {
                return new ConditionalWrite.Refused<>(head(id, leased));
            }

            private @Nullable Head head(ExecutionId id, boolean leased) {
                Head head = store.readHead(id, new UnitMeter());
                return leased ? head.suspended(NOON, head.progress()) : head.leased("other", LEASE);
            }
        };

        assertThatThrownBy(() -> new Inbox(busy, AT_NOON, new Random()).put(ID, new Entry.Stopped(NOON, null, null)))
                .isInstanceOf(ContendedException.class)
                .hasMessageContaining("1 facts in its inbox");
    }
}
