package dev.reprise.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/**
 * Times as ASL writes them: RFC 3339 with an upper-case {@code T} between date and time and an upper-case {@code Z}
 * where there is no numeric offset.
 *
 * @see <a href="https://states-language.net/#timestamps">ASL, Timestamps</a>
 */
public final class Timestamps {

    private static final DateTimeFormatter RFC_3339 = new DateTimeFormatterBuilder()
            .parseCaseSensitive()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendOffset("+HH:MM", "Z")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    private Timestamps() {}

    /** The time; null when {@code text} is not one. */
    public static @Nullable Instant parse(String text) {
        // A cheap look first: most strings that are asked about are no times, and the parser tells so by an exception.
        if (text.length() < 20 || text.charAt(10) != 'T') {
            return null;
        }
        try {
            return OffsetDateTime.parse(text, RFC_3339).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The time that a running state waits for, which AWS reads as ISO 8601: without seconds or in lower case too. */
    public static @Nullable Instant parseIso(JsonNode value) {
        String text = value.textValue();
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The time; null when {@code value} is not a string that is one. */
    public static @Nullable Instant parse(JsonNode value) {
        String text = value.textValue();
        return text == null ? null : parse(text);
    }
}
