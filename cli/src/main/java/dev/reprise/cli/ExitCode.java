package dev.reprise.cli;

/** How the command line ends. Documented in {@code docs/cli.md}. */
final class ExitCode {

    /** All is well. */
    static final int OK = 0;

    /**
     * What was looked at is not as it should be: a definition with errors, a test that fails, an execution that did.
     */
    static final int PROBLEMS = 1;

    /** The command was not understood. */
    static final int USAGE = 2;

    /**
     * It could not be done: a file that cannot be read, an endpoint that does not answer, a request that is refused.
     */
    static final int FAILED = 3;

    private ExitCode() {}
}
