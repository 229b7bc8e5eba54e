package dev.reprise.query;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds variables in the text of a JSONata expression. */
final class JsonataScanner {

    private JsonataScanner() {}

    /** Every name that follows a {@code $} outside of strings: workflow variables, functions and the expression's own variables alike. */
    static List<String> variableNames(String text) {
        Set<String> names = new LinkedHashSet<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '$') {
                int end = at + 1;
                while (end < text.length()
                        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
                    end++;
                }
                if (end > at + 1) {
                    names.add(text.substring(at + 1, end));
                }
                at = end;
            } else {
                at++;
            }
        }
        return List.copyOf(names);
    }
}
