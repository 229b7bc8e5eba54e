package dev.reprise.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.ItemReader.ReaderConfig;
import dev.reprise.asl.Resource;
import dev.reprise.execution.DataSetRequest;
import dev.reprise.execution.ItemList;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Objects in a bucket {@code data}, and what is read from them. JSON may be written with single quotes. */
final class Reading {

    private static final String RESOURCE = "arn:aws:states:::s3:";

    private final FolderObjects objects;

    Reading(Path folder) {
        objects = new FolderObjects(folder);
    }

    Reading with(String key, String content) {
        return with(key, content.getBytes(StandardCharsets.UTF_8));
    }

    Reading withCompressed(String key, String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return with(key, bytes.toByteArray());
    }

    Reading with(String key, byte[] content) {
        objects.put("data", key, content);
        return this;
    }

    /** The items of one object, each as text. */
    List<String> object(String key, String config) {
        ObjectNode parameters =
                JsonNodeFactory.instance.objectNode().put("Bucket", "data").put("Key", key);
        return texts(read("getObject", parameters, config, null));
    }

    /** The items of one object. */
    ItemList items(String key, String config) {
        ObjectNode parameters =
                JsonNodeFactory.instance.objectNode().put("Bucket", "data").put("Key", key);
        return read("getObject", parameters, config, null).items();
    }

    /** What a listing makes of the objects under a prefix. */
    List<JsonNode> listed(String prefix, String config) {
        ObjectNode parameters =
                JsonNodeFactory.instance.objectNode().put("Bucket", "data").put("Prefix", prefix);
        return nodes(read("listObjectsV2", parameters, config, null).items());
    }

    DataSet read(String api, JsonNode parameters, String config, @Nullable String version) {
        JsonNode fields = json(config);
        Long maxItems = fields.has("MaxItems") ? fields.path("MaxItems").asLong() : null;
        return new DataSets(objects)
                .read(
                        new DataSetRequest(Resource.parse(RESOURCE + api), parameters, config(fields), maxItems),
                        version);
    }

    private static ReaderConfig config(JsonNode fields) {
        return new ReaderConfig(
                fields.path("InputType").textValue(),
                fields.path("Transformation").textValue(),
                fields.path("ManifestType").textValue(),
                fields.path("CSVHeaderLocation").textValue(),
                fields.get("CSVHeaders"),
                fields.path("CSVDelimiter").textValue(),
                fields.path("ItemsPointer").textValue(),
                null);
    }

    static List<String> texts(DataSet read) {
        return nodes(read.items()).stream().map(JsonNode::toString).toList();
    }

    private static List<JsonNode> nodes(ItemList items) {
        List<JsonNode> all = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            all.add(items.get(i));
        }
        return all;
    }

    static JsonNode json(String text) {
        try {
            return JsonItems.JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
