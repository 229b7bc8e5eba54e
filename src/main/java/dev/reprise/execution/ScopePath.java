package dev.reprise.execution;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a scope stands in the tree: {@code /} is the execution's root, {@code /ProcessOrders[17]} the body that runs
 * for item 17 of the Map state {@code ProcessOrders}, and {@code /ProcessOrders[17]/Fanout#2[0]} branch 0 of a Parallel
 * state there that is entered, or retried, for the second time. Its text is its identity.
 */
public final class ScopePath {

    /** The execution itself. */
    public static final ScopePath ROOT = new ScopePath(null, "", 1, 0);

    private final @Nullable ScopePath parent;
    private final String state;
    private final int visit;
    private final int index;
    private @Nullable String text;

    private ScopePath(@Nullable ScopePath parent, String state, int visit, int index) {
        this.parent = parent;
        this.state = state;
        this.visit = visit;
        this.index = index;
    }

    /**
     * The path of a scope inside this one.
     *
     * @param state name of a Map or Parallel state in this scope
     * @param visit how often that state has begun its work in this scope, from 1
     * @param index the item or branch, from 0
     */
    public ScopePath child(String state, int visit, int index) {
        return new ScopePath(this, state, visit, index);
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException when {@code text} is no scope path
     */
    public static ScopePath parse(String text) {
        if (text.equals("/")) {
            return ROOT;
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("Not a scope path: ''");
        }
        ScopePath path = ROOT;
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('/', start + 1);
            path = path.childOf(text, start, end < 0 ? text.length() : end);
            start = end < 0 ? text.length() : end;
        }
        return path;
    }

    /**
     * One step of {@link #parse}: {@code /name[index]} or {@code /name#visit[index]} between {@code start} and {@code
     * end}.
     */
    private ScopePath childOf(String text, int start, int end) {
        int bracket = text.lastIndexOf('[', end - 1);
        if (text.charAt(start) != '/' || bracket <= start + 1 || text.charAt(end - 1) != ']') {
            throw new IllegalArgumentException("Not a scope path: '" + text + "'");
        }
        int hash = text.lastIndexOf('#', bracket);
        boolean first = hash <= start;
        try {
            String state = unescape(text.substring(start + 1, first ? bracket : hash));
            int visit = first ? 1 : Integer.parseInt(text, hash + 1, bracket, 10);
            return child(state, visit, Integer.parseInt(text, bracket + 1, end - 1, 10));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Not a scope path: '" + text + "'", e);
        }
    }

    /** The scope around this one; null for the root. */
    public @Nullable ScopePath parent() {
        return parent;
    }

    /** The Map or Parallel state that it belongs to; empty for the root. */
    public String state() {
        return state;
    }

    /** How often that state had begun its work, from 1. */
    public int visit() {
        return visit;
    }

    /** The item or branch, from 0. */
    public int index() {
        return index;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ScopePath that
                        && index == that.index
                        && visit == that.visit
                        && state.equals(that.state)
                        && Objects.equals(parent, that.parent));
    }

    @Override
    public int hashCode() {
        return ((Objects.hashCode(parent) * 31 + state.hashCode()) * 31 + visit) * 31 + index;
    }

    /**
     * The path as text: {@code /} for the root, else {@code /name[index]} or {@code /name#visit[index]} for each level.
     */
    @Override
    public String toString() {
        if (parent == null) {
            return "/";
        }
        String known = text;
        if (known == null) {
            StringBuilder out = new StringBuilder();
            append(out);
            known = out.toString();
            text = known;
        }
        return known;
    }

    private void append(StringBuilder out) {
        if (parent == null) {
            return;
        }
        parent.append(out);
        out.append('/').append(escape(state));
        if (visit > 1) {
            out.append('#').append(visit);
        }
        out.append('[').append(index).append(']');
    }

    /** The characters that part a path, when a state's name holds them. */
    private static String escape(String name) {
        if (name.indexOf('/') < 0 && name.indexOf('~') < 0 && name.indexOf('#') < 0 && name.indexOf('[') < 0) {
            return name;
        }
        return name.replace("~", "~0").replace("/", "~1").replace("#", "~2").replace("[", "~3");
    }

    private static String unescape(String name) {
        if (name.indexOf('~') < 0) {
            return name;
        }
        return name.replace("~3", "[").replace("~2", "#").replace("~1", "/").replace("~0", "~");
    }
}
