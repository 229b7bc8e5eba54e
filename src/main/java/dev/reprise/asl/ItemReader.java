package dev.reprise.asl;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Where a distributed Map's items come from.
 *
 * @param resource such as {@code arn:aws:states:::s3:getObject}
 * @param parameters template of the request ({@code Parameters} or {@code Arguments}); null when absent
 * @param config how the data set is read
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html">AWS, ItemReader</a>
 */
public record ItemReader(Resource resource, @Nullable JsonNode parameters, ReaderConfig config) {

    /**
     * How the data set is read.
     *
     * @param inputType {@code JSON}, {@code JSONL}, {@code CSV}, {@code MANIFEST} or {@code PARQUET}; null when absent
     * @param transformation {@code NONE} or {@code LOAD_AND_FLATTEN}; null when absent
     * @param manifestType {@code S3_INVENTORY} or {@code ATHENA_DATA}; null when absent
     * @param csvHeaderLocation {@code FIRST_ROW} or {@code GIVEN}; null when absent
     * @param csvHeaders column names as given; null when absent
     * @param csvDelimiter such as {@code COMMA}; null when absent
     * @param itemsPointer JSON pointer to the items in a JSON document; null when absent
     * @param maxItems at most so many items are read; null when absent
     */
    public record ReaderConfig(
            @Nullable String inputType,
            @Nullable String transformation,
            @Nullable String manifestType,
            @Nullable String csvHeaderLocation,
            @Nullable JsonNode csvHeaders,
            @Nullable String csvDelimiter,
            @Nullable String itemsPointer,
            @Nullable Value maxItems) {}
}
