package dev.reprise.query;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSONata expression in a definition, compiled once by dashjoin's engine. Its syntax tree is not changed by evaluation, so threads share it. */
final class JsonataExpression implements Expression {

    private static final String STATES = "states";

    private final String text;
    private final String location;
    private final QueryLimits limits;
    private final Jsonata compiled;
    private final List<String> variables;
    private final boolean readsStates;
    private final boolean callsOurs;
    private final boolean arithmetic;

    /**
     * Compiles {@code text}.
     *
     * @param location where it stands, such as {@code Output/total}
     * @throws IllegalArgumentException when it is not well-formed
     */
    JsonataExpression(String text, String location, QueryLimits limits) {
        this.text = text;
        this.location = location;
        this.limits = limits;
        Jsonata asWritten = compile(text);
        PatternLiterals patterns = PatternLiterals.of(text);
        compiled = patterns.values().isEmpty() ? asWritten : compile(patterns.text());
        compiled.setValidateInput(false);
        compiled.setOutputConvertNulls(false);
        List<String> names = JsonataScanner.variableNames(text);
        readsStates = names.contains(STATES);
        variables = names.stream().filter(name -> !name.equals(STATES)).toList();
        arithmetic = isArithmetic(text);
        patterns.values().forEach(compiled::assign);
        boolean callsFunctions = JsonataFunctions.register(compiled, names);
        callsOurs = callsFunctions || !patterns.values().isEmpty();
    }

    private static Jsonata compile(String text) {
        try {
            return Jsonata.jsonata(text);
        } catch (RuntimeException | StackOverflowError e) {
            throw new IllegalArgumentException("'" + text + "' is not a JSONata expression: " + e.getMessage(), e);
        }
    }

    @Override
    public JsonNode evaluate(Environment environment) {
        JsonataBounds bounds = new JsonataBounds(limits);
        return callsOurs
                ? new JsonataEvaluation(environment, bounds).run(() -> inBounds(environment, bounds))
                : inBounds(environment, bounds);
    }

    private JsonNode inBounds(Environment environment, JsonataBounds bounds) {
        try {
            Object value = compiled.evaluate(null, frame(environment, bounds));
            if (value == null) {
                throw JsonataFailure.undefined(text, location);
            }
            return JsonataValues.node(value, limits.resultBytes());
        } catch (EvaluationException e) {
            throw e;
        } catch (JsonataValues.NotJson e) {
            throw JsonataFailure.of(text, location, "returned an unsupported result type.");
        } catch (JException e) {
            Double infinite = infinite(e);
            if (infinite != null) {
                return TextNode.valueOf(infinite.toString());
            }
            throw JsonataFailure.of(text, location, JsonataErrors.describe(e, text, limits));
        } catch (Throwable e) {
            // Whatever the engine or a function in it threw, stack overflow and lack of memory too: an expression must
            // never take the execution's process down.
            throw JsonataFailure.of(text, location, JsonataErrors.describe(e, text, limits));
        }
    }

    /** The number that is an arithmetic expression's value though JSON has none like it: AWS writes it as text, and the engine refuses it. */
    private @Nullable Double infinite(JException e) {
        boolean outOfRange = arithmetic && "D1001".equals(e.getError());
        return outOfRange && e.getCurrent() instanceof Double number ? number : null;
    }

    private static boolean isArithmetic(String text) {
        try {
            return JsonataParser.parse(text) instanceof JsonataNode.Arithmetic;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Frame frame(Environment environment, JsonataBounds bounds) {
        Frame frame = new Frame(null);
        bounds.watch(frame);
        if (readsStates) {
            frame.bind(STATES, (Object) new StatesView(environment));
        }
        for (String name : variables) {
            JsonNode value = environment.variable(name);
            if (value != null) {
                frame.bind(name, JsonataValues.view(value));
            }
        }
        return frame;
    }
}
