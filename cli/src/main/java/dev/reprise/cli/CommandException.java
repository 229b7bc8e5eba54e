package dev.reprise.cli;

/** A command could not be carried out. Its message tells the user why, and what to do. */
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandException(String message) {
        this(ExitCode.FAILED, message);
    }

    CommandException(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
