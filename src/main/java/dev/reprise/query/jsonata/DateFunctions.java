package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.query.jsonata.base.JsonataException;
import dev.reprise.query.jsonata.picture.DatePicture;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Functions on times: the time is the environment's, and what a text leaves open is not filled in from the machine's
 * clock or zone.
 */
final class DateFunctions {

    /** The forms that the reference implementation reads without a picture; what is left out is the first. */
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4})(?:-([01]\\d)(?:-([0-3]\\d))?)?(?:T([0-2]\\d:[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?)\\d*)?([+-][0-2]\\d:?[0-5]\\d|Z)?");

    private static final String ISO_PICTURE = "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]";

    private DateFunctions() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "now",
                        "<s?s?:s>",
                        2,
                        (arguments, evaluation) ->
                                format((double) now(evaluation), arguments.get(0), arguments.get(1), evaluation)),
                Builtin.of("millis", "<:n>", 0, (arguments, evaluation) -> LongNode.valueOf(now(evaluation))),
                Builtin.ofDefined(
                        "toMillis",
                        "<s-s?:n>",
                        2,
                        (text, arguments, evaluation) -> toMillis(text, arguments.get(1), evaluation)),
                Builtin.ofDefined(
                        "fromMillis",
                        "<n-s?s?:s>",
                        3,
                        (millis, arguments, evaluation) ->
                                format(millis.doubleValue(), arguments.get(1), arguments.get(2), evaluation)));
    }

    private static long now(Evaluation evaluation) {
        return evaluation.environment().now().toEpochMilli();
    }

    private static JsonNode format(
            double millis, @Nullable JsonNode picture, @Nullable JsonNode zone, Evaluation evaluation) {
        return TextNode.valueOf(DatePicture.of(picture == null ? ISO_PICTURE : picture.textValue(), evaluation)
                .format(millis, zone == null ? "" : zone.textValue(), evaluation));
    }

    private static @Nullable JsonNode toMillis(JsonNode text, @Nullable JsonNode picture, Evaluation evaluation) {
        if (picture == null) {
            evaluation.burn(150);
            return LongNode.valueOf(parse(text));
        }
        Double millis =
                DatePicture.of(picture.textValue(), evaluation).parse(text.textValue(), now(evaluation), evaluation);
        return millis == null ? null : Values.number(millis);
    }

    private static long parse(JsonNode text) {
        Matcher iso = ISO.matcher(text.textValue());
        if (!iso.matches()) {
            throw JsonataException.of("D3110").value(text);
        }
        try {
            LocalDate date = LocalDate.of(number(iso.group(1)), number(iso.group(2)), number(iso.group(3)));
            LocalTime time = iso.group(4) == null ? LocalTime.MIDNIGHT : LocalTime.parse(iso.group(4));
            String zone = iso.group(5);
            ZoneOffset offset = zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone);
            return date.atTime(time).toInstant(offset).toEpochMilli();
        } catch (DateTimeException e) {
            throw JsonataException.of("D3110").value(text);
        }
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 1 : Integer.parseInt(digits);
    }
}
