package dev.reprise.journal.codec;

/** How near what a reader gets comes to what was written. */
public enum Fidelity {
    /** The same. */
    EXACT,
    /** The same values, but a number may be of another node class: an int where a long was. */
    SAME_VALUES,
    /** Something had no JSON of its own and was written as its nearest kin. */
    LOSSY;

    /** Of two parts together. */
    Fidelity and(Fidelity other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
