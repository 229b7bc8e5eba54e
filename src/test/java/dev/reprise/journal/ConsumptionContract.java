package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.journal.codec.Body;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;
import org.junit.jupiter.api.Test;

/** What every store says that requests consume. */
abstract class ConsumptionContract extends StoreContract {

    ConsumptionContract(ExecutionStore store) {
        super(store);
    }

    @Test
    void ofAWriteIsAUnitAKilobyteAndOneForEachIndexEntry() {
        created();
        assertThat(meter.total()).isEqualTo(new ConsumedUnits(0, 3));

        UnitMeter segment = new UnitMeter();
        store.putSegment(ID, new Segment(1, "w1", 2, 1, 0, Body.text("x".repeat(10_000))), segment);
        assertThat(segment.total()).isEqualTo(new ConsumedUnits(0, 10));

        UnitMeter suspension = new UnitMeter();
        store.suspend(ID, "w1", NOON, 0, progress(1), suspension);
        assertThat(suspension.total()).isEqualTo(new ConsumedUnits(0, 3));
    }

    @Test
    void ofAReadIsAUnitForFourKilobytes() {
        created();
        store.putSegment(ID, new Segment(1, "w1", 2, 1, 0, Body.text("x".repeat(10_000))), meter);
        UnitMeter reads = new UnitMeter();
        store.readHead(ID, reads);
        assertThat(reads.total().read()).isEqualTo(1);

        store.readSegments(ID, 1, reads);
        assertThat(reads.total().read()).isEqualTo(4);
    }
}
