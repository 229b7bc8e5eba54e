package dev.reprise.query.jsonata;

import static java.util.Objects.requireNonNull;

import dev.reprise.query.jsonata.Draft.Kind;
import dev.reprise.query.jsonata.base.JsonataException;
import dev.reprise.query.jsonata.base.SyntaxException;
import java.util.Map;

/**
 * Reads an expression by the precedence of its operators (Vaughan Pratt's method). It takes time in proportion to the
 * text, and depth in proportion to the nesting, which is bounded.
 *
 * @see <a href="https://docs.jsonata.org/">JSONata</a>
 */
final class Parser {

    /** How deep an expression may be nested. */
    static final int DEEPEST = 200;

    /** How strongly an operator binds what is on its left; others end an operand. */
    private static final Map<String, Integer> POWERS = Map.ofEntries(
            Map.entry(".", 75),
            Map.entry("[", 80),
            Map.entry("{", 70),
            Map.entry("(", 80),
            Map.entry("@", 80),
            Map.entry("#", 80),
            Map.entry("?", 20),
            Map.entry("+", 50),
            Map.entry("-", 50),
            Map.entry("*", 60),
            Map.entry("/", 60),
            Map.entry("%", 60),
            Map.entry("=", 40),
            Map.entry("<", 40),
            Map.entry(">", 40),
            Map.entry("^", 40),
            Map.entry(":=", 10),
            Map.entry("!=", 40),
            Map.entry("<=", 40),
            Map.entry(">=", 40),
            Map.entry("~>", 40),
            Map.entry("and", 30),
            Map.entry("or", 25),
            Map.entry("in", 40),
            Map.entry("&", 50));

    /** What a minus sign binds. */
    private static final int PREFIX = 70;

    private final Lexer lexer;
    private Token token;
    private int depth;

    private Parser(String text) {
        lexer = new Lexer(text);
        token = lexer.next(false);
    }

    /**
     * What {@code text} says.
     *
     * @throws SyntaxException when it is no expression
     */
    static Draft parse(String text) {
        Parser parser = new Parser(text);
        Draft draft = parser.expression(0);
        if (parser.token.kind() != Token.Kind.END) {
            throw new SyntaxException("Syntax error: " + parser.token.shown());
        }
        return draft;
    }

    private Draft expression(int power) {
        if (++depth > DEEPEST) {
            throw tooDeep();
        }
        Token first = token;
        advance(true);
        Draft left = prefix(first);
        while (power(token) > power) {
            Token operator = token;
            advance(false);
            left = infix(left, operator);
            if (left.depth > DEEPEST) {
                throw tooDeep();
            }
        }
        depth--;
        return left;
    }

    private static SyntaxException tooDeep() {
        return new SyntaxException(JsonataException.tooDeep(DEEPEST + 1, DEEPEST));
    }

    private static int power(Token token) {
        return token.kind() == Token.Kind.OPERATOR ? POWERS.getOrDefault(token.text(), 0) : 0;
    }

    private Draft prefix(Token first) {
        return switch (first.kind()) {
            case LITERAL -> {
                Draft literal = new Draft(Kind.LITERAL, first.text());
                literal.value = first.value();
                yield literal;
            }
            case PATTERN -> new Draft(Kind.PATTERN, first.text());
            case VARIABLE -> new Draft(Kind.VARIABLE, first.text());
            case NAME -> new Draft(Kind.NAME, first.text());
            case END -> new Draft(Kind.END, "");
            case OPERATOR -> prefixOperator(first.text());
        };
    }

    private Draft prefixOperator(String operator) {
        return switch (operator) {
            case "and", "or", "in" -> new Draft(Kind.WORD, operator);
            case "-" -> new Draft(Kind.NEGATION, "-").with(expression(PREFIX));
            case "*" -> new Draft(Kind.WILDCARD, operator);
            case "**" -> new Draft(Kind.DESCENDANTS, operator);
            case "%" -> new Draft(Kind.PARENT, operator);
            case "(" -> block();
            case "[" -> array();
            case "{" -> object(new Draft(Kind.OBJECT, operator));
            case "|" -> transform();
            case "!", "~" -> throw new SyntaxException("Unknown operator: \"" + operator + "\"");
            default -> throw new SyntaxException("The symbol \"" + operator + "\" cannot be used as a unary operator");
        };
    }

    private Draft infix(Draft left, Token operator) {
        String text = operator.text();
        int power = power(operator);
        return switch (text) {
            case "." -> chained(new Draft(Kind.DOT, text), left, power);
            case "[" -> predicate(left);
            case "{" -> object(new Draft(Kind.GROUP, text).with(left));
            case "(" -> call(left);
            case "^" -> order(left);
            case "@" -> bound(new Draft(Kind.FOCUS, text).with(left));
            case "#" -> bound(new Draft(Kind.INDEX, text).with(left));
            case ":=" -> {
                if (left.kind != Kind.VARIABLE) {
                    throw new SyntaxException("The left side of := must be a variable name (start with $)");
                }
                yield new Draft(Kind.BIND, left.text).with(expression(power - 1));
            }
            case "?" -> {
                Draft condition = new Draft(Kind.CONDITION, text).with(left).with(expression(0));
                if (token.is(":")) {
                    advance(false);
                    condition.with(expression(0));
                }
                yield condition;
            }
            case "~>" -> new Draft(Kind.APPLY, text).with(left).with(expression(power));
            default -> chained(new Draft(Kind.OPERATION, text), left, power);
        };
    }

