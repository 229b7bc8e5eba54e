package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.reprise.query.Environment;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.jsonata.base.Meter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One evaluation: what it sees, and what it takes. Not for use by several threads. */
final class Evaluation extends Meter {

    private final Environment environment;
    private final Frame root = new Frame(null);

    Evaluation(Environment environment, QueryLimits limits) {
        super(limits, environment.fuel());
        this.environment = environment;
    }

    Environment environment() {
        return environment;
    }

    /** The outermost frame, around which the workflow's variables and the functions are. */
    Frame root() {
        return root;
    }

    /** What {@code $name} is in {@code frame}; null when it is undefined. */
    @Nullable
    JsonNode variable(String name, Frame frame) {
        int steps = 0;
        for (Frame at = frame; at != null; at = at.outer()) {
            int index = at.find(name);
            steps += 1 + at.size();
            if (index >= 0) {
                burnNames(steps);
                return at.value(index);
            }
        }
        burnNames(steps);
        if (name.equals("states")) {
            JsonNode states = new StatesObject(environment);
            root.bind(name, states);
            return states;
        }
        JsonNode variable = environment.variable(name);
        return variable != null ? variable : Library.function(name);
    }

    /** Calls {@code function} from inside of another function, which takes more of the stack than other calls. */
    @Nullable
    JsonNode call(JsonNode function, List<@Nullable JsonNode> arguments) {
        enter();
        JsonNode result = Calls.apply(function, arguments, null, null, this);
        leave();
        return result;
    }

    /** Calls a function that is given a value, and, if it takes so many, where it stands and what it stands in. */
    @Nullable
    JsonNode callback(FunctionValue function, JsonNode value, JsonNode position, JsonNode whole) {
        return call(
                function,
                switch (function.parameters()) {
                    case 0, 1 -> List.of(value);
                    case 2 -> List.of(value, position);
                    default -> List.of(value, position, whole);
                });
    }

    /** A sequence or array of the engine's, for adding to. */
    static ArrayNode arrayOf(JsonNode value) {
        return value instanceof ArrayNode array ? array : JsonataArray.sequence(value);
    }
}
