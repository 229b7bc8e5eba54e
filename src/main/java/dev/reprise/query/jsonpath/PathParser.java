package dev.reprise.query.jsonpath;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads paths as json-path 2.0.0 does, once from left to right. It knows no functions: {@code .length()} is a name like
 * another.
 */
final class PathParser {

    private final String path;
    private final boolean inFilter;
    private final List<PathStep> steps = new ArrayList<>();
    private int at = 1;

    private PathParser(String path, boolean inFilter) {
        this.path = path;
        this.inFilter = inFilter;
    }

    /**
     * Reads a path that starts with {@code $}. Blanks behind it do not count.
     *
     * @throws IllegalArgumentException when it is none
     */
    static List<PathStep> parse(String path) {
        return parse(path, false);
    }

    /** A path within a filter, which has no filter itself. */
    static List<PathStep> parseInFilter(String path) {
        return parse(path, true);
    }

    private static List<PathStep> parse(String text, boolean inFilter) {
        try {
            return new PathParser(withoutBlanksBehind(text), inFilter).steps();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a JSONPath: an index is no whole number", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not a JSONPath: " + e.getMessage(), e);
        }
    }

    private static String withoutBlanksBehind(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) <= ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private List<PathStep> steps() {
        if (!path.startsWith("$")) {
            throw new IllegalArgumentException("it must start with $");
        }
        if (path.endsWith("..")) {
            throw new IllegalArgumentException("nothing follows ..");
        }
        if (path.length() > 1 && path.charAt(1) != '.' && path.charAt(1) != '[') {
            throw new IllegalArgumentException("only . and [ may follow $");
        }
        while (at < path.length()) {
            step();
        }
        markMembers();
        return steps;
    }

    private void step() {
        switch (path.charAt(at)) {
            case ' ' -> throw new IllegalArgumentException("write ['a name'] where a name contains a blank");
            case '$' -> throw new IllegalArgumentException("$ stands only at its beginning");
            case '[' -> {
                int end = endOfBrackets();
                steps.add(new BracketParser(path.substring(at, end), end == path.length(), inFilter).step());
                at = end;
            }
            case '.' -> afterPoint();
            case '*' -> {
                steps.add(new PathStep.Wildcard());
                at++;
            }
            default -> steps.add(member(name()));
        }
    }

    private void afterPoint() {
        at++;
        if (at == path.length()) {
            throw new IllegalArgumentException("a name is missing behind the last point");
        }
        if (path.charAt(at) == '.') {
            steps.add(new PathStep.Descent());
            at++;
            return;
        }
        String name = name();
        if (name.equals("*")) {
            steps.add(new PathStep.Wildcard());
        } else if (!name.isEmpty()) {
            steps.add(member(name));
        }
    }

    /** A name that follows a point means what it would in quotes and brackets, also where it holds a quote itself. */
    private PathStep member(String name) {
        return name.indexOf('\'') < 0 && name.indexOf(']') < 0
                ? new PathStep.Member(name)
                : new BracketParser("['" + name + "']", false, inFilter).step();
    }

    private String name() {
        int start = at;
        while (at < path.length() && ".[ ".indexOf(path.charAt(at)) < 0) {
            at++;
        }
        return path.substring(start, at);
    }

    /** Behind the bracket that closes the one here; quotes do not count. */
    private int endOfBrackets() {
        int open = 0;
        for (int i = at; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '[') {
                open++;
            } else if (c == ']' && --open == 0) {
                return i + 1;
            }
        }
        return path.length();
    }

    private void markMembers() {
        for (int i = 0; i < steps.size() - 1; i++) {
            if (steps.get(i) instanceof PathStep.Members members) {
                steps.set(i, new PathStep.Members(members.names(), false));
            }
        }
    }
}
