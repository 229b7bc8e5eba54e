package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.reprise.query.Environment;
import dev.reprise.query.Fuel;
import dev.reprise.query.QueryLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation: what it sees, and what it has taken of what it may take. Everything that bounds it is counted, so it
 * ends in the same way on every machine. Not for use by several threads.
 *
 * <p>A unit of fuel is about the work of one evaluated node. Work that is done for each element or character costs a
 * part of a unit, and at least one as a whole.
 */
final class Evaluation {

    /** What an element of an array counts at least, in bytes. */
    private static final int ELEMENT = 8;

    /** Characters that are looked at or copied for one unit. */
    private static final int CHARACTERS = 16;

    /** What the digits of a number cost that is no small whole number. */
    private static final int DIGITS = 40;

    private final Environment environment;
    private final QueryLimits limits;
    private final Fuel fuel;
    private final Frame root = new Frame(null);
    private int depth;

    Evaluation(Environment environment, QueryLimits limits) {
        this.environment = environment;
        this.limits = limits;
        this.fuel = environment.fuel();
        fuel.allow(limits.fuel());
    }

    Environment environment() {
        return environment;
    }

    /** The outermost frame, around which the workflow's variables and the functions are. */
    Frame root() {
        return root;
    }

    /** Takes fuel for work that is about to be done. */
    void burn(long units) {
        fuel.burn(units);
    }

    /** Takes fuel for looking at a text, or copying it. */
    void burnText(long characters) {
        fuel.burn(1 + characters / CHARACTERS);
    }

    /** Takes fuel for writing a number as text, or reading one: whole numbers of 32 bits are quick. */
    void burnDigits(JsonNode number) {
        fuel.burn(number.isInt() ? 1 : DIGITS);
    }

    /** Takes fuel for elements that are about to be made, and refuses an array of them that is too large. */
    void make(long elements) {
        if (elements * ELEMENT > limits.resultBytes()) {
            throw JsonataException.tooLarge();
        }
        fuel.burn(1 + elements);
    }

    /** Takes fuel for a text that is about to be made, and refuses one that is too long. */
    void makeText(double characters) {
        checkText(characters);
        burnText((long) characters);
    }

    /** Refuses a text that is, or is about to become, too long. */
    void checkText(double characters) {
        if (characters > limits.resultBytes()) {
            throw JsonataException.tooLarge();
        }
    }

    /** An element is added to what now has {@code size} of them. */
    void added(int size) {
        make(size > limits.resultBytes() / ELEMENT ? size : 1);
    }

    void enter() {
        if (++depth > limits.depth()) {
            throw JsonataException.deep(depth, limits.depth());
        }
        fuel.burn(1);
    }

    void leave() {
        depth--;
    }

    /** How large a value may be as JSON. */
    int resultBytes() {
        return limits.resultBytes();
    }

    /** What {@code $name} is in {@code frame}; null when it is undefined. */
    @Nullable
    JsonNode variable(String name, Frame frame) {
        int steps = 0;
        for (Frame at = frame; at != null; at = at.outer()) {
            int index = at.find(name);
            steps += 1 + at.size();
            if (index >= 0) {
                burn(steps / CHARACTERS);
                return at.value(index);
            }
        }
        burn(steps / CHARACTERS);
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
