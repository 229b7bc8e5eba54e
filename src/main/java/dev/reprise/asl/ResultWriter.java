package dev.reprise.asl;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Where a distributed Map's results go.
 *
 * @param resource such as {@code arn:aws:states:::s3:putObject}; null when the results stay in the output
 * @param parameters template of the request; null when absent
 * @param transformation {@code WriterConfig.Transformation}: {@code NONE}, {@code COMPACT} or {@code FLATTEN}; null
 *     when absent
 * @param outputType {@code WriterConfig.OutputType}: {@code JSON} or {@code JSONL}; null when absent
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html">AWS,
 *     ResultWriter</a>
 */
public record ResultWriter(
        @Nullable Resource resource,
        @Nullable JsonNode parameters,
        @Nullable String transformation,
        @Nullable String outputType) {}