    /** Operators in a row are evaluated one after the other, so they are not nested. */
    private Draft chained(Draft draft, Draft left, int power) {
        draft.with(left).with(expression(power));
        boolean same = left.kind == draft.kind;
        draft.depth = Math.max(same ? left.depth : left.depth + 1, draft.part(1).depth + 1);
        return draft;
    }

    private Draft predicate(Draft left) {
        if (token.is("]")) {
            Draft step = left;
            while (step.kind == Kind.FILTER) {
                step = step.part(0);
            }
            step.keepArray = true;
            expect("]", false);
            return left;
        }
        Draft filter = new Draft(Kind.FILTER, "[").with(left).with(expression(0));
        expect("]", true);
        return filter;
    }

    private Draft bound(Draft draft) {
        Draft name = expression(80);
        if (name.kind != Kind.VARIABLE) {
            throw new SyntaxException(
                    "The right side of \"" + draft.text + "\" must be a variable name (start with $)");
        }
        draft.text = name.text;
        return draft;
    }

    private Draft block() {
        Draft block = new Draft(Kind.BLOCK, "(");
        while (!token.is(")")) {
            block.with(expression(0));
            if (!token.is(";")) {
                break;
            }
            advance(false);
        }
        expect(")", true);
        return block;
    }

    private Draft array() {
        Draft array = new Draft(Kind.ARRAY, "[");
        if (!token.is("]")) {
            do {
                Draft item = expression(0);
                if (token.is("..")) {
                    advance(false);
                    item = new Draft(Kind.OPERATION, "..").with(item).with(expression(0));
                }
                array.with(item);
            } while (another());
        }
        expect("]", true);
        return array;
    }

    private Draft object(Draft object) {
        if (!token.is("}")) {
            do {
                Draft name = expression(0);
                expect(":", false);
                Draft value = expression(0);
                object.pairs.add(new Draft.Pair(name, value));
                object.depth = Math.max(object.depth, Math.max(name.depth, value.depth) + 1);
            } while (another());
        }
        expect("}", true);
        return object;
    }

    private boolean another() {
        if (token.is(",")) {
            advance(false);
            return true;
        }
        return false;
    }

    private Draft order(Draft left) {
        expect("(", false);
        Draft order = new Draft(Kind.ORDER, "^").with(left);
        do {
            boolean descending = token.is(">");
            if (descending || token.is("<")) {
                advance(false);
            }
            Draft term = expression(0);
            order.with(term);
            term.descending = descending;
        } while (another());
        expect(")", false);
        return order;
    }

    private Draft transform() {
        Draft transform = new Draft(Kind.TRANSFORM, "|").with(expression(0));
        expect("|", false);
        transform.with(expression(0));
        if (another()) {
            transform.with(expression(0));
        }
        expect("|", false);
        return transform;
    }

    private Draft call(Draft procedure) {
        Draft call = new Draft(Kind.CALL, "").with(procedure);
        if (!token.is(")")) {
            do {
                if (token.is("?")) {
                    call.kind = Kind.PARTIAL;
                    call.with(new Draft(Kind.OPEN, "?"));
                    advance(false);
                } else {
                    call.with(expression(0));
                }
            } while (another());
        }
        expect(")", true);
        boolean lambda =
                procedure.kind == Kind.NAME && (procedure.text.equals("function") || procedure.text.equals("\u03bb"));
        return lambda ? lambda(call) : call;
    }

    private Draft lambda(Draft call) {
        Draft lambda = new Draft(Kind.LAMBDA, "");
        for (int i = 1; i < call.parts.size(); i++) {
            if (call.part(i).kind != Kind.VARIABLE) {
                throw new SyntaxException(
                        "Parameter " + i + " of function definition must be a variable name (start with $)");
            }
            lambda.with(call.part(i));
        }
        if (token.is("<")) {
            lambda.signature = signature();
        }
        expect("{", false);
        lambda.with(expression(0));
        expect("}", false);
        return lambda;
    }

    private Signature signature() {
        StringBuilder signature = new StringBuilder("<");
        int open = 1;
        while (open > 0 && !token.is("{") && token.kind() != Token.Kind.END) {
            advance(false);
            open += token.is("<") ? 1 : token.is(">") ? -1 : 0;
            signature.append(token.text());
        }
        expect(">", false);
        return Signature.parse(signature.toString());
    }

    private void advance(boolean afterOperand) {
        token = requireNonNull(lexer).next(afterOperand);
        if (token.is("!") || token.is("~")) {
            throw new SyntaxException("Unknown operator: " + token.shown());
        }
    }

    private void expect(String operator, boolean endsOperand) {
        if (!token.is(operator)) {
            throw new SyntaxException(
                    token.kind() == Token.Kind.END
                            ? "Expected \"" + operator + "\" before end of expression"
                            : "Expected \"" + operator + "\", got " + token.shown());
        }
        advance(endsOperand);
    }
}
