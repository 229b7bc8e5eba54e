package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.LEASE;
import static dev.reprise.journal.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.store.Beginning;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.journal.store.Ending;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Payload;
import dev.reprise.journal.store.Progress;
import dev.reprise.journal.store.UnitMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;

/** What the contracts of stores begin with. */
abstract class StoreContract {

    static final ExecutionId ID = new ExecutionId("orders", "one");
    static final Lease OTHER = new Lease("request-2", LEASE.until().plusSeconds(900));
    static final Instant LATER = LEASE.until().plusSeconds(1);
    static final Duration RETENTION = Duration.ofDays(14);

    static final ConditionalWrite<Head> MADE = ConditionalWrite.made();

    final ExecutionStore store;
    final UnitMeter meter = new UnitMeter();

    StoreContract(ExecutionStore store) {
        this.store = new AlwaysDue(store);
    }

    static Head head(ExecutionId id, Instant startedAt) {
        Beginning beginning = new Beginning(
                1,
                "arn:aws:states:us-east-1:123456789012:execution:" + id.workflow() + ":" + id.name(),
                "arn:aws:iam::123456789012:role/orders",
                "d".repeat(64),
                new Payload.Inline("{\"order\":17}"),
                startedAt,
                Period.ofDays(14));
        return Head.started(id, beginning, "w1", LEASE);
    }

    Head created() {
        Head head = head(ID, NOON);
        assertThat(store.createHead(head, NOON, meter)).isEqualTo(MADE);
        return head;
    }

    Head stored() {
        return store.readHead(ID, new UnitMeter());
    }

    static Progress progress(long segments) {
        return new Progress(segments, segments + 1, -1, 0, new ConsumedUnits(1.5, 20));
    }

    static Ending ending() {
        return new Ending(ExecutionStatus.SUCCEEDED, NOON.plusSeconds(5), new Payload.Inline("{\"done\":true}"), null);
    }

    ConditionalWrite<Head> close(boolean alone) {
        return store.close(head(ID, NOON).closed(ending(), progress(0), alone), meter);
    }
}
