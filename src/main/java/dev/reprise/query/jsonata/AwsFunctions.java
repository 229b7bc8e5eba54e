package dev.reprise.query.jsonata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.query.Digests;
import dev.reprise.query.Uuids;
import dev.reprise.query.jsonata.base.JsonataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What AWS adds to JSONata. Undefined arguments give undefined; fractions are cut off, not rounded. */
final class AwsFunctions {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private AwsFunctions() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.ofDefined(
                        "parse", "<s-:x>", 1, (text, arguments, evaluation) -> parse(text.textValue(), evaluation)),
                Builtin.ofDefined(
                        "partition",
                        "<an:a>",
                        2,
                        (array, arguments, evaluation) -> partition(array, arguments.get(1), evaluation)),
                Builtin.ofDefined(
                        "range",
                        "<nnn:a>",
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
        return JsonataException.withoutCode(what);
    }

    /** From 0, included, to 1, excluded. A seed gives what {@link Random} gives for it, on AWS too. */
    private static JsonNode random(@Nullable JsonNode seed, Evaluation evaluation) {
        RandomGenerator generator =
                seed == null ? evaluation.environment().random() : new Random((long) seed.doubleValue());
        return DoubleNode.valueOf(generator.nextDouble());
    }

    /** Blank text is null, as on AWS. */
    private static JsonNode parse(String text, Evaluation evaluation) {
        evaluation.burn(1 + text.length() / 2);
        try {
            JsonNode value = MAPPER.readTree(text);
            return value.isMissingNode() ? NullNode.getInstance() : value;
        } catch (JsonProcessingException e) {
            throw failure("The value is not valid JSON: " + e.getOriginalMessage());
        }
    }

    private static @Nullable JsonNode partition(JsonNode array, @Nullable JsonNode size, Evaluation evaluation) {
        if (size == null) {
            return null;
        }
        long chunk = (long) size.doubleValue();
        if (chunk <= 0) {
            throw failure("The chunk size of $partition must be positive, but was " + size);
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

    /** Whole numbers from the first to the second, which is included when a step falls on it. */
    private static @Nullable JsonNode range(
            JsonNode first, @Nullable JsonNode last, @Nullable JsonNode step, Evaluation evaluation) {
        if (last == null || step == null) {
            return null;
        }
        long by = (long) step.doubleValue();
        if (by == 0) {
            throw failure("The step of $range must not be 0");
        }
        long from = (long) first.doubleValue();
        double count = Math.max(0, Math.floor(((double) (long) last.doubleValue() - from) / by) + 1);
        evaluation.make((long) count);
        List<JsonNode> range = new ArrayList<>((int) count);
        for (long i = 0; i < count; i++) {
            range.add(Values.number((double) (from + i * by)));
        }
        return JsonataArray.array(range);
    }

    /** Hexadecimal digest of the UTF-8 text. */
    private static @Nullable JsonNode hash(JsonNode data, @Nullable JsonNode algorithm, Evaluation evaluation) {
        if (algorithm == null) {
            return null;
        }
        evaluation.burn(40 + data.textValue().length() / 8);
        try {
            return TextNode.valueOf(Digests.hexadecimal(data.textValue(), algorithm.textValue()));
        } catch (IllegalArgumentException e) {
            throw failure(String.valueOf(e.getMessage()));
        }
    }
}
