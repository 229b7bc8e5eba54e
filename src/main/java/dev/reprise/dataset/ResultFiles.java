package dev.reprise.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.MapResults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes the results of distributed Maps: files for what became of the items, and a manifest that names them.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html">AWS,
 *     ResultWriter</a>
 */
public final class ResultFiles {

    private static final String LINES = "JSONL";
    private static final SerializableString NEW_LINE = new SerializedString("\n");

    private final ObjectStore store;

    /** Writes to {@code store}. */
    public ResultFiles(ObjectStore store) {
        this.store = store;
    }

    /**
     * Writes a part.
     *
     * @return what {@link MapResults} says that the part is answered with
     * @throws DataSetException when it cannot be written
     */
    public JsonNode write(MapResults results) {
        JsonNode bucket = results.parameters().path("Bucket");
        if (!bucket.isTextual()) {
            throw new DataSetException("The ResultWriter's 'Bucket' must be a string but was: " + bucket);
        }
        return switch (results.part()) {
            case MapResults.File file -> file(results, file, bucket.textValue());
            case MapResults.Manifest manifest -> manifest(results, manifest, bucket.textValue());
        };
    }

    private ObjectNode file(MapResults results, MapResults.File file, String bucket) {
        String key = folder(results) + file.group() + "_" + file.number() + "."
                + file.outputType().toLowerCase(Locale.ROOT);
        byte[] content = content(file);
        store.put(bucket, key, content);
        return JsonNodeFactory.instance.objectNode().put("Key", key).put("Size", content.length);
    }

    private ObjectNode manifest(MapResults results, MapResults.Manifest manifest, String bucket) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("DestinationBucket", bucket).put("MapRunArn", results.mapRunArn());
        content.set("ResultFiles", manifest.files());
        String key = folder(results) + "manifest.json";
        store.put(bucket, key, bytes(content));
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("MapRunArn", results.mapRunArn());
        result.putObject("ResultWriterDetails").put("Bucket", bucket).put("Key", key);
        return result;
    }

    private static String folder(MapResults results) {
        String prefix = results.parameters().path("Prefix").asText();
        String run = results.mapRunArn().substring(results.mapRunArn().lastIndexOf(':') + 1);
        return (prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/") + run + "/";
    }

    /** An array, or a line for each value. */
    private static byte[] content(MapResults.File file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean lines = file.outputType().equals(LINES);
        try (JsonGenerator out = JsonItems.JSON.createGenerator(bytes)) {
            if (lines) {
                out.setRootValueSeparator(NEW_LINE);
            } else {
                out.writeStartArray();
            }
            for (JsonNode value : file.values()) {
                out.writeTree(value);
            }
            if (!lines) {
                out.writeEndArray();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Nothing can fail in memory", e);
        }
        if (lines) {
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(JsonNode value) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }
}
