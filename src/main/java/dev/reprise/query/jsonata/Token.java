package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * One token of an expression.
 *
 * @param text a name without quotes, a variable without its {@code $}, or an operator; what stood there for others
 * @param value a literal's value; null for others
 */
record Token(Kind kind, String text, @Nullable JsonNode value) {

    /** What a token is. */
    enum Kind {
        NAME,
        VARIABLE,
        LITERAL,
        PATTERN,
        OPERATOR,
        END
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    /** As errors show it. */
    String shown() {
        return value != null ? value.toString() : TextNode.valueOf(text).toString();
    }
}
