package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.dataset.DataSetException;
import dev.reprise.dataset.ListedObject;
import dev.reprise.dataset.ObjectStore;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The S3 objects that a case starts with, and those that it writes. */
final class FixtureObjects implements ObjectStore {

    private final Map<String, byte[]> contents = new TreeMap<>();

    FixtureObjects(CorpusCase testCase) {
        for (JsonNode object : testCase.at("fixtures").path("s3_objects")) {
            JsonNode body = object.path("Body");
            put(
                    object.path("Bucket").asText(),
                    object.path("Key").asText(),
                    (body.isTextual() ? body.textValue() : body.toString()).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public StoredObject get(String bucket, String key, @Nullable String version) {
        byte[] content = contents.get(bucket + "/" + key);
        if (content == null) {
            throw new DataSetException("The specified key does not exist. (Service: S3, Status Code: 404)");
        }
        return new StoredObject("1", new ByteArrayInputStream(content));
    }

    @Override
    public Stream<ListedObject> list(String bucket, String prefix, String after) {
        return contents.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(bucket + "/" + prefix))
                .filter(entry -> entry.getKey().compareTo(bucket + "/" + after) > 0)
                .map(entry -> new ListedObject(
                        entry.getKey().substring(bucket.length() + 1),
                        entry.getValue().length,
                        "\"1\"",
                        ExecutionPlay.START,
                        "STANDARD"));
    }

    @Override
    public void put(String bucket, String key, byte[] content) {
        contents.put(bucket + "/" + key, content);
    }
}
