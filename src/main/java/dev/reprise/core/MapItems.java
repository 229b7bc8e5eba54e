package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ItemProcessor;
import dev.reprise.asl.State;
import dev.reprise.asl.Value;
import dev.reprise.execution.ErrorNames;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import org.jspecify.annotations.Nullable;

/** A Map's items, and what each child gets of its item. */
final class MapItems {

    private final @Nullable Expression items;
    /** What an error calls the place where no array was found; null in JSONata, which calls it nothing. */
    private final @Nullable String path;

    /** The JSONata expression that gives the items; null where there is none. */
    private final @Nullable String expression;

    private final @Nullable Expression selector;
    /** Whether the members of an object are items too, which AWS knows of distributed Maps only. */
    private final boolean takesObjects;

    MapItems(State.Map state, Flow flow, Compiler compiler) {
        this.items = compiler.value(state, state.items(), "Items");
        this.path = switch (flow) {
            case JsonPathFlow jsonPath -> state.items() instanceof Value.Path(String text) ? spoken(text) : "$";
            case JsonataFlow jsonata -> null;
        };
        this.expression = state.items() instanceof Value.Jsonata(String text) ? text : null;
        this.selector = compiler.template(state, state.itemSelector(), "ItemSelector");
        this.takesObjects = state.processor().mode() == ItemProcessor.Mode.DISTRIBUTED;
    }

    /** The context object's root is spelt as the input's. */
    private static String spoken(String text) {
        return text.startsWith("$$") ? text.substring(1) : text;
    }

    /**
     * The items, when they do not come from a data set.
     *
     * @return an array, or of a distributed Map an object too
     * @throws EvaluationException when they are neither
     */
    JsonNode list(StateEnvironment environment) {
        JsonNode list = items == null ? environment.input() : items.evaluate(environment);
        if (list.isArray() || (takesObjects && list.isObject())) {
            return list;
        }
        if (path != null) {
            throw new EvaluationException(ErrorNames.RUNTIME, "Reference path \"" + path + "\" must point to array.");
        }
        if (list.isObject() && expression != null) {
            throw new EvaluationException(
                    ErrorNames.QUERY_EVALUATION_ERROR,
                    "The JSONata expression '" + expression.strip() + "' specified for the field 'Items' returned an"
                            + " unexpected result type. Expected 'array', but was 'object' for value: " + list,
                    "Items");
        }
        throw new EvaluationException(
                ErrorNames.QUERY_EVALUATION_ERROR, "Map state input must be an array but was: " + list);
    }

    /** Whether a child gets something else than its item. */
    boolean shapes() {
        return selector != null;
    }

    /** What {@code ItemSelector} makes of an item. */
    JsonNode shaped(MapItem item, Scope scope, JsonNode worked, Execution execution) {
        return selector == null
                ? item.input()
                : selector.evaluate(new StateEnvironment(scope, execution, worked, null, null, item));
    }
}
