package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.jsonata.base.JsonataException;
import dev.reprise.query.jsonata.base.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a function takes, such as {@code <s-nn?:s>}: types, which arguments may be left out, and which one is then the
 * context value. What a function gives is not checked.
 *
 * @see <a href="https://docs.jsonata.org/embedding-extending#function-signature-syntax">JSONata, function
 *     signatures</a>
 */
record Signature(List<Parameter> parameters) {

    private static final String ALL = "asnblfom";

    /** What {@code T0412} calls the elements of an array, by the type in the signature. */
    private static final Map<String, String> ELEMENTS =
            Map.of("a", "arrays", "b", "booleans", "f", "functions", "n", "numbers", "o", "objects", "s", "strings");

    /**
     * One parameter.
     *
     * @param types symbols of the types that it may have
     * @param array whether a value that is no array becomes one
     * @param elements the type of an array's elements; empty for any
     * @param context whether the context value stands for it when it is left out
     */
    record Parameter(
            String types, boolean array, String elements, boolean optional, boolean repeated, boolean context) {
        boolean takes(char type) {
            return types.indexOf(type) >= 0;
        }

        private Parameter optional(boolean fromContext) {
            return new Parameter(types, array, elements, true, repeated, fromContext);
        }
    }

    /**
     * Reads a signature.
     *
     * @throws SyntaxException when it is none
     */
    static Signature parse(String text) {
        List<Parameter> parameters = new ArrayList<>();
        int end = text.endsWith(">") ? text.length() - 1 : text.length();
        for (int at = 1; at < end && text.charAt(at) != ':'; at++) {
            char symbol = text.charAt(at);
            int last = parameters.size() - 1;
            switch (symbol) {
                case 's', 'n', 'b', 'l', 'o' -> parameters.add(of(symbol + "m", false));
                case 'a' -> parameters.add(of(ALL, true));
                case 'f' -> parameters.add(of("f", false));
                case 'j' -> parameters.add(of("asnblom", false));
                case 'x' -> parameters.add(of(ALL, false));
                case '(' -> {
                    int close = closing(text, at, '(', ')');
                    String choice = text.substring(at + 1, close);
                    if (choice.indexOf('<') >= 0) {
                        throw new SyntaxException("Choice groups containing parameterized types are not supported");
                    }
                    parameters.add(of(choice + "m", false));
                    at = close;
                }
                case '-' -> {
                    if (last >= 0) {
                        parameters.set(last, parameters.get(last).optional(true));
                    }
                }
                case '?' -> {
                    if (last >= 0) {
                        parameters.set(last, parameters.get(last).optional(false));
                    }
                }
                case '+' -> {
                    if (last >= 0) {
                        Parameter one = parameters.get(last);
                        parameters.set(
                                last,
                                new Parameter(one.types, one.array, one.elements, one.optional, true, one.context));
                    }
                }
                case '<' -> {
                    Parameter one = last < 0 ? null : parameters.get(last);
                    if (one == null || !(one.array || one.types.equals("f"))) {
                        throw new SyntaxException("Type parameters can only be applied to functions and arrays");
                    }
                    int close = closing(text, at, '<', '>');
                    parameters.set(
                            last,
                            new Parameter(
                                    one.types,
                                    one.array,
                                    text.substring(at + 1, close),
                                    one.optional,
                                    one.repeated,
                                    one.context));
                    at = close;
                }
                default -> {}
            }
        }
        return new Signature(List.copyOf(parameters));
    }

    private static Parameter of(String types, boolean array) {
        return new Parameter(types, array, "", false, false, false);
    }

