package dev.reprise.journal.store;

/** JSON that {@link Head} carries or names. */
public sealed interface Payload {

    /** Small enough to stand in the head itself. */
    record Inline(String json) implements Payload {}

    /**
     * Kept in chunks beside it.
     *
     * @param hash SHA-256 of its JSON text, in hexadecimal
     */
    record Stored(String hash) implements Payload {}
}
