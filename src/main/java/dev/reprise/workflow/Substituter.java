package dev.reprise.workflow;

import dev.reprise.workflow.SubstitutedText.Problem;
import dev.reprise.workflow.SubstitutedText.Replaced;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the tokens of a definition, as CloudFormation does before Step Functions sees it: in the text, whatever the
 * token stands in, and by the value as it is. So {@code "MaxConcurrency": ${Most}} becomes a number. A value may hold
 * tokens itself; one that is its own token leaves it as it stands.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html">AWS,
 *     AWS::StepFunctions::StateMachine, DefinitionSubstitutions</a>
 */
final class Substituter {

    /** What tokens without a value are recognised by; whatever else stands in {@code ${…}} is text. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:,-]*");

    private static final String OPEN = "${";

    /** Longer than any definition that people write; values that hold values cannot grow without a bound. */
    private static final int MOST_CHARACTERS = 64_000_000;

    /** Values that hold values cannot take time without a bound either. */
    private static final int MOST_REPLACEMENTS = 1_000_000;

    private static final int LONGEST_TOKEN = 255;

    /** More than anybody reads. */
    private static final int MOST_PROBLEMS = 100;

    private final String source;
    private final Map<String, Substitution> values;
    private final StringBuilder text = new StringBuilder();
    private final List<Replaced> replaced = new ArrayList<>();
    private final Set<String> used = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    /** The tokens whose values are being written, from the outside in. */
    private final List<String> within = new ArrayList<>();

    private int replacements;

    private Substituter(String source, Map<String, Substitution> values) {
        this.source = source;
        this.values = values;
    }

    /**
     * Replaces what can be replaced.
     *
     * @param values by token
     */
    static SubstitutedText substitute(String source, Map<String, Substitution> values) {
        if (!source.contains(OPEN)) {
            return new SubstitutedText(source, source, List.of(), Set.of(), List.of());
        }
        Substituter substituter = new Substituter(source, values);
        substituter.write(source);
        return new SubstitutedText(
                source, substituter.text.toString(), substituter.replaced, substituter.used, substituter.problems);
    }

    /** The source itself. */
    private void write(String part) {
        int from = 0;
        for (int at = part.indexOf(OPEN); at >= 0; at = part.indexOf(OPEN, Math.max(at + 1, from))) {
            String token = token(part, at);
            if (token == null) {
                continue;
            }
            text.append(part, from, at);
            int start = text.length();
            replace(token, at);
            from = at + OPEN.length() + token.length() + 1;
            replaced.add(new Replaced(token, at, from, start, text.length()));
        }
        text.append(part, from, part.length());
    }

    /** A value, or what stands in it. */
    private void writeValue(String value, int place) {
        int from = 0;
        for (int at = value.indexOf(OPEN); at >= 0; at = value.indexOf(OPEN, Math.max(at + 1, from))) {
            String token = token(value, at);
            if (token == null) {
                continue;
            }
            text.append(value, from, at);
            replace(token, place);
            from = at + OPEN.length() + token.length() + 1;
        }
        text.append(value, from, value.length());
    }

    /** @param place where the token of the source begins that this belongs to */
    private void replace(String token, int place) {
        Substitution substitution = values.get(token);
        String written = OPEN + token + "}";
        if (substitution == null) {
            text.append(written);
            problem(place, missing(token));
            return;
        }
        used.add(token);
        if (substitution.value().equals(written)) {
            text.append(written);
        } else if (within.contains(token)) {
            problem(place, "the values of " + String.join(", ", within) + " lead back to " + written);
        } else if (text.length() + substitution.value().length() > MOST_CHARACTERS
                || ++replacements > MOST_REPLACEMENTS) {
            problem(
                    place,
                    "the value of " + written + " makes the definition longer than " + MOST_CHARACTERS
                            + " characters, or is the " + MOST_REPLACEMENTS + "th");
        } else {
            within.add(token);
            writeValue(substitution.value(), place);
            within.removeLast();
        }
    }

    private String missing(String token) {
        String inside = within.isEmpty() ? "" : "in the value of " + within.getLast() + ": ";
        return inside + "${" + token + "} has no value";
    }

    private void problem(int place, String message) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new Problem(Lines.position(source, place), message));
        }
    }

    /** The name that begins there; null when what stands there is no token. */
    private @Nullable String token(String part, int at) {
        int last = Math.min(part.length(), at + OPEN.length() + LONGEST_TOKEN + 1);
        int end = part.indexOf('}', at, last);
        if (end < 0) {
            return null;
        }
        String name = part.substring(at + OPEN.length(), end);
        return values.containsKey(name) || TOKEN.matcher(name).matches() ? name : null;
    }
}
