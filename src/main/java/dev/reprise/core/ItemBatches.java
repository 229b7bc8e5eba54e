package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.ItemBatcher;
import dev.reprise.asl.State;
import dev.reprise.execution.ErrorNames;
import dev.reprise.execution.ItemList;
import dev.reprise.execution.JsonSize;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Groups a distributed Map's items, so that each child gets several.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html">AWS,
 *     ItemBatcher</a>
 */
final class ItemBatches {

    private static final String ITEMS = "Items";

    /** Where its fields stand in the state. */
    private static final String PLACE = "ItemBatcher/";

    private final @Nullable Expression batchInput;
    private final @Nullable NumberField maxItems;
    private final @Nullable NumberField maxBytes;

    ItemBatches(State.Map state, ItemBatcher batcher, String typeError, Compiler compiler) {
        this.batchInput = compiler.template(state, batcher.batchInput(), PLACE + "BatchInput");
        this.maxItems =
                NumberField.of(state, batcher.maxItemsPerBatch(), PLACE, "MaxItemsPerBatch", typeError, compiler);
        this.maxBytes = NumberField.of(
                state, batcher.maxInputBytesPerBatch(), PLACE, "MaxInputBytesPerBatch", typeError, compiler);
    }

    /** Where each batch ends, which is kept; its items are put together when it is asked for. */
    static final class Batches implements ItemList {

        private final @Nullable JsonNode input;
        private final int[] ends;
        private final IntFunction<JsonNode> source;

        /**
         * The batches of the items from {@code source}.
         *
         * @param input what each batch has beside its items; null when there is nothing
         * @param ends for each batch the index of the first item that is no longer in it
         */
        Batches(@Nullable JsonNode input, int[] ends, IntFunction<JsonNode> source) {
            this.input = input;
            this.ends = ends;
            this.source = source;
        }

        @Nullable
        JsonNode input() {
            return input;
        }

        int[] ends() {
            return ends;
        }

        @Override
        public int size() {
            return ends.length;
        }

        @Override
        public ObjectNode get(int index) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            for (int i = index == 0 ? 0 : ends[index - 1]; i < ends[index]; i++) {
                items.add(source.apply(i));
            }
            return batch(input, items);
        }
    }

    /**
     * The batches, in order.
     *
     * @param items what {@code ItemSelector} makes of the item of this index
     * @param execution no batch is larger than its payloads may be, whatever the state says
     * @throws EvaluationException when an item is too large for a batch of its own
     */
    Batches of(int count, IntFunction<JsonNode> items, StateEnvironment environment, Execution execution) {
        long payloadBytes = execution.payloads.mostBytes();
        long most = limit(maxItems, environment, Integer.MAX_VALUE);
        long mostBytes = Math.min(limit(maxBytes, environment, payloadBytes), payloadBytes);
        JsonNode input = batchInput == null ? null : batchInput.evaluate(environment);
        long frame = execution.payloads.bytes(batch(input, JsonNodeFactory.instance.arrayNode()), payloadBytes);
        int[] ends = new int[count];
        int batches = 0;
        int inBatch = 0;
        long bytes = frame;
        for (int i = 0; i < count; i++) {
            long size = execution.payloads.bytes(items.apply(i), payloadBytes);
            if (frame + size > mostBytes) {
                throw new EvaluationException(
                        ErrorNames.DATA_LIMIT_EXCEEDED,
                        "Item " + i + " takes " + JsonSize.of(items.apply(i)) + " bytes, which is more than a batch of "
                                + mostBytes + " bytes can hold.");
            }
            // Beyond the first, each has a comma before it.
            if (inBatch > 0 && (inBatch >= most || bytes + 1 + size > mostBytes)) {
                ends[batches++] = i;
                inBatch = 0;
                bytes = frame;
            }
            bytes += inBatch == 0 ? size : 1 + size;
            inBatch++;
        }
        if (inBatch > 0) {
            ends[batches++] = count;
        }
        return new Batches(input, Arrays.copyOf(ends, batches), items);
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
