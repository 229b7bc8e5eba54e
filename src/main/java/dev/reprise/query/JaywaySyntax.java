package dev.reprise.query;

import java.util.Set;

/** What makes a text a JSONPath, as far as Jayway's compiler lets it pass and only fails, or answers with nothing, when the path is followed. */
final class JaywaySyntax {

    private static final Set<String> FUNCTIONS = Set.of(
            "min", "max", "avg", "stddev", "length", "size", "sum", "append", "concat", "keys", "first", "last",
            "index");

    private final String path;

    private JaywaySyntax(String path) {
        this.path = path;
    }

    /** Throws {@link IllegalArgumentException} with what is wrong. */
    static void check(String path) {
        if (!path.startsWith("$")) {
            throw new IllegalArgumentException("'" + path + "' is not a JSONPath: it must start with $");
        }
        new JaywaySyntax(path).checkNesting();
    }

    private void checkNesting() {
        int open = 0;
        for (int at = 0; at < path.length(); at++) {
            char c = path.charAt(at);
            if (c == '\'' || c == '"') {
                at = endOfString(at);
            } else if (c == '[' || c == '(') {
                if (c == '(' && open == 0) {
                    checkFunction(at);
                }
                open++;
            } else if (c == ']' || c == ')') {
                open--;
            } else if (open == 0 && Character.isWhitespace(c)) {
                throw wrong("write ['a name'] where a name contains a blank");
            }
            if (open < 0) {
                throw wrong("'" + c + "' at position " + at + " closes nothing");
            }
        }
        if (open > 0) {
            throw wrong("a bracket is not closed");
        }
    }

    private int endOfString(int start) {
        char quote = path.charAt(start);
        for (int at = start + 1; at < path.length(); at++) {
            if (path.charAt(at) == '\\') {
                at++;
            } else if (path.charAt(at) == quote) {
                return at;
            }
        }
        throw wrong("a string is not closed");
    }

    private void checkFunction(int bracket) {
        String name = path.substring(path.lastIndexOf('.', bracket) + 1, bracket);
        if (!FUNCTIONS.contains(name)) {
            throw wrong("there is no function '" + name + "'");
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("'" + path + "' is not a JSONPath: " + what);
    }
}
