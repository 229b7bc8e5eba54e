package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.query.jsonata.base.JsonataException;
import dev.reprise.query.jsonata.regex.CharacterSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code $replace}, by the reference implementation's rules for what {@code $} means in a replacement. */
final class Replacement {

    private final String text;
    private final JsonNode replacement;
    private final double most;
    private final Evaluation evaluation;
    private final StringBuilder replaced = new StringBuilder();

    private Replacement(String text, JsonNode replacement, double most, Evaluation evaluation) {
        this.text = text;
        this.replacement = replacement;
        this.most = most;
        this.evaluation = evaluation;
    }

    static JsonNode replace(
            String text,
            JsonNode sought,
            @Nullable JsonNode replacement,
            @Nullable JsonNode limit,
            Evaluation evaluation) {
        if (sought.isTextual() && sought.textValue().isEmpty()) {
            throw JsonataException.of("D3010");
        }
        double most = MatchingFunctions.limit(limit, "D3011");
        if (replacement == null) {
            throw JsonataException.of("T0410").index(3);
        }
        if (most <= 0) {
            return TextNode.valueOf(text);
        }
        Replacement replace = new Replacement(text, replacement, most, evaluation);
        if (sought instanceof FunctionValue matcher) {
            replace.matches(Matches.of(matcher, text, evaluation));
        } else {
            replace.literal(sought.textValue());
        }
        return TextNode.valueOf(replace.replaced.toString());
    }

    private void literal(String sought) {
        int from = 0;
        int at = StringFunctions.search(text, sought, 0, evaluation);
        for (int count = 0; count < most && at >= 0; count++) {
            append(text, from, at);
            String with = Texts.of(replacement, false, evaluation);
            append(with, 0, with.length());
            from = at + sought.length();
            at = StringFunctions.search(text, sought, from, evaluation);
        }
        append(text, from, text.length());
    }

    private void matches(Matches matches) {
        int from = 0;
        boolean more = matches.next();
        for (int count = 0; more && count < most; count++) {
            append(text, from, Math.max(from, matches.start()));
            String with = with(matches);
            append(with, 0, with.length());
            from = Math.min(text.length(), matches.start() + matches.match().length());
            more = matches.next();
        }
        append(text, from, text.length());
    }

    private String with(Matches matches) {
        if (replacement.isTextual()) {
            return filled(replacement.textValue(), matches);
        }
        JsonNode with = evaluation.call(replacement, List.of(matches.value()));
        if (with == null || !with.isTextual()) {
            throw JsonataException.of("D3012").value(with);
        }
        return with.textValue();
    }

    /**
     * Puts groups in the places of {@code $1}, {@code $2}, …, the whole match in that of {@code $0}, and a dollar in
     * that of {@code $$}.
     */
    private String filled(String template, Matches matches) {
        if (template.indexOf('$') < 0) {
            return template;
        }
        evaluation.burnText(template.length());
        JsonNode groups = matches.groups();
        StringBuilder filled = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at++);
            if (c != '$' || at == template.length()) {
                filled.append(c);
            } else if (template.charAt(at) == '$') {
                filled.append('$');
                at++;
            } else if (template.charAt(at) == '0') {
                filled.append(matches.match());
                at++;
            } else {
                int end = endOfGroup(template, at, groups.size());
                if (end == at) {
                    filled.append('$');
                } else {
                    JsonNode group = groups.get(Integer.parseInt(template, at, end, 10) - 1);
                    filled.append(group == null || group.isNull() ? "" : Texts.of(group, false, evaluation));
                    at = end;
                }
            }
            evaluation.checkText(filled.length());
        }
        return filled.toString();
    }

    /** As many digits as the number of groups has, one fewer if that names no group. */
    private static int endOfGroup(String template, int from, int groups) {
        int longest = String.valueOf(groups).length();
        int end = from;
        while (end < template.length() && end < from + longest && CharacterSet.DIGIT.contains(template.charAt(end))) {
            end++;
        }
        boolean beyond = end > from + 1 && Integer.parseInt(template, from, end, 10) > groups;
        return beyond ? end - 1 : end;
    }

    private void append(String part, int from, int to) {
        if ((double) replaced.length() + to - from > evaluation.resultBytes()) {
            throw JsonataException.tooLarge();
        }
        evaluation.burnText(to - from);
        replaced.append(part, from, to);
    }
}
