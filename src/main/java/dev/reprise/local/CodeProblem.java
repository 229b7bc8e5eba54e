package dev.reprise.local;

import java.util.regex.Pattern;

/** What a developer needs to know of why his code does not run. */
public final class CodeProblem {

    /** What colours text in a terminal. */
    private static final Pattern COLOURS = Pattern.compile("\u001B\\[[0-9;]*m");

    private static final Pattern TRACE = Pattern.compile("(?m)^\\s*(?:at .*|\\.\\.\\. \\d+ more)\\R?");

    private static final int MOST_CAUSES = 50;

    private CodeProblem() {}

    /** The messages, without colours and traces; those of causes that say the same are left out. */
    public static String text(Throwable problem) {
        StringBuilder text = new StringBuilder();
        Throwable each = problem;
        for (int i = 0; each != null && i < MOST_CAUSES; i++) {
            String message = message(each);
            if (!message.isEmpty() && text.indexOf(message) < 0) {
                text.append(text.isEmpty() ? "" : "\n").append(message);
            }
            each = each.getCause();
        }
        return text.isEmpty() ? problem.toString() : text.toString();
    }

    private static String message(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage() == null ? thrown : thrown.getMessage());
        return TRACE.matcher(COLOURS.matcher(message).replaceAll(""))
                .replaceAll("")
                .strip();
    }
}
