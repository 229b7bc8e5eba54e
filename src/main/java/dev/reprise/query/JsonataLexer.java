package dev.reprise.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts a JSONata expression into tokens. */
final class JsonataLexer {

    /** What a token is. */
    enum Kind {
        NAME,
        VARIABLE,
        LITERAL,
        PATTERN,
        OPERATOR,
        END
    }

    /**
     * One token.
     *
     * @param text a name without quotes, a variable without its {@code $}, an operator, or a regular expression with its slashes and flags; empty for other literals
     * @param start where in the expression it begins
     */
    record Token(Kind kind, String text, int start) {
        boolean is(String operator) {
            return kind == Kind.OPERATOR && text.equals(operator);
        }
    }

    private static final List<String> LONG_OPERATORS = List.of("..", ":=", "!=", ">=", "<=", "**", "~>", "?:", "??");
    private static final String OPERATORS = ".[]{}(),@#;:?+-*/%|=<>^&!~";
    private static final Set<String> LITERALS = Set.of("true", "false", "null");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    /** Where the token begins that is being cut. */
    private int start;

    private JsonataLexer(String text) {
        this.text = text;
    }

    /** The tokens of {@code text}, the last of which is of kind {@code END}. */
    static List<Token> tokens(String text) {
        JsonataLexer lexer = new JsonataLexer(text);
        while (lexer.at < text.length()) {
            lexer.next();
        }
        lexer.tokens.add(new Token(Kind.END, "", text.length()));
        return lexer.tokens;
    }

    private void next() {
        start = at;
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            at = end < 0 ? text.length() : end + 2;
        } else if (c == '/' && !afterOperand()) {
            regularExpression();
        } else if (c == '"' || c == '\'') {
            at = endOfString(c) + 1;
            add(Kind.LITERAL, "");
        } else if (c == '`') {
            int end = text.indexOf('`', at + 1);
            int stop = end < 0 ? text.length() : end;
            add(Kind.NAME, text.substring(at + 1, stop));
            at = stop + 1;
        } else if (c == '$') {
            int end = endOfWord(at + 1);
            if (end == at + 1 && end < text.length() && text.charAt(end) == '$') {
                end++;
            }
            add(Kind.VARIABLE, text.substring(at + 1, end));
            at = end;
        } else if (Character.isDigit(c)) {
            number();
        } else if (OPERATORS.indexOf(c) >= 0) {
            String operator = LONG_OPERATORS.stream()
                    .filter(o -> text.startsWith(o, at))
                    .findFirst()
                    .orElse(String.valueOf(c));
            add(Kind.OPERATOR, operator);
            at += operator.length();
        } else {
            word();
        }
    }

    private void word() {
        int end = Math.max(endOfWord(at), at + 1);
        String word = text.substring(at, end);
        at = end;
        add(LITERALS.contains(word) ? Kind.LITERAL : Kind.NAME, word);
    }

    private void number() {
        int end = at;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        // A point belongs to the number when a digit follows, else it begins a range.
        if (end + 1 < text.length() && text.charAt(end) == '.' && Character.isDigit(text.charAt(end + 1))) {
            end++;
            while (end < text.length() && Character.isDigit(text.charAt(end))) {
                end++;
            }
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            end++;
            while (end < text.length()
                    && (Character.isDigit(text.charAt(end)) || "+-".indexOf(text.charAt(end)) >= 0)) {
                end++;
            }
        }
        at = end;
        add(Kind.LITERAL, "");
    }

    private void regularExpression() {
        int depth = 0;
        int end = at + 1;
        while (end < text.length() && (text.charAt(end) != '/' || depth > 0)) {
            char c = text.charAt(end);
            if (c == '\\') {
                end++;
            } else if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
            }
            end++;
        }
        end++;
        while (end < text.length() && (text.charAt(end) == 'i' || text.charAt(end) == 'm')) {
            end++;
        }
        int stop = Math.min(end, text.length());
        add(Kind.PATTERN, text.substring(at, stop));
        at = stop;
    }

    private int endOfString(char quote) {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end, text.length());
    }

    private int endOfWord(int from) {
        int end = from;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (Character.isWhitespace(c)
                    || OPERATORS.indexOf(c) >= 0
                    || c == '"'
                    || c == '\''
                    || c == '`'
                    || c == '$') {
                break;
            }
            end++;
        }
        return end;
    }

    /** Whether a value ends here, so that a slash divides. */
    private boolean afterOperand() {
        if (tokens.isEmpty()) {
            return false;
        }
        Token last = tokens.get(tokens.size() - 1);
        return last.kind() != Kind.OPERATOR || last.is(")") || last.is("]") || last.is("}");
    }

    private void add(Kind kind, String value) {
        tokens.add(new Token(kind, value, start));
    }
}
