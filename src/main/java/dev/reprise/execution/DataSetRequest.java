package dev.reprise.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ItemReader;
import dev.reprise.asl.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Where a distributed Map's items come from.
 *
 * @param resource such as {@code arn:aws:states:::s3:getObject}
 * @param parameters the request, evaluated: {@code Bucket}, {@code Key}, {@code Prefix}, …
 * @param config how what is found there is read
 * @param maxItems at most so many items are read; null for all
 */
public record DataSetRequest(
        Resource resource,
        JsonNode parameters,
        ItemReader.ReaderConfig config,
        @Nullable Long maxItems) {}
