package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came out differently. The wording of causes and the types of events are kept apart from what a workflow can act
 * upon.
 */
final class Verdict {

    private final List<String> differences = new ArrayList<>();
    private final List<String> inWording = new ArrayList<>();
    private boolean wordingChecked;

    /** Compares what a workflow can act upon. */
    void check(String what, @Nullable JsonNode expected, @Nullable JsonNode actual) {
        compare(what, expected, actual, differences);
    }

    /** Compares a cause, or the types of events. */
    void checkWording(String what, @Nullable JsonNode expected, @Nullable JsonNode actual) {
        wordingChecked = true;
        compare(what, expected, actual, inWording);
    }

    /** Notes how a comparison of details that was made elsewhere came out. */
    void checkedWording(boolean met, String difference) {
        wordingChecked = true;
        if (!met) {
            inWording.add(difference);
        }
    }

    private static void compare(
            String what, @Nullable JsonNode expected, @Nullable JsonNode actual, List<String> differences) {
        boolean met = expected == null ? actual == null : Match.matches(expected, actual);
        if (!met) {
            differences.add(what + ": expected " + text(expected) + " but was " + text(actual));
        }
    }

    private static String text(@Nullable JsonNode value) {
        return value == null ? "nothing" : value.toString();
    }

    /** Something is wrong that no comparison says. */
    void wrong(String what) {
        differences.add(what);
    }

    boolean met() {
        return differences.isEmpty();
    }

    /** Whether the case says anything about wording. */
    boolean hasWording() {
        return wordingChecked;
    }

    boolean wordingMet() {
        return inWording.isEmpty();
    }

    List<String> differences() {
        return List.copyOf(differences);
    }

    List<String> differencesInWording() {
        return List.copyOf(inWording);
    }
}
