package dev.reprise.query.jsonata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import dev.reprise.query.Digests;
import dev.reprise.query.Uuids;
import dev.reprise.query.jsonata.base.JsonataException;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What AWS adds to JSONata. An undefined first argument gives undefined; fractions are cut off, not rounded. */
final class AwsFunctions {

    private static final String INVALID_JSON = "Invalid JSON";

    /** Takes one document, which repeats no key and may quote with apostrophes. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .nodeFactory(new Numbers())
            .build();

    private AwsFunctions() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.ofDefined(
                        "parse", "<s-:x>", 1, (text, arguments, evaluation) -> parse(text.textValue(), evaluation)),
                Builtin.ofDefined(
                        "partition",
                        "<jn?:a>",
                        2,
                        (array, arguments, evaluation) -> partition(array, arguments.get(1), evaluation)),
                Builtin.ofDefined(
                        "range",
                        "<nnn?:a>",
                        3,
                        (first, arguments, evaluation) -> range(first, arguments.get(1), arguments.get(2), evaluation)),
                Builtin.ofDefined(
                        "hash", "<ss:s>", 2, (data, arguments, evaluation) -> hash(data, arguments.get(1), evaluation)),
                Builtin.of("random", "<n?:n>", 1, (arguments, evaluation) -> random(arguments.get(0), evaluation)),
                Builtin.of(
                        "uuid",
                        "<:s>",
                        0,
                        (arguments, evaluation) -> TextNode.valueOf(
                                Uuids.draw(evaluation.environment().random()).toString())));
    }

    private static JsonataException failure(String what) {
        return JsonataException.ofAuthor("D3137", what);
    }

    /** From 0, included, to 1, excluded. A seed gives what {@link Random} gives for it, on AWS too. */
    private static JsonNode random(@Nullable JsonNode seed, Evaluation evaluation) {
        RandomGenerator generator =
                seed == null ? evaluation.environment().random() : new Random((long) seed.doubleValue());
        return DoubleNode.valueOf(generator.nextDouble());
    }

    private static JsonNode parse(String text, Evaluation evaluation) {
        evaluation.burn(1 + text.length() / 2);
        try {
            JsonNode value = MAPPER.readTree(text);
            if (!value.isMissingNode()) {
                return value;
            }
        } catch (JsonProcessingException e) {
            // Nothing of it is told.
        }
        throw failure(INVALID_JSON);
    }

    /** All in one chunk where no size is given; undefined where there is nothing to take or to fill. */
    private static @Nullable JsonNode partition(JsonNode array, @Nullable JsonNode size, Evaluation evaluation) {
        if (!array.isArray()) {
            throw JsonataException.of("T0412").index(1);
        }
        if (size == null) {
            return JsonataArray.array(List.of(array));
        }
        long chunk = (long) size.doubleValue();
        if (chunk < 0) {
            throw failure("Second argument must be zero or greater");
        }
        if (chunk == 0 || array.isEmpty()) {
            return null;
        }
        evaluation.make(array.size());
        JsonataArray chunks = JsonataArray.array();
        JsonataArray last = JsonataArray.array();
        for (JsonNode element : array) {
            if (last.items().isEmpty()) {
                chunks.items().add(last);
            }
            last.items().add(element);
            if (last.items().size() >= chunk) {
                evaluation.burn(1);
                last = JsonataArray.array();
            }
        }
        return chunks;
    }

    /** Whole numbers from the first to the second, which is included when a step falls on it; a sequence. */
    private static @Nullable JsonNode range(
            JsonNode first, @Nullable JsonNode last, @Nullable JsonNode step, Evaluation evaluation) {
        long by = step == null ? 0 : (long) step.doubleValue();
        if (last == null || by == 0) {
            return null;
        }
        long from = (long) first.doubleValue();
        double count = Math.max(0, Math.floor(((double) (long) last.doubleValue() - from) / by) + 1);
        evaluation.make((long) count);
        JsonataArray range = JsonataArray.sequence();
        for (long i = 0; i < count; i++) {
            range.items().add(Values.number((double) (from + i * by)));
        }
        return range;
    }

    /** Hexadecimal digest of the UTF-8 text. */
    private static JsonNode hash(JsonNode data, @Nullable JsonNode algorithm, Evaluation evaluation) {
        evaluation.burn(40 + data.textValue().length() / 8);
        String name = algorithm == null ? "null" : algorithm.textValue();
        try {
            return TextNode.valueOf(Digests.hexadecimal(data.textValue(), name));
        } catch (IllegalArgumentException e) {
            throw failure("Hash algorithm '" + name + "' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5");
        }
    }

    /** Makes numbers as an expression makes them: whole ones have no fraction, and none is infinite. */
    private static final class Numbers extends JsonNodeFactory {

        private static final long serialVersionUID = 1L;

        @Override
        public NumericNode numberNode(double value) {
            if (!Double.isFinite(value)) {
                throw failure(INVALID_JSON);
            }
            return (NumericNode) Values.number(value);
        }

        @Override
        public ValueNode numberNode(@Nullable BigInteger value) {
            return value == null ? nullNode() : numberNode(value.doubleValue());
        }
    }
}
