package dev.reprise.query.jsonpath;

/** What is wrong with the values that a function got. The call around it says which call it was. */
final class FunctionFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param problem what is wrong, and with which value */
    FunctionFailure(String problem) {
        super(problem, null, false, false);
    }

    /** What is wrong. */
    String problem() {
        return String.valueOf(getMessage());
    }
}
