package dev.reprise.asl;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * How a distributed Map's items are grouped into batches.
 *
 * @param batchInput template of what each batch gets beside its items; null when absent
 * @param maxItemsPerBatch null when absent
 * @param maxInputBytesPerBatch up to 262,144; null when absent
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html">AWS,
 *     ItemBatcher</a>
 */
public record ItemBatcher(
        @Nullable JsonNode batchInput,
        @Nullable Value maxItemsPerBatch,
        @Nullable Value maxInputBytesPerBatch) {}
