package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.query.Uuids;
import java.util.Random;
import java.util.random.RandomGenerator;

/** {@code States.MathAdd}, {@code States.MathRandom} and {@code States.UUID}. */
final class MathFunctions {

    private MathFunctions() {}

    static JsonNode add(Arguments arguments) {
        return Numbers.node(arguments.integer(0) + arguments.integer(1));
    }

    /** A whole number from the first argument, included, to the second one, excluded; the third is a seed. */
    static JsonNode random(Arguments arguments) {
        long from = arguments.integer(0);
        long to = arguments.integer(1);
        if (from >= to) {
            throw new FunctionFailure("The start number " + from + " must be less than the end number " + to);
        }
        RandomGenerator generator = arguments.size() == 3
                ? new Random(arguments.integer(2))
                : arguments.environment().random();
        return Numbers.node(generator.nextLong(from, to));
    }

    static JsonNode uuid(Arguments arguments) {
        return TextNode.valueOf(Uuids.draw(arguments.environment().random()).toString());
    }
}
