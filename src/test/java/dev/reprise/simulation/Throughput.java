package dev.reprise.simulation;

import dev.reprise.journal.store.TransientStoreException;

/** What DynamoDB takes for one partition key: 1,000 write units a second. An execution's items share one. */
final class Throughput {

    private static final double UNITS_A_SECOND = 1_000;

    private final Scheduler scheduler;
    private long second;
    private double used;

    Throughput(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** @throws TransientStoreException when there is nothing left for this second */
    void require(String request) {
        if (scheduler.now() / 1_000 != second) {
            second = scheduler.now() / 1_000;
            used = 0;
        }
        if (used >= UNITS_A_SECOND) {
            throw new TransientStoreException(
                    request + ": more than " + UNITS_A_SECOND + " units in this second", null);
        }
    }

    void used(double units) {
        used += units;
    }
}
