package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.query.jsonata.base.JsonataException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions on texts. Positions and lengths count characters as people see them, not UTF-16 units. */
final class StringFunctions {

    private StringFunctions() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.ofDefined("string", "<x-b?:s>", 1, (value, arguments, evaluation) -> {
                    JsonNode indented = arguments.get(1);
                    return TextNode.valueOf(Texts.of(value, indented != null && indented.booleanValue(), evaluation));
                }),
                Builtin.ofDefined("length", "<s-:n>", 1, (text, arguments, evaluation) -> {
                    evaluation.burnText(text.textValue().length());
                    return IntNode.valueOf(characters(text.textValue()));
                }),
                Builtin.ofDefined(
                        "substring",
                        "<s-nn?:s>",
                        3,
                        (text, arguments, evaluation) ->
                                substring(text.textValue(), arguments.get(1), arguments.get(2), evaluation)),
                Builtin.ofDefined("substringBefore", "<s-s:s>", 2, (text, arguments, evaluation) -> {
                    int at = indexOf(text, arguments.get(1), evaluation);
                    return at < 0 ? text : TextNode.valueOf(text.textValue().substring(0, at));
                }),
                Builtin.ofDefined("substringAfter", "<s-s:s>", 2, (text, arguments, evaluation) -> {
                    JsonNode sought = arguments.get(1);
                    int at = indexOf(text, sought, evaluation);
                    return at < 0 || sought == null
                            ? text
                            : TextNode.valueOf(text.textValue()
                                    .substring(at + sought.textValue().length()));
                }),
                changed("lowercase", text -> text.toLowerCase(Locale.ROOT)),
                changed("uppercase", text -> text.toUpperCase(Locale.ROOT)),
                changed("trim", StringFunctions::trim),
                Builtin.ofDefined(
                        "pad",
                        "<s-ns?:s>",
                        3,
                        (text, arguments, evaluation) ->
                                pad(text.textValue(), arguments.get(1), arguments.get(2), evaluation)),
                Builtin.ofDefined(
                        "join",
                        "<a<s>s?:s>",
                        2,
                        (parts, arguments, evaluation) -> join(parts, arguments.get(1), evaluation)),
                changed(
                        "base64encode",
                        text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))),
                Builtin.ofDefined(
                        "base64decode",
                        "<s-:s>",
                        1,
                        (text, arguments, evaluation) -> decode(text.textValue(), evaluation)),
                url("encodeUrlComponent", text -> Urls.encode(text, Urls.UNRESERVED)),
                url("encodeUrl", text -> Urls.encode(text, Urls.UNRESERVED + Urls.RESERVED)),
                url("decodeUrlComponent", Urls::decodeComponent),
                url("decodeUrl", text -> Urls.decode(text, Urls.RESERVED)));
    }

    private static Builtin changed(String name, UnaryOperator<String> change) {
        return Builtin.ofDefined(name, "<s-:s>", 1, (text, arguments, evaluation) -> {
            evaluation.makeText(text.textValue().length());
            evaluation.burnText(2L * text.textValue().length());
            return TextNode.valueOf(change.apply(text.textValue()));
        });
    }

    /** Changes a text, or finds it malformed and gives null. */
    private interface Coding {
        @Nullable
        String apply(String text);
    }

    private static Builtin url(String name, Coding change) {
        return Builtin.ofDefined(name, "<s-:s>", 1, (text, arguments, evaluation) -> {
            evaluation.makeText(3.0 * text.textValue().length());
            evaluation.burnText(3L * text.textValue().length());
            String changed = change.apply(text.textValue());
            if (changed == null) {
                throw JsonataException.of("D3140").token(name).value(text);
            }
            return TextNode.valueOf(changed);
        });
    }

    static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    private static int indexOf(JsonNode text, @Nullable JsonNode sought, Evaluation evaluation) {
        evaluation.burnText(text.textValue().length());
        // What is undefined is sought by its name, as in JavaScript.
        return search(text.textValue(), sought == null ? "undefined" : sought.textValue(), 0, evaluation);
    }

    /** Where {@code sought} stands at {@code from} or later; negative where it does not. */
    static int search(String text, String sought, int from, Evaluation evaluation) {
        if (sought.isEmpty() || sought.length() > text.length()) {
            return sought.isEmpty() && from <= text.length() ? from : -1;
        }
        int at = text.indexOf(sought.charAt(0), from);
        int before = from;
        while (at >= 0) {
            int same = 1;
            while (same < sought.length()
                    && at + same < text.length()
                    && text.charAt(at + same) == sought.charAt(same)) {
                same++;
            }
            evaluation.burn(2 + (at - before) / 64 + same / 16);
            if (same == sought.length()) {
                return at;
            }
            before = at;
            at = text.indexOf(sought.charAt(0), at + 1);
        }
        evaluation.burn((text.length() - before) / 64);
        return -1;
    }

    private static @Nullable JsonNode substring(
            String text, @Nullable JsonNode start, @Nullable JsonNode length, Evaluation evaluation) {
        if (start == null) {
            return null;
        }
        evaluation.burnText(text.length());
        int size = characters(text);
        double from = start.doubleValue();
        from = size + from < 0 ? 0 : from;
        double to = size;
        if (length != null) {
            if (length.doubleValue() <= 0) {
                return TextNode.valueOf("");
            }
            to = from >= 0 ? from + length.doubleValue() : size + from + length.doubleValue();
        }
        int first = position(from, size);
        int last = Math.max(first, position(to, size));
        int begin = text.offsetByCodePoints(0, first);
        return TextNode.valueOf(text.substring(begin, text.offsetByCodePoints(begin, last - first)));
    }

    /** A position in a text of {@code size}: fractions are cut off, negative ones count from the end. */
    private static int position(double given, int size) {
        double whole = given < 0 ? Math.ceil(given) : Math.floor(given);
        return (int) Math.max(0, Math.min(size, whole < 0 ? size + whole : whole));
    }

    private static String trim(String text) {
        StringBuilder trimmed = new StringBuilder(text.length());
        boolean blank = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                blank = true;
                continue;
            }
            if (blank && !trimmed.isEmpty()) {
                trimmed.append(' ');
            }
            blank = false;
            trimmed.append(c);
        }
        return trimmed.toString();
    }

    private static @Nullable JsonNode pad(
            String text, @Nullable JsonNode width, @Nullable JsonNode filling, Evaluation evaluation) {
        if (width == null) {
            return TextNode.valueOf(text);
        }
        double wanted = Math.abs(width.doubleValue());
        evaluation.makeText(wanted);
        evaluation.burnText(text.length());
        int missing = (int) wanted - characters(text);
        if (missing <= 0) {
            return TextNode.valueOf(text);
        }
        int[] with = (filling == null || filling.textValue().isEmpty() ? " " : filling.textValue())
                .codePoints()
                .limit(missing)
                .toArray();
        evaluation.burn(missing / 4);
        StringBuilder padding = new StringBuilder(missing);
        for (int i = 0; i < missing; i++) {
            padding.appendCodePoint(with[i % with.length]);
        }
        return TextNode.valueOf(width.doubleValue() > 0 ? text + padding : padding + text);
    }

    private static JsonNode join(JsonNode parts, @Nullable JsonNode separator, Evaluation evaluation) {
        String between = separator == null ? "" : separator.textValue();
        double length = 0;
        for (JsonNode part : parts) {
            evaluation.burn(1);
            length += part.textValue().length() + (length > 0 ? between.length() : 0);
        }
        evaluation.makeText(length);
        StringBuilder joined = new StringBuilder((int) length);
        for (int i = 0; i < parts.size(); i++) {
            joined.append(i > 0 ? between : "").append(parts.get(i).textValue());
        }
        return TextNode.valueOf(joined.toString());
    }

    /** Padding may be missing, and {@code -_} stand for {@code +/}; what is no digit is an error, as on AWS. */
    private static JsonNode decode(String text, Evaluation evaluation) {
        evaluation.makeText(2.0 * text.length());
        evaluation.burnText(4L * text.length());
        try {
            byte[] decoded =
                    Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
            return TextNode.valueOf(new String(decoded, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw JsonataException.withoutCode("The text is not Base64");
        }
    }
}
