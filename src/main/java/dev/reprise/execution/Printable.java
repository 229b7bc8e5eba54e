package dev.reprise.execution;

import java.util.stream.Collectors;

/** Names as messages show them. */
public final class Printable {

    private Printable() {}

    /** What a name may hold that ends a line, or moves the cursor, is shown by its number: it goes into logs. */
    public static String of(String name) {
        return name.codePoints()
                .mapToObj(c -> Character.isISOControl(c) ? String.format("\\u%04x", c) : Character.toString(c))
                .collect(Collectors.joining());
    }
}
