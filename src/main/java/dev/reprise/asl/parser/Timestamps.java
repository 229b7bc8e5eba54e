package dev.reprise.asl.parser;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.regex.Pattern;

/**
 * Literal times.
 *
 * @see <a href="https://states-language.net/#timestamps">ASL, Timestamps</a>
 */
final class Timestamps {

    /** RFC 3339 with an upper-case T, and an upper-case Z where there is no offset. */
    private static final Pattern FORM = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2})(?:\\.\\d+)?(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)");

    static final FieldType TIMESTAMP = (value, place, checking) -> {
        if (!value.isTextual() || !isTimestamp(value.textValue())) {
            checking.problems()
                    .error(place, "String does not match RFC3339 timestamp", "write it as in 2026-03-14T01:59:00Z");
        }
    };

    private Timestamps() {}

    private static boolean isTimestamp(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            return false;
        }
        try {
            var unused = LocalDateTime.parse(match.group(1));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
