package dev.reprise.query;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.utils.DateTimeUtils;
import dev.reprise.query.JsonataFunctions.Named;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code $now}, {@code $millis} and {@code $toMillis}: the time is the environment's, and what an input leaves open is not filled in from the machine's clock or zone. */
final class JsonataDates {

    /** The forms that the reference implementation reads without a picture; what is left out is the first. */
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4})(?:-([01]\\d)(?:-([0-3]\\d))?)?(?:T([0-2]\\d:[0-5]\\d:[0-5]\\d(?:\\.\\d+)?))?([+-][0-2]\\d:?[0-5]\\d|Z)?");

    private JsonataDates() {}

    static List<Named> all() {
        return List.of(
                Named.of(
                        "now",
                        "<s?s?:s>",
                        2,
                        arguments -> Functions.dateTimeFromMillis(
                                now().toEpochMilli(), (String) arguments.get(0), (String) arguments.get(1))),
                Named.of("millis", "<:n>", 0, arguments -> now().toEpochMilli()),
                Named.of(
                        "toMillis",
                        "<s-s?:n>",
                        2,
                        arguments -> toMillis((String) arguments.get(0), (String) arguments.get(1))));
    }

    private static Instant now() {
        return JsonataEvaluation.current().environment().now();
    }

    private static @Nullable Long toMillis(@Nullable String timestamp, @Nullable String picture) {
        if (timestamp == null) {
            return null;
        }
        return picture == null ? parse(timestamp) : parse(timestamp, picture);
    }

    private static Long parse(String timestamp) {
        Matcher iso = ISO.matcher(timestamp);
        if (!iso.matches()) {
            throw unreadable(timestamp);
        }
        try {
            LocalDate date = LocalDate.of(number(iso.group(1)), number(iso.group(2)), number(iso.group(3)));
            LocalTime time = iso.group(4) == null ? LocalTime.MIDNIGHT : LocalTime.parse(iso.group(4));
            String zone = iso.group(5);
            ZoneOffset offset = zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone);
            return date.atTime(time).toInstant(offset).toEpochMilli();
        } catch (DateTimeException e) {
            throw unreadable(timestamp);
        }
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 1 : Integer.parseInt(digits);
    }

    /** The engine takes a year, month or day that the picture lacks from the machine's clock; it is put before the text instead. */
    private static @Nullable Long parse(String timestamp, String picture) {
        try {
            if (has(picture, "YX")) {
                return DateTimeUtils.parseDateTime(timestamp, picture);
            }
            boolean dated = has(picture, "MD");
            String missing = dated && has(picture, "M")
                    ? "yyyy "
                    : dated ? "yyyy-MM " : has(picture, "dWwx") ? "yyyy " : "yyyy-MM-dd ";
            String prefix = DateTimeFormatter.ofPattern(missing)
                    .withZone(ZoneOffset.UTC)
                    .format(now());
            String pattern =
                    missing.replace("yyyy", "[Y0001]").replace("MM", "[M01]").replace("dd", "[D01]");
            return DateTimeUtils.parseDateTime(prefix + timestamp, pattern + picture);
        } catch (DateTimeException e) {
            throw unreadable(timestamp);
        }
    }

    /** Whether the picture has a marker, such as {@code [Y0001]}, of one of {@code components}. */
    private static boolean has(String picture, String components) {
        for (int at = picture.indexOf('['); at >= 0 && at + 1 < picture.length(); at = picture.indexOf('[', at + 1)) {
            if (components.indexOf(picture.charAt(at + 1)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static JException unreadable(String timestamp) {
        return new JException("D3110", -1, timestamp);
    }
}
