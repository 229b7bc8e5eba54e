package dev.reprise.journal.dynamodb;

/**
 * An item's attributes are not what they should be. Whoever knows which item it is turns this into a {@link
 * CorruptJournalException}.
 */
final class UnreadableItemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableItemException(String message) {
        super(message);
    }
}
