package dev.reprise.query;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A JSONata expression in a definition, compiled once by dashjoin's engine. Its syntax tree is not changed by evaluation, so threads share it. */
final class JsonataExpression implements Expression {

    private static final String STATES = "states";

    private final String text;
    private final String location;
    private final QueryLimits limits;
    private final Jsonata compiled;
    private final List<String> variables;
    private final boolean readsStates;
    private final boolean asksEnvironment;

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
        try {
            compiled = Jsonata.jsonata(text);
        } catch (RuntimeException | StackOverflowError e) {
            throw new IllegalArgumentException("'" + text + "' is not a JSONata expression: " + e.getMessage(), e);
        }
        compiled.setValidateInput(false);
        compiled.setOutputConvertNulls(false);
        List<String> names = JsonataScanner.variableNames(text);
        readsStates = names.contains(STATES);
        variables = names.stream().filter(name -> !name.equals(STATES)).toList();
        asksEnvironment = JsonataFunctions.register(compiled, names);
    }

    @Override
    public JsonNode evaluate(Environment environment) {
        return asksEnvironment
                ? JsonataFunctions.seeing(environment, () -> inBounds(environment))
                : inBounds(environment);
    }

    private JsonNode inBounds(Environment environment) {
        try {
            Object value = compiled.evaluate(null, frame(environment));
            if (value == null) {
                throw JsonataFailure.undefined(text, location);
            }
            return JsonataValues.node(value, limits.resultBytes());
        } catch (EvaluationException e) {
            throw e;
        } catch (JsonataValues.NotJson e) {
            throw JsonataFailure.of(text, location, "returned an unsupported result type.");
        } catch (Throwable e) {
            // Whatever the engine or a function in it threw, stack overflow and lack of memory too: an expression must
            // never take the execution's process down.
            throw JsonataFailure.of(text, location, JsonataErrors.describe(e, text, limits));
        }
    }

    private Frame frame(Environment environment) {
        Frame frame = new Frame(null);
        new JsonataBounds(limits).watch(frame);
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
