package dev.reprise.operations;

import dev.reprise.history.Cost;
import dev.reprise.journal.store.ConsumedUnits;

/**
 * What an execution has cost.
 *
 * @param consumed what DynamoDB says of its journal, up to its end or to when it was last given up
 * @param told what its history tells
 */
public record ExecutionCost(ConsumedUnits consumed, Cost told) {

    /** Dollars for the journal; the time and memory of the function are not in it. */
    public double here() {
        return Cost.ofUnits(consumed.read(), consumed.write());
    }
}
