package dev.reprise.history;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page of a history begins. Events keep their numbers for ever, so a token does not expire.
 *
 * @param event the number of the last event of the page before
 * @param reverseOrder whether that page went backwards
 * @param place where in the journal to look for a state from which a replay would come by that event. It only saves
 *     work: a wrong one gives the same page
 */
public record PageToken(long event, boolean reverseOrder, long place) {

    private static final Pattern TEXT = Pattern.compile("(after|before)-(\\d{1,18})@(\\d{1,12})");

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
        return new PageToken(
                Long.parseLong(parts.group(2)), parts.group(1).equals("before"), Long.parseLong(parts.group(3)));
    }

    /** Such as {@code after-100@7}. */
    public String text() {
        return (reverseOrder ? "before-" : "after-") + event + '@' + place;
    }
}
