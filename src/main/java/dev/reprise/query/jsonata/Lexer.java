package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.query.jsonata.Token.Kind;
import dev.reprise.query.jsonata.base.SyntaxException;

/**
 * Cuts a JSONata expression into tokens, each when it is asked for: whether a slash divides or begins a regular
 * expression depends on what stands before it.
 */
final class Lexer {

    private static final String BLANKS = " \t\n\r\u000b";
    private static final String OPERATORS = ".[]{}(),@#;:?+-*/%|=<>^&!~";
    private static final String[] LONG_OPERATORS = {"..", ":=", "!=", ">=", "<=", "**", "~>"};
    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String ESCAPES = "\"\\/\b\f\n\r\t";

    private final String text;
    private int at;

    Lexer(String text) {
        this.text = text;
    }

    /**
     * The next token, of kind {@code END} when there is none.
     *
     * @param afterOperand whether a value ends here, so that a slash divides
     */
    Token next(boolean afterOperand) {
        skip();
        if (at >= text.length()) {
            return new Token(Kind.END, "(end)", null);
        }
        char c = text.charAt(at);
        if (c == '/' && !afterOperand) {
            return regularExpression();
        }
        if (OPERATORS.indexOf(c) >= 0) {
            return operator(c);
        }
        if (c == '"' || c == '\'') {
            return string(c);
        }
        if (c >= '0' && c <= '9') {
            return number();
        }
        return c == '`' ? quotedName() : word();
    }

    private void skip() {
        while (at < text.length()) {
            if (BLANKS.indexOf(text.charAt(at)) >= 0) {
                at++;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw new SyntaxException("Comment has no closing tag");
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    private Token operator(char c) {
        for (String operator : LONG_OPERATORS) {
            if (text.startsWith(operator, at)) {
                at += operator.length();
                return new Token(Kind.OPERATOR, operator, null);
            }
        }
        at++;
        return new Token(Kind.OPERATOR, String.valueOf(c), null);
    }

    private Token string(char quote) {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                at++;
                return literal(TextNode.valueOf(value.toString()));
            }
            value.append(c == '\\' ? escape() : c);
        }
        throw new SyntaxException("String literal must be terminated by a matching quote");
    }

    private char escape() {
        at++;
        char c = at < text.length() ? text.charAt(at) : 0;
        int known = ESCAPED.indexOf(c);
        if (known >= 0) {
            return ESCAPES.charAt(known);
        }
        if (c != 'u') {
            throw new SyntaxException(
                    "Unsupported escape sequence: \\" + TextNode.valueOf(at < text.length() ? String.valueOf(c) : ""));
        }
        int code = 0;
        for (int i = 1; i <= 4; i++) {
            int digit = at + i < text.length() ? Character.digit(text.charAt(at + i), 16) : -1;
            if (digit < 0 || text.charAt(at + i) > 'f') {
                throw new SyntaxException("The escape sequence \\u must be followed by 4 hex digits");
            }
            code = code * 16 + digit;
        }
        at += 4;
        return (char) code;
    }

    private Token number() {
        int start = at;
        if (text.charAt(at) == '0') {
            at++;
        } else {
            digits();
        }
        // A point belongs to the number when a digit follows, else it begins a range.
        if (isDigit(at + 1) && text.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int sign = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 ? 1 : 0;
            if (isDigit(at + 1 + sign)) {
                at += 1 + sign;
                digits();
            }
        }
        String number = text.substring(start, at);
        double value = Double.parseDouble(number);
        if (!Double.isFinite(value)) {
            throw new SyntaxException("Number out of range: " + TextNode.valueOf(number));
        }
        return literal(Values.number(value));
    }

    private void digits() {
        while (isDigit(at)) {
            at++;
        }
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private Token quotedName() {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
            throw new SyntaxException("Quoted property name must be terminated with a backquote (`)");
        }
        String name = text.substring(at + 1, end);
        at = end + 1;
        return new Token(Kind.NAME, name, null);
    }

    private Token word() {
        int start = at;
        while (at < text.length() && BLANKS.indexOf(text.charAt(at)) < 0 && OPERATORS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        return switch (word) {
            case "or", "in", "and" -> new Token(Kind.OPERATOR, word, null);
            case "true", "false" -> literal(BooleanNode.valueOf(word.equals("true")));
            case "null" -> literal(NullNode.getInstance());
            default ->
                word.charAt(0) == '$'
                        ? new Token(Kind.VARIABLE, word.substring(1), null)
                        : new Token(Kind.NAME, word, null);
        };
    }

    private Token regularExpression() {
        int start = ++at;
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '/' && depth == 0) {
                break;
            }
            if (c == '\\') {
                at++;
            } else if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
            }
            at++;
        }
        if (at >= text.length()) {
            throw new SyntaxException("No terminating / in regular expression");
        }
        if (at == start) {
            throw new SyntaxException("Empty regular expressions are not allowed");
        }
        do {
            at++;
        } while (at < text.length() && (text.charAt(at) == 'i' || text.charAt(at) == 'm'));
        return new Token(Kind.PATTERN, text.substring(start - 1, at), null);
    }

    private static Token literal(JsonNode value) {
        return new Token(Kind.LITERAL, value.asText(), value);
    }
}
