package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.ItemBatcher;
import dev.reprise.asl.State;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Groups a distributed Map's items, so that each child gets several.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html">AWS, ItemBatcher</a>
 */
final class ItemBatches {

    private static final String ITEMS = "Items";

    private final @Nullable Expression batchInput;
    private final @Nullable NumberField maxItems;
    private final @Nullable NumberField maxBytes;

    ItemBatches(State.Map state, ItemBatcher batcher, String typeError, Compiler compiler) {
        this.batchInput = compiler.template(state, batcher.batchInput(), "ItemBatcher/BatchInput");
        this.maxItems = NumberField.of(state, batcher.maxItemsPerBatch(), "MaxItemsPerBatch", typeError, compiler);
        this.maxBytes =
                NumberField.of(state, batcher.maxInputBytesPerBatch(), "MaxInputBytesPerBatch", typeError, compiler);
    }

    /**
     * The batches, in order.
     *
     * @param items what {@code ItemSelector} makes of the item of this index
     * @param payloadBytes no batch is larger, whatever the state says
     * @throws EvaluationException when an item is too large for a batch of its own
     */
    ArrayNode of(int count, IntFunction<JsonNode> items, StateEnvironment environment, long payloadBytes) {
        long most = limit(maxItems, environment, Integer.MAX_VALUE);
        long mostBytes = Math.min(limit(maxBytes, environment, payloadBytes), payloadBytes);
        JsonNode input = batchInput == null ? null : batchInput.evaluate(environment);
        long frame = JsonSize.of(batch(input, JsonNodeFactory.instance.arrayNode()));
        ArrayNode batches = JsonNodeFactory.instance.arrayNode();
        ArrayNode current = JsonNodeFactory.instance.arrayNode();
        long bytes = frame;
        for (int i = 0; i < count; i++) {
            JsonNode item = items.apply(i);
            long size = JsonSize.of(item) + 1;
            if (frame + size > mostBytes) {
                throw new EvaluationException(
                        ErrorNames.DATA_LIMIT_EXCEEDED,
                        "Item " + i + " takes " + size + " bytes, which is more than a batch of " + mostBytes
                                + " bytes can hold.");
            }
            if (current.size() >= most || (!current.isEmpty() && bytes + size > mostBytes)) {
                batches.add(batch(input, current));
                current = JsonNodeFactory.instance.arrayNode();
                bytes = frame;
            }
            current.add(item);
            bytes += size;
        }
        if (!current.isEmpty()) {
            batches.add(batch(input, current));
        }
        return batches;
    }

    private static long limit(@Nullable NumberField field, StateEnvironment environment, long otherwise) {
        if (field == null) {
            return otherwise;
        }
        long limit = field.integer(environment);
        if (limit < 0) {
            throw field.wrong(field.name() + " cannot be negative.");
        }
        return limit == 0 ? otherwise : limit;
    }

    private static ObjectNode batch(@Nullable JsonNode input, ArrayNode items) {
        ObjectNode batch = JsonNodeFactory.instance.objectNode();
        if (input != null) {
            batch.set("BatchInput", input);
        }
        return batch.set(ITEMS, items);
    }
}
