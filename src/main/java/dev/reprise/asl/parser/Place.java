package dev.reprise.asl.parser;

import org.jspecify.annotations.Nullable;

/** Where a value stands in a document. Cheap to make: the text is only put together when something is wrong there. */
final class Place {

    static final Place ROOT = new Place(null, null, -1);

    private final @Nullable Place parent;
    private final @Nullable String key;
    private final int index;

    private Place(@Nullable Place parent, @Nullable String key, int index) {
        this.parent = parent;
        this.key = key;
        this.index = index;
    }

    /** A member of the object that stands here. */
    Place member(String name) {
        return new Place(this, name, -1);
    }

    /** An element of the array that stands here. */
    Place element(int position) {
        return new Place(this, null, position);
    }

    /** Whether it is the member of this name of some object. */
    boolean isMember(String name) {
        return name.equals(key);
    }

    /** As a JSON pointer (RFC 6901): {@code /States/Charge/Catch/0/Next}; empty for the whole document. */
    String pointer() {
        StringBuilder text = new StringBuilder();
        appendPointer(text);
        return text.toString();
    }

    /** As Step Functions writes it: {@code /States/Charge/Catch[0]/Next}; a single slash for the whole document. */
    String location() {
        StringBuilder text = new StringBuilder();
        appendLocation(text);
        return text.isEmpty() ? "/" : text.toString();
    }

    private void appendPointer(StringBuilder text) {
        if (parent != null) {
            parent.appendPointer(text);
            text.append('/')
                    .append(
                            key == null
                                    ? Integer.toString(index)
                                    : key.replace("~", "~0").replace("/", "~1"));
        }
    }

    private void appendLocation(StringBuilder text) {
        if (parent != null) {
            parent.appendLocation(text);
            if (key == null) {
                text.append('[').append(index).append(']');
            } else {
                text.append('/').append(key);
            }
        }
    }
}
