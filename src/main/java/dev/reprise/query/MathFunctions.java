package dev.reprise.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** {@code States.MathAdd}, {@code States.MathRandom} and {@code States.UUID}. */
final class MathFunctions {

    private MathFunctions() {}

    static JsonNode add(List<JsonNode> arguments, Environment environment) {
        return Numbers.node(Arguments.integer(arguments, 0) + Arguments.integer(arguments, 1));
    }

    /** A whole number from the first argument, included, to the second one, excluded; the third is a seed. */
    static JsonNode random(List<JsonNode> arguments, Environment environment) {
        long from = Arguments.integer(arguments, 0);
        long to = Arguments.integer(arguments, 1);
        if (from >= to) {
            throw new IntrinsicCall.Failure("The start number " + from + " must be less than the end number " + to);
        }
        RandomGenerator generator =
                arguments.size() == 3 ? new Random(Arguments.integer(arguments, 2)) : environment.random();
        return Numbers.node(generator.nextLong(from, to));
    }

    static JsonNode uuid(List<JsonNode> arguments, Environment environment) {
        return TextNode.valueOf(uuid(environment.random()).toString());
    }

    /** A UUID of version 4, variant 2. Shared with JSONata's {@code $uuid}. */
    static UUID uuid(RandomGenerator random) {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
