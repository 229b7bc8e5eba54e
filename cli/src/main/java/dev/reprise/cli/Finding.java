package dev.reprise.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that is wrong with a file.
 *
 * @param line from 1
 * @param column from 1
 * @param error whether it keeps the workflow from running
 * @param pointer where in the definition, as a JSON Pointer; empty where that is not known
 */
record Finding(String file, int line, int column, boolean error, String pointer, String message) {

    private static final Pattern FORM =
            Pattern.compile("(.+?):(\\d+):(\\d+): (?:warning: )?(?:(/[^:]*): )?(?:warning: )?(.*)", Pattern.DOTALL);

    /** Reads a line of a catalogue's report. */
    static Finding of(String file, String reported, boolean error) {
        Matcher form = FORM.matcher(reported);
        if (!form.matches()) {
            String text = reported.startsWith(file + ": ") ? reported.substring(file.length() + 2) : reported;
            return new Finding(file, 1, 1, error, "", text);
        }
        return new Finding(
                form.group(1),
                Integer.parseInt(form.group(2)),
                Integer.parseInt(form.group(3)),
                error,
                form.group(4) == null ? "" : form.group(4),
                form.group(5));
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + (error ? "" : "warning: ")
                + (pointer.isEmpty() ? "" : pointer + ": ") + message;
    }
}
