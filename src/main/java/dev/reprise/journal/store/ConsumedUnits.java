package dev.reprise.journal.store;

/**
 * What DynamoDB says an execution has cost. Failed conditional writes are not in it: their answers carry no figure.
 *
 * @param read read request units; one is a strongly consistent read of 4 KB
 * @param write write request units; one is a write of 1 KB to the table or to one of its indexes
 */
public record ConsumedUnits(double read, double write) {

    /** Nothing yet. */
    public static final ConsumedUnits NONE = new ConsumedUnits(0, 0);

    /** Both together. */
    public ConsumedUnits plus(ConsumedUnits other) {
        return new ConsumedUnits(read + other.read, write + other.write);
    }

    /** What is left without those of before. */
    public ConsumedUnits minus(ConsumedUnits before) {
        return new ConsumedUnits(read - before.read, write - before.write);
    }
}
