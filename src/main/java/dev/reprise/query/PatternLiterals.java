package dev.reprise.query;

import dev.reprise.query.JsonataLexer.Kind;
import dev.reprise.query.JsonataLexer.Token;
import java.util.HashMap;
import java.util.Map;

/**
 * An expression whose regular expressions are variables, so that the engine meets ours where it would use its own.
 *
 * @param text the expression; everything in it stands where it stood, for errors tell of places
 * @param values what the variables are, by their names without {@code $}
 */
record PatternLiterals(String text, Map<String, JsonataPattern> values) {

    /** The variables' names begin with two characters for private use, which nobody's own names have. A literal has three characters at least. */
    private static final char FIRST = '\uE000';

    private static final int CHARACTERS = 4096;

    /** Takes the regular expressions out of {@code text}, which the engine has accepted. */
    static PatternLiterals of(String text) {
        Map<String, JsonataPattern> values = new HashMap<>();
        if (text.indexOf('/') < 0) {
            return new PatternLiterals(text, values);
        }
        StringBuilder replaced = new StringBuilder(text);
        for (Token token : JsonataLexer.tokens(text)) {
            if (token.kind() == Kind.PATTERN) {
                String literal = token.text();
                String name = name(values.size(), literal.length() - 1);
                values.put(name, new JsonataPattern(literal));
                replaced.replace(token.start(), token.start() + literal.length(), "$" + name);
            }
        }
        return new PatternLiterals(replaced.toString(), values);
    }

    private static String name(int index, int length) {
        String unique = "" + (char) (FIRST + index / CHARACTERS) + (char) (FIRST + index % CHARACTERS);
        return unique + String.valueOf(FIRST).repeat(length - unique.length());
    }
}
