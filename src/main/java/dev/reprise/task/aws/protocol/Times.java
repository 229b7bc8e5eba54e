package dev.reprise.task.aws.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.task.aws.model.Shape.TimeFormat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Times as services write them. */
final class Times {

    private static final DateTimeFormatter HTTP = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final int MILLISECOND_DIGITS = 3;

    private Times() {}

    /**
     * A time of a workflow.
     *
     * @param value text of ISO 8601, or seconds since 1970
     */
    static Instant ofWorkflow(JsonNode value) {
        try {
            if (value.isNumber()) {
                return ofSeconds(value.decimalValue());
            }
            if (value.isTextual()) {
                return OffsetDateTime.parse(value.textValue()).toInstant();
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Told below, as for a value of another kind.
        }
        throw new InvalidRequestException("must be a time such as 2026-11-28T21:46:00Z, but was " + value);
    }

    private static Instant ofSeconds(BigDecimal seconds) {
        return Instant.ofEpochMilli(seconds.movePointRight(MILLISECOND_DIGITS)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    /** As a value of JSON. */
    static JsonNode write(Instant time, TimeFormat format) {
        return format == TimeFormat.UNIX ? seconds(time) : JsonNodeFactory.instance.textNode(text(time, format));
    }

    private static JsonNode seconds(Instant time) {
        return time.getNano() < 1_000_000
                ? JsonNodeFactory.instance.numberNode(time.getEpochSecond())
                : JsonNodeFactory.instance.numberNode(BigDecimal.valueOf(time.toEpochMilli(), MILLISECOND_DIGITS));
    }

    /** As text. */
    static String text(Instant time, TimeFormat format) {
        return switch (format) {
            case UNIX -> seconds(time).asText();
            case ISO -> time.toString();
            case HTTP -> HTTP.format(time);
        };
    }

    /**
     * A time of a service as workflows see it: text of ISO 8601. What is no time stays as it is.
     *
     * @param text in any form: services do not always keep to that of their model
     */
    static String toWorkflow(String text) {
        String plain = text.strip();
        try {
            if (plain.isEmpty()) {
                return text;
            }
            char first = plain.charAt(0);
            if (Character.isLetter(first)) {
                return ZonedDateTime.parse(plain, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant()
                        .toString();
            }
            if (plain.indexOf('T') > 0) {
                return OffsetDateTime.parse(plain).toInstant().toString();
            }
            return ofSeconds(new BigDecimal(plain)).toString();
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
            return text;
        } catch (DateTimeException e) {
            return text;
        }
    }
}
