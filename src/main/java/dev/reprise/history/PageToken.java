package dev.reprise.history;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page of a history begins. Events keep their numbers for ever, so a number is all that it takes, and a token does not expire.
 *
 * @param event the number of the last event of the page before
 * @param reverseOrder whether that page went backwards
 */
public record PageToken(long event, boolean reverseOrder) {

    private static final Pattern TEXT = Pattern.compile("(after|before)-(\\d{1,18})");

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException when {@code text} is no such thing
     */
    public static PageToken parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "Not a token of a history: '" + text + "'. Pass on the nextToken of the page before as it is");
        }
        return new PageToken(Long.parseLong(parts.group(2)), parts.group(1).equals("before"));
    }

    /** Such as {@code after-100}. */
    public String text() {
        return (reverseOrder ? "before-" : "after-") + event;
    }
}
