package dev.reprise.query;

/** An expression takes more work than it may. Each query language says so in the words that it has for it. */
public final class OutOfFuelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutOfFuelException() {
        super("The expression takes more work than it may", null, false, false);
    }
}
