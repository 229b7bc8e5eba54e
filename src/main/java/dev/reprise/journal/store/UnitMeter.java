package dev.reprise.journal.store;

/**
 * Sums what the requests made for one execution consume. Not thread-safe: it belongs to the thread that makes the
 * requests.
 */
public final class UnitMeter {

    private double read;
    private double write;
    private int unanswered;

    /** Adds read request units. */
    public void read(double units) {
        read += units;
    }

    /** Adds write request units. */
    public void write(double units) {
        write += units;
    }

    /** A request was given up before it was answered, and sent again: it may still be carried out. */
    public void unanswered() {
        unanswered++;
    }

    /** How many requests may still be carried out, though others were sent in their place. */
    public int unansweredRequests() {
        return unanswered;
    }

    /** The sum so far. */
    public ConsumedUnits total() {
        return new ConsumedUnits(read, write);
    }
}
