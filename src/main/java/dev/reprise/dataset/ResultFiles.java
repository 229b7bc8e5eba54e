package dev.reprise.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.MapResults;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the results of distributed Maps: a file for each status that an item has, and a manifest that names them.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html">AWS, ResultWriter</a>
 */
public final class ResultFiles {

    private final ObjectStore store;

    /** Writes to {@code store}. */
    public ResultFiles(ObjectStore store) {
        this.store = store;
    }

    /**
     * Writes all, the manifest last.
     *
     * @return the Map state's result: where the manifest is
     * @throws DataSetException when something cannot be written
     */
    public JsonNode write(MapResults results) {
        JsonNode bucketName = results.parameters().path("Bucket");
        if (!bucketName.isTextual()) {
            throw new DataSetException("The ResultWriter's 'Bucket' must be a string but was: " + bucketName);
        }
        String bucket = bucketName.textValue();
        String folder = folder(results);
        ObjectNode files = JsonNodeFactory.instance.objectNode();
        for (String status : List.of("FAILED", "PENDING", "SUCCEEDED")) {
            files.set(status, file(results, status, bucket, folder));
        }
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("DestinationBucket", bucket).put("MapRunArn", results.mapRunArn());
        manifest.set("ResultFiles", files);
        String key = folder + "manifest.json";
        store.put(bucket, key, manifest.toString().getBytes(StandardCharsets.UTF_8));
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("MapRunArn", results.mapRunArn());
        result.putObject("ResultWriterDetails").put("Bucket", bucket).put("Key", key);
        return result;
    }

    private static String folder(MapResults results) {
        String prefix = results.parameters().path("Prefix").asText();
        String run = results.mapRunArn().substring(results.mapRunArn().lastIndexOf(':') + 1);
        return (prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/") + run + "/";
    }

    private ArrayNode file(MapResults results, String status, String bucket, String folder) {
        ArrayNode files = JsonNodeFactory.instance.arrayNode();
        List<JsonNode> values = results.items().stream()
                .filter(item -> file(item).equals(status))
                .map(item -> value(results, item))
                .toList();
        if (!values.isEmpty()) {
            boolean lines = results.outputType().equals("JSONL");
            String key = folder + status + "_0." + (lines ? "jsonl" : "json");
            byte[] content = (lines ? lines(values) : array(results, values)).getBytes(StandardCharsets.UTF_8);
            store.put(bucket, key, content);
            files.addObject().put("Key", key).put("Size", content.length);
        }
        return files;
    }

    private static String file(MapResults.Item item) {
        return item.output() != null ? "SUCCEEDED" : item.error() != null ? "FAILED" : "PENDING";
    }

    /** What a failed item was cannot be shown by its output. */
    private static JsonNode value(MapResults results, MapResults.Item item) {
        return item.output() == null || results.transformation().equals("NONE")
                ? results.describe(item)
                : item.output();
    }

    private static String array(MapResults results, List<JsonNode> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(values.size());
        values.forEach(value -> add(results, value, array));
        return array.toString();
    }

    private static void add(MapResults results, JsonNode value, ArrayNode array) {
        if (results.transformation().equals("FLATTEN") && value.isArray()) {
            value.forEach(array::add);
        } else {
            array.add(value);
        }
    }

    private static String lines(List<JsonNode> values) {
        StringBuilder lines = new StringBuilder();
        values.forEach(value -> lines.append(value).append('\n'));
        return lines.toString();
    }
}
