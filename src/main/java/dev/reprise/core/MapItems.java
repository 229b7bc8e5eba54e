package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.State;
import dev.reprise.asl.Value;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import org.jspecify.annotations.Nullable;

/** A Map's items, and what each child gets of its item. */
final class MapItems {

    private final @Nullable Expression items;
    /** What an error calls the place where no array was found; null in JSONata, which calls it nothing. */
    private final @Nullable String path;

    private final @Nullable Expression selector;

    MapItems(State.Map state, Flow flow, Compiler compiler) {
        this.items = compiler.value(state, state.items(), "Items");
        this.path = switch (flow) {
            case JsonPathFlow jsonPath -> state.items() instanceof Value.Path(String text) ? spoken(text) : "$";
            case JsonataFlow jsonata -> null;
        };
        this.selector = compiler.template(state, state.itemSelector(), "ItemSelector");
    }

    /** The context object's root is spelt as the input's. */
    private static String spoken(String text) {
        return text.startsWith("$$") ? text.substring(1) : text;
    }

    /**
     * The items, when they do not come from a data set.
     *
     * @throws EvaluationException when they are no array
     */
    JsonNode list(StateEnvironment environment) {
        JsonNode list = items == null ? environment.input() : items.evaluate(environment);
        if (list.isArray()) {
            return list;
        }
        if (path != null) {
            throw new EvaluationException(ErrorNames.RUNTIME, "Reference path \"" + path + "\" must point to array.");
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
                ? item.value()
                : selector.evaluate(new StateEnvironment(scope, execution, worked, null, null, item));
    }
}
