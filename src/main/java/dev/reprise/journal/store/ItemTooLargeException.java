package dev.reprise.journal.store;

/**
 * An item of more than DynamoDB's 400 KB. Large values are cut up before they are written, so this is a defect of the
 * engine, or a name or an error text of absurd size.
 */
public final class ItemTooLargeException extends JournalException {

    private static final long serialVersionUID = 1L;

    public ItemTooLargeException(String table, String detail, Throwable cause) {
        super("An item is too large for table '" + table + "': " + detail, cause);
    }

    public ItemTooLargeException(String table, String partition, String sortKey, String detail) {
        super(
                "Item " + partition + ", " + sortKey + " of table '" + table + "' is too large for DynamoDB: " + detail,
                null);
    }
}
