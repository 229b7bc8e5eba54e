package dev.reprise.core;

/**
 * The interpreter's rules, as a number: what follows from the same entries, and how the state that a snapshot holds is
 * written down. An execution goes on by the rules that it began with; its head and each of its snapshots bear their
 * version.
 */
public final class Semantics {

    /**
     * The version of this interpreter's rules. Whoever changes what follows from the same entries raises it, and keeps
     * the journals that earlier ones wrote: see CONTRIBUTING.
     */
    public static final int VERSION = 1;

    private Semantics() {}

    /** Whether this interpreter goes by rules of that version. */
    public static boolean knows(long version) {
        return version >= 1 && version <= VERSION;
    }
}
