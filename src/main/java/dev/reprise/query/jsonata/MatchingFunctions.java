package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.query.jsonata.base.JsonataException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions that take a text or a regular expression to look for. */
final class MatchingFunctions {

    private MatchingFunctions() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.ofDefined(
                        "contains",
                        "<s-(sf):b>",
                        2,
                        (text, arguments, evaluation) ->
                                BooleanNode.valueOf(contains(text.textValue(), sought(arguments), evaluation))),
                Builtin.ofDefined(
                        "match",
                        "<s-f<s:o>n?:a<o>>",
                        3,
                        (text, arguments, evaluation) ->
                                match(text.textValue(), sought(arguments), arguments.get(2), evaluation)),
                Builtin.ofDefined(
                        "split",
                        "<s-(sf)n?:a<s>>",
                        3,
                        (text, arguments, evaluation) ->
                                split(text.textValue(), sought(arguments), arguments.get(2), evaluation)),
                Builtin.ofDefined(
                        "replace",
                        "<s-(sf)(sf)n?:s>",
                        4,
                        (text, arguments, evaluation) -> Replacement.replace(
                                text.textValue(), sought(arguments), arguments.get(2), arguments.get(3), evaluation)));
    }

    /** What is looked for cannot be undefined. */
    private static JsonNode sought(List<@Nullable JsonNode> arguments) {
        JsonNode sought = arguments.get(1);
        if (sought == null) {
            throw JsonataException.of("T0410").index(2);
        }
        return sought;
    }

    private static boolean contains(String text, JsonNode sought, Evaluation evaluation) {
        return sought instanceof FunctionValue matcher
                ? Matches.of(matcher, text, evaluation).next()
                : StringFunctions.search(text, sought.textValue(), 0, evaluation) >= 0;
    }

    private static JsonNode match(String text, JsonNode sought, @Nullable JsonNode limit, Evaluation evaluation) {
        double most = limit(limit, "D3040");
        JsonataArray found = JsonataArray.sequence();
        if (most <= 0 || !(sought instanceof FunctionValue matcher)) {
            return found;
        }
        Matches matches = Matches.of(matcher, text, evaluation);
        boolean more = matches.next();
        for (int count = 0; more && count < most; count++) {
            evaluation.make(6);
            JsonataObject match = new JsonataObject();
            match.members().put("match", TextNode.valueOf(matches.match()));
            match.members().put("index", Values.number(matches.start()));
            match.members().put("groups", matches.groups());
            found.items().add(match);
            evaluation.added(found.items().size());
            more = matches.next();
        }
        return found;
    }

    private static JsonNode split(String text, JsonNode separator, @Nullable JsonNode limit, Evaluation evaluation) {
        double most = limit(limit, "D3020");
        JsonataArray parts = JsonataArray.array();
        evaluation.burnText(text.length());
        if (separator instanceof FunctionValue matcher) {
            Matches matches = Matches.of(matcher, text, evaluation);
            int from = 0;
            boolean more = most > 0 && matches.next();
            while (more && parts.items().size() < most) {
                add(parts, text.substring(Math.min(from, matches.start()), matches.start()), evaluation);
                from = matches.end();
                more = matches.next();
            }
            if (parts.items().size() < most) {
                add(parts, text.substring(from), evaluation);
            }
            return parts;
        }
        most = Math.floor(most);
        String between = separator.textValue();
        int from = 0;
        while (parts.items().size() < most) {
            int at = between.isEmpty()
                    ? from < text.length() ? text.offsetByCodePoints(from, 1) : -1
                    : StringFunctions.search(text, between, from, evaluation);
            if (at < 0) {
                if (!between.isEmpty()) {
                    add(parts, text.substring(from), evaluation);
                }
                break;
            }
            add(parts, text.substring(from, at), evaluation);
            from = at + between.length();
        }
        return parts;
    }

    private static void add(JsonataArray parts, String part, Evaluation evaluation) {
        parts.items().add(TextNode.valueOf(part));
        evaluation.burnText(16L + part.length());
        evaluation.added(parts.items().size());
    }

    /** How many are wanted; a negative number is the error {@code code}. */
    static double limit(@Nullable JsonNode limit, String code) {
        if (limit == null) {
            return Double.POSITIVE_INFINITY;
        }
        if (limit.doubleValue() < 0) {
            throw JsonataException.of(code).value(limit);
        }
        return limit.doubleValue();
    }
}
