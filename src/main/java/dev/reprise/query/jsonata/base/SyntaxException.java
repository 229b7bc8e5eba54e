package dev.reprise.query.jsonata.base;

/** A text is no expression; the message is the reference implementation's. */
public final class SyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public SyntaxException(String message) {
        super(message);
    }
}
