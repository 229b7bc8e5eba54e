package dev.reprise.journal.store;

/** A newer version of Reprise wrote this. */
public final class UnknownVersionException extends JournalException {

    private static final long serialVersionUID = 1L;

    /** {@code what}: such as {@code "Execution orders/x: segment 3"}; {@code kind}: such as {@code "format"}. */
    public UnknownVersionException(String what, String kind, long found, long known) {
        super(
                what + " has " + kind + " version " + found + ", this version of Reprise knows up to " + known
                        + ". Run the version of Reprise that wrote it, or a newer one; nothing was changed",
                null);
    }
}