    private static int closing(String text, int open, char opens, char closes) {
        int depth = 0;
        for (int at = open; at < text.length(); at++) {
            char c = text.charAt(at);
            depth += c == opens ? 1 : c == closes ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        return text.length() - 1;
    }

    /**
     * The arguments as the function takes them: with the context value in its place, and arrays where arrays are
     * wanted.
     *
     * @throws JsonataException T0410 to T0412 when they do not fit
     */
    List<@Nullable JsonNode> check(
            List<@Nullable JsonNode> arguments, @Nullable JsonNode context, Evaluation evaluation) {
        char[] given = new char[arguments.size()];
        for (int i = 0; i < given.length; i++) {
            given[i] = Values.type(arguments.get(i));
        }
        int[] counts = new int[parameters.size()];
        if (!fits(given, counts, evaluation)) {
            throw JsonataException.of("T0410").index(mismatch(given, evaluation));
        }
        List<@Nullable JsonNode> checked = new ArrayList<>(parameters.size());
        int at = 0;
        for (int p = 0; p < counts.length; p++) {
            Parameter parameter = parameters.get(p);
            if (counts[p] == 0) {
                if (parameter.context()) {
                    if (!parameter.takes(Values.type(context))) {
                        throw JsonataException.of("T0411").index(at + 1);
                    }
                    checked.add(context);
                } else {
                    checked.add(at < given.length ? arguments.get(at) : null);
                    at++;
                }
            }
            for (int i = 0; i < counts[p]; i++, at++) {
                JsonNode argument = arguments.get(at);
                checked.add(parameter.array() ? array(parameter, argument, at, evaluation) : argument);
            }
        }
        return checked;
    }

    private static @Nullable JsonNode array(
            Parameter parameter, @Nullable JsonNode argument, int at, Evaluation evaluation) {
        if (argument == null) {
            return null;
        }
        String elements = parameter.elements();
        if (!argument.isArray()) {
            if (!elements.isEmpty() && !elements.equals(String.valueOf(Values.type(argument)))) {
                throw JsonataException.of("T0412").index(at + 1).type(elementsOf(elements));
            }
            return JsonataArray.array(List.of(argument));
        }
        if (!elements.isEmpty()) {
            evaluation.burn(argument.size() / 4);
            for (JsonNode element : argument) {
                if (Values.type(element) != elements.charAt(0)) {
                    throw JsonataException.of("T0412").index(at + 1).type(elementsOf(elements));
                }
            }
        }
        return argument;
    }

    private static String elementsOf(String type) {
        return ELEMENTS.getOrDefault(type, "values");
    }

    /**
     * Assigns arguments to parameters, the first ones taking as many as they may: {@code counts} then says how many
     * each one takes.
     */
    private boolean fits(char[] given, int[] counts, Evaluation evaluation) {
        return assign(given, counts, true, evaluation) == given.length;
    }

    /** Which argument does not fit, counted from 1. */
    private int mismatch(char[] given, Evaluation evaluation) {
        int good = 0;
        for (int upTo = 1; upTo <= parameters.size(); upTo++) {
            int reached = assign(given, new int[upTo], false, evaluation);
            if (reached < 0) {
                return good + 1;
            }
            good = reached;
        }
        return good + 1;
    }

    /**
     * How many arguments the first {@code counts.length} parameters take; negative when they do not fit.
     *
     * @param all whether no argument may be left over
     */
    private int assign(char[] given, int[] counts, boolean all, Evaluation evaluation) {
        evaluation.burn((long) counts.length * (given.length + 1) / 16);
        // possible[p][a]: the parameters from p on can take the arguments from a on.
        boolean[][] possible = new boolean[counts.length + 1][given.length + 1];
        for (int a = 0; a <= given.length; a++) {
            possible[counts.length][a] = !all || a == given.length;
        }
        for (int p = counts.length - 1; p >= 0; p--) {
            Parameter parameter = parameters.get(p);
            for (int a = given.length; a >= 0; a--) {
                boolean takes = a < given.length && parameter.takes(given[a]);
                possible[p][a] = (parameter.optional() && possible[p + 1][a])
                        || (takes && (possible[p + 1][a + 1] || (parameter.repeated() && possible[p][a + 1])));
            }
        }
        if (!possible[0][0]) {
            return -1;
        }
        int at = 0;
        for (int p = 0; p < counts.length; p++) {
            Parameter parameter = parameters.get(p);
            while (at < given.length
                    && parameter.takes(given[at])
                    && (counts[p] == 0 || parameter.repeated())
                    && (possible[p + 1][at + 1] || (parameter.repeated() && possible[p][at + 1]))) {
                at++;
                counts[p]++;
            }
        }
        return at;
    }
}
