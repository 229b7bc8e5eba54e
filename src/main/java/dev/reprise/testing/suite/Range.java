package dev.reprise.testing.suite;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whole numbers from one to another, such as {@code 1-3}, or one of them. */
record Range(int first, int last) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

    /** Null when the text is none. */
    static @Nullable Range parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return null;
        }
        int first = Integer.parseInt(form.group(1));
        int last = form.group(2) == null ? first : Integer.parseInt(form.group(2));
        return last < first ? null : new Range(first, last);
    }
}
