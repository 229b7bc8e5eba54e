package dev.reprise.query;

import dev.reprise.query.JsonataLexer.Kind;
import dev.reprise.query.JsonataLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the structure of an expression that the engine has accepted. The engine keeps its own syntax tree to itself, and what a definition may refer to has to be known before it runs.
 */
final class JsonataParser {

    /** How strongly an operator binds what is on its left; the reference implementation's numbers. */
    private static final Map<String, Integer> POWERS = Map.ofEntries(
            Map.entry(".", 75),
            Map.entry("[", 80),
            Map.entry("{", 70),
            Map.entry("(", 80),
            Map.entry("@", 80),
            Map.entry("#", 80),
            Map.entry("?", 20),
            Map.entry("?:", 40),
            Map.entry("??", 40),
            Map.entry("+", 50),
            Map.entry("-", 50),
            Map.entry("*", 60),
            Map.entry("/", 60),
            Map.entry("%", 60),
            Map.entry("=", 40),
            Map.entry("<", 40),
            Map.entry(">", 40),
            Map.entry("^", 40),
            Map.entry("..", 20),
            Map.entry(":=", 10),
            Map.entry("!=", 40),
            Map.entry("<=", 40),
            Map.entry(">=", 40),
            Map.entry("~>", 40),
            Map.entry("and", 30),
            Map.entry("or", 25),
            Map.entry("in", 40),
            Map.entry("&", 50));

    /** What a prefix operator binds. */
    private static final int PREFIX = 70;

    private final List<Token> tokens;
    private int at;

    private JsonataParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * The structure of {@code text}.
     *
     * @throws IllegalArgumentException when it has none
     */
    static JsonataNode parse(String text) {
        JsonataParser parser = new JsonataParser(JsonataLexer.tokens(text));
        JsonataNode root = parser.expression(0);
        if (parser.peek().kind() != Kind.END) {
            throw new IllegalArgumentException("'" + text + "' goes on after its end");
        }
        return root;
    }

    private JsonataNode expression(int power) {
        JsonataNode left = prefix(take());
        while (power(peek()) > power) {
            left = infix(left, take());
        }
        return left;
    }

    private static int power(Token token) {
        boolean operator = token.kind() == Kind.OPERATOR || token.kind() == Kind.NAME;
        return operator ? POWERS.getOrDefault(token.text(), 0) : 0;
    }

    private JsonataNode prefix(Token token) {
        return switch (token.kind()) {
            case LITERAL, PATTERN -> new JsonataNode.Literal();
            case VARIABLE -> new JsonataNode.Variable(token.text());
            case NAME -> {
                boolean lambda =
                        (token.text().equals("function") || token.text().equals("\u03bb")) && peek().is("(");
                yield lambda ? lambda() : new JsonataNode.Name(token.text());
            }
            case OPERATOR -> prefixOperator(token.text());
            case END -> throw new IllegalArgumentException("The expression ends too early");
        };
    }

    private JsonataNode prefixOperator(String operator) {
        return switch (operator) {
            case "-" -> new JsonataNode.Parts(List.of(expression(PREFIX)));
            case "*", "**", "%" -> new JsonataNode.Wildcard(operator);
            case "(" -> new JsonataNode.Block(list(")", ";"));
            case "[" -> new JsonataNode.Parts(list("]", ","));
            case "{" -> new JsonataNode.Parts(list("}", ","));
            case "|" -> transform();
            // The place of an argument that a partial application leaves open.
            case "?" -> new JsonataNode.Literal();
            default -> throw new IllegalArgumentException("'" + operator + "' begins no expression");
        };
    }

    private JsonataNode infix(JsonataNode left, Token operator) {
        String text = operator.text();
        return switch (text) {
            case "." -> new JsonataNode.Step(left, List.of(expression(POWERS.getOrDefault(text, 0))));
            case "[" -> new JsonataNode.Step(left, list("]", ","));
            case "{" -> new JsonataNode.Step(left, list("}", ","));
            case "^" -> {
                expect("(");
                yield new JsonataNode.Step(left, sortTerms());
            }
            case "(" -> new JsonataNode.Call(left, list(")", ","));
            case "@", "#" -> new JsonataNode.BindStep(left, take().text());
            case ":=" ->
                new JsonataNode.Bind(left instanceof JsonataNode.Variable(String name) ? name : "", expression(9));
            case "?" -> {
                JsonataNode then = expression(0);
                if (!peek().is(":")) {
                    yield new JsonataNode.Parts(List.of(left, then));
                }
                take();
                yield new JsonataNode.Parts(List.of(left, then, expression(0)));
            }
            case "+", "-", "*", "/", "%" -> new JsonataNode.Arithmetic(left, expression(POWERS.getOrDefault(text, 0)));
            default -> new JsonataNode.Parts(List.of(left, expression(POWERS.getOrDefault(text, 0))));
        };
    }

    /** Expressions up to {@code close}; a pair's colon separates like {@code separator}. */
    private List<JsonataNode> list(String close, String separator) {
        List<JsonataNode> parts = new ArrayList<>();
        while (!peek().is(close)) {
            if (peek().is(separator) || peek().is(":")) {
                take();
            } else {
                parts.add(expression(0));
            }
        }
        take();
        return parts;
    }

    private List<JsonataNode> sortTerms() {
        List<JsonataNode> terms = new ArrayList<>();
        while (!peek().is(")")) {
            if (peek().is(",") || peek().is("<") || peek().is(">")) {
                take();
            } else {
                terms.add(expression(0));
            }
        }
        take();
        return terms;
    }

    private JsonataNode transform() {
        JsonataNode pattern = expression(0);
        expect("|");
        JsonataNode update = expression(0);
        @Nullable JsonataNode delete = null;
        if (peek().is(",")) {
            take();
            delete = expression(0);
        }
        expect("|");
        return new JsonataNode.Transform(pattern, update, delete);
    }

    private JsonataNode lambda() {
        expect("(");
        List<String> parameters = new ArrayList<>();
        while (!peek().is(")")) {
            Token token = take();
            if (token.kind() == Kind.VARIABLE) {
                parameters.add(token.text());
            }
        }
        take();
        // A signature, such as <n-n?:n>, names no variable.
        while (!peek().is("{")) {
            take();
        }
        take();
        JsonataNode body = expression(0);
        expect("}");
        return new JsonataNode.Lambda(parameters, body);
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token take() {
        Token token = tokens.get(at);
        if (token.kind() == Kind.END) {
            throw new IllegalArgumentException("The expression ends too early");
        }
        at++;
        return token;
    }

    private void expect(String operator) {
        if (!take().is(operator)) {
            throw new IllegalArgumentException("'" + operator + "' expected");
        }
    }
}
