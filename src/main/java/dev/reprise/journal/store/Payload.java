package dev.reprise.journal.store;

import dev.reprise.journal.codec.Body;

/** JSON that {@link Head} carries or names. */
public sealed interface Payload {

    /** Small enough to stand in the head itself. */
    record Inline(String json) implements Payload {}

    /**
     * The same, sealed: only {@link dev.reprise.journal.seal.SealingStore} and what stores it for it see this form.
     *
     * @param body sealed
     */
    record Sealed(Body body) implements Payload {}

    /**
     * Kept in chunks beside it.
     *
     * @param hash SHA-256 of its JSON text, in hexadecimal
     */
    record Stored(String hash) implements Payload {}
}
