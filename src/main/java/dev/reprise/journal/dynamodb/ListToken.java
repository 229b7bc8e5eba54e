package dev.reprise.journal.dynamodb;

import dev.reprise.journal.store.Head;

/**
 * Where a listing goes on: after this execution.
 *
 * @param startedAtMillis when it started, in milliseconds since 1970
 * @param name the execution's name
 */
public record ListToken(long startedAtMillis, String name) {

    public static ListToken after(Head head) {
        return new ListToken(
                head.beginning().startedAt().toEpochMilli(), head.id().name());
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException when {@code text} is something else
     */
    public static ListToken parse(String text) {
        int dash = text.indexOf('-', 1);
        if (dash > 0) {
            try {
                return new ListToken(Long.parseLong(text.substring(0, dash)), text.substring(dash + 1));
            } catch (NumberFormatException e) {
                // Told below.
            }
        }
        throw new IllegalArgumentException("Not a token of a listing: '" + text
                + "'. Give back the one that came with the" + " page before, or none for the first page");
    }

    @Override
    public String toString() {
        return startedAtMillis + "-" + name;
    }
}
