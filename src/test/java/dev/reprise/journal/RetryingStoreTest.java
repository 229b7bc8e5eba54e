package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.start;
import static dev.reprise.journal.Fixtures.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.InterruptedStoreException;
import dev.reprise.journal.store.RetryingStore;
import dev.reprise.journal.store.StoreUnavailableException;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.testing.InMemoryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryingStoreTest {

    private static final ExecutionId ID = new ExecutionId("orders", "one");

    private final FaultyStore faulty = new FaultyStore(new InMemoryStore());
    private final FakeSleeper sleeper = new FakeSleeper();
    private final ExecutionStore retrying = new RetryingStore(faulty, sleeper, new Random(1));

    @Test
    void aRequestThatWasTurnedAwayIsMadeAgain() {
        faulty.failing("readHead", 1).failing("readHead", 2);

        assertThat(retrying.readHead(ID, new UnitMeter())).isNull();

        assertThat(faulty.requests("readHead")).isEqualTo(3);
        assertThat(sleeper.slept).hasSize(2);
    }

    @Test
    void theWaitsGrowAndAreBounded() {
        for (int time = 1; time <= 10; time++) {
            faulty.failing("readHead", time);
        }

        assertThatThrownBy(() -> retrying.readHead(ID, new UnitMeter()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("Table 'in memory'")
                .hasMessageContaining("readHead failed, 10 times in a row")
                .hasMessageContaining("Check");
        assertThat(sleeper.slept).hasSize(9);
        for (int i = 0; i < 9; i++) {
            assertThat(sleeper.slept.get(i)).isLessThanOrEqualTo(Duration.ofMillis(Math.min(3000, 25L << i)));
        }
    }

    @Test
    void aJournalWhoseStoreIsGoneRefusesEveryFurtherCall() {
        Journal journal = start(retrying, "one").journal();
        for (int time = 1; time <= 10; time++) {
            faulty.failing("putSegment", time);
        }
        journal.append(succeeded(0));
        assertThatThrownBy(journal::flush).isInstanceOf(StoreUnavailableException.class);

        assertThatThrownBy(journal::flush)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("orders/one")
                .hasMessageContaining("failed before");
    }

    @Test
    void whatABusyTableDidNotGetToIsDeletedInTheEnd() {
        List<List<String>> asked = new ArrayList<>();
        ExecutionStore busy = new FaultyStore(new InMemoryStore()) {
            @Override
            public List<String> deleteItems(ExecutionId id, List<String> keys, UnitMeter meter) {
                asked.add(keys);
                return asked.size() == 2 ? keys : keys.subList(1, keys.size());
            }
        };

        List<String> left = new RetryingStore(busy, sleeper, new Random(1))
                .deleteItems(ID, List.of("a", "b", "c"), new UnitMeter());

        assertThat(left).isEmpty();
        assertThat(asked).containsExactly(List.of("a", "b", "c"), List.of("b", "c"), List.of("b", "c"), List.of("c"));
        assertThat(sleeper.slept).hasSize(1);
    }

    @Test
    void whatAnInvocationHasNoTimeToTryAgainFailsAtOnce() {
        for (int time = 1; time <= 10; time++) {
            faulty.failing("readHead", time);
        }
        InstantSource stopped = () -> Fixtures.NOON;
        ExecutionStore bounded = RetryingStore.boundedBy(Fixtures.NOON.plusMillis(60), stopped, retrying);

        assertThatThrownBy(() -> bounded.readHead(ID, new UnitMeter()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("the invocation ends before it could be tried again");
        assertThat(sleeper.slept).hasSizeLessThan(9).allMatch(wait -> wait.toMillis() < 60);
    }

    @Test
    void anInterruptEndsTheWaitingAndStaysSet() {
        faulty.failing("readHead", 1);
        ExecutionStore interrupted = new RetryingStore(
                faulty,
                duration -> {
                    throw new InterruptedException();
                },
                new Random(1));

        assertThatThrownBy(() -> interrupted.readHead(ID, new UnitMeter()))
                .isInstanceOf(InterruptedStoreException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
