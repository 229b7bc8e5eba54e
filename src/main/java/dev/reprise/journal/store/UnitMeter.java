package dev.reprise.journal.store;

/**
 * Sums what the requests made for one execution consume. Not thread-safe: it belongs to the thread that makes the
 * requests.
 */
public final class UnitMeter {

    private double read;
    private double write;

    /** Adds read request units. */
    public void read(double units) {
        read += units;
    }

    /** Adds write request units. */
    public void write(double units) {
        write += units;
    }

    /** The sum so far. */
    public ConsumedUnits total() {
        return new ConsumedUnits(read, write);
    }
}
