package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as the API has them, for people. */
final class Times {

    private Times() {}

    /** Null when there is none. Seconds since 1970, or a text. */
    static @Nullable Instant of(JsonNode value) {
        if (value.isTextual()) {
            return Instant.parse(value.textValue());
        }
        return value.isNumber()
                ? Instant.ofEpochMilli(
                        value.decimalValue().multiply(BigDecimal.valueOf(1_000)).longValue())
                : null;
    }

    static String text(@Nullable Instant time) {
        return time == null ? "-" : time.toString();
    }

    /** Such as {@code 1 h 05 min}, {@code 3.250 s}. */
    static String text(Duration time) {
        if (time.toHours() > 0) {
            return String.format(Locale.ROOT, "%d h %02d min", time.toHours(), time.toMinutesPart());
        }
        return time.toMinutes() > 0
                ? String.format(Locale.ROOT, "%d min %02d s", time.toMinutes(), time.toSecondsPart())
                : String.format(Locale.ROOT, "%.3f s", time.toMillis() / 1e3);
    }
}
