package dev.reprise.examples;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An order of one article.
 *
 * @param id names it
 * @param customer who ordered
 * @param quantity how many
 * @param unitPriceCents what one costs
 */
@RegisterForReflection
public record Order(String id, String customer, int quantity, long unitPriceCents) {

    /** What the whole order costs. */
    public long cents() {
        return quantity * unitPriceCents;
    }
}
