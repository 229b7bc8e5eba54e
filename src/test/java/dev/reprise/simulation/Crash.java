package dev.reprise.simulation;

/** The process is gone. An error, so that nothing in the product takes it for a failure that it could handle. */
final class Crash extends Error {

    private static final long serialVersionUID = 1;

    Crash() {
        super("the process died", null, false, false);
    }
}
