package dev.reprise.cli;

/** Something of which it is not certain that JSONata could say the same. */
final class UncertainException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String pointer;

    /** @param pointer where it stands below the state, as a JSON Pointer */
    UncertainException(String pointer, String why) {
        super(why, null, false, false);
        this.pointer = pointer;
    }

    String pointer() {
        return pointer;
    }

    /** The same, seen from what it stands in. */
    UncertainException below(String member) {
        return new UncertainException(
                "/" + member.replace("~", "~0").replace("/", "~1") + pointer, String.valueOf(getMessage()));
    }
}
