package dev.reprise.trigger;

import java.util.List;

/** A text in which {@code *} stands for any characters, or none. */
record Wildcard(List<String> parts) {

    Wildcard {
        parts = List.copyOf(parts);
    }

    static Wildcard of(String text) {
        return new Wildcard(List.of(text.split("\\*", -1)));
    }

    /** In time that grows with the text's length times its own. */
    boolean matches(String text) {
        String first = parts.getFirst();
        if (parts.size() == 1) {
            return text.equals(first);
        }
        String last = parts.getLast();
        if (!text.startsWith(first) || text.length() < first.length() + last.length() || !text.endsWith(last)) {
            return false;
        }
        int at = first.length();
        int end = text.length() - last.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = text.indexOf(part, at);
            if (found < 0 || found + part.length() > end) {
                return false;
            }
            at = found + part.length();
        }
        return true;
    }
}
