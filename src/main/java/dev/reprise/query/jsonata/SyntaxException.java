package dev.reprise.query.jsonata;

/** A text is no expression; the message is the reference implementation's. */
final class SyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    SyntaxException(String message) {
        super(message);
    }
}
