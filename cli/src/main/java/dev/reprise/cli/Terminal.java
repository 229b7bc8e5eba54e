package dev.reprise.cli;

import java.io.Console;

/** What somebody may be looking at. */
final class Terminal {

    private Terminal() {}

    /**
     * Whether standard error is shown on a terminal. Java tells only of input and output together; a launcher that
     * knows says so in {@code REPRISE_TERMINAL}.
     */
    static boolean isErrATerminal() {
        String told = System.getenv("REPRISE_TERMINAL");
        return told == null ? isTerminal() : told.contains("err");
    }

    private static boolean isTerminal() {
        Console console = System.console();
        // From JDK 22 on there is a console without a terminal too.
        return console != null && System.getenv("TERM") != null;
    }

    /** Text in colour, where that is shown and wanted: {@code NO_COLOR} says that it is not. */
    static String coloured(String text, Colour colour) {
        boolean wanted = System.getenv("NO_COLOR") == null
                && String.valueOf(System.getenv("REPRISE_TERMINAL")).contains("out");
        return wanted ? "\u001b[" + colour.code + "m" + text + "\u001b[0m" : text;
    }

    /** What stands out. */
    enum Colour {
        GREEN("32"),
        RED("31"),
        GREY("90");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }
}
