package dev.reprise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.journal.dynamodb.Attributes;
import dev.reprise.testing.InMemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A journal as some version of Reprise left it in the table, with the end that it must come to: readable JSON, the
 * items as DynamoDB's own commands show them.
 *
 * @param name the execution's
 * @param end what it ends with, and what its history is then, as {@link SampleRun#end} tells it
 * @param items all items of the execution and of its definition
 */
record JournalDump(String name, JsonNode end, List<Map<String, AttributeValue>> items) {

    /** Where the journals of all versions stand, one folder for each. */
    static final Path ALL = Path.of("src/test/journals");

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** What this version writes. */
    static Path ofThisVersion() {
        return ALL.resolve("semantics-" + dev.reprise.core.Semantics.VERSION + "-format-" + Attributes.FORMAT);
    }

    InMemoryStore restored() {
        InMemoryStore store = new InMemoryStore();
        store.putItems(items);
        return store;
    }

    void write(Path folder) {
        ObjectNode out = JSON.createObjectNode();
        out.put("execution", name);
        out.set("end", end);
        items.forEach(item -> out.withArray("items").add(json(item)));
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name + ".json"), JSON.writeValueAsString(out) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JournalDump read(Path file) {
        try {
            JsonNode in = JSON.readTree(Files.readString(file));
            List<Map<String, AttributeValue>> items = new ArrayList<>();
            in.path("items").forEach(item -> items.add(item(item)));
            return new JournalDump(in.path("execution").asText(), in.path("end"), items);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(Map<String, AttributeValue> item) {
        ObjectNode out = JSON.createObjectNode();
        new TreeMap<>(item).forEach((name, value) -> {
            ObjectNode typed = out.putObject(name);
            switch (value.type()) {
                case S -> typed.put("S", value.s());
                case N -> typed.put("N", value.n());
                case BOOL -> typed.put("BOOL", value.bool());
                case B ->
                    typed.put("B", Base64.getEncoder().encodeToString(value.b().asByteArray()));
                default -> throw new IllegalArgumentException("No item of ours has an attribute such as " + value);
            }
        });
        return out;
    }

    private static Map<String, AttributeValue> item(JsonNode in) {
        Map<String, AttributeValue> item = new HashMap<>();
        in.properties().forEach(attribute -> {
            Map.Entry<String, JsonNode> typed =
                    attribute.getValue().properties().iterator().next();
            String text = Objects.requireNonNull(typed.getValue().asText());
            item.put(
                    attribute.getKey(),
                    switch (typed.getKey()) {
                        case "S" -> AttributeValue.fromS(text);
                        case "N" -> AttributeValue.fromN(text);
                        case "BOOL" -> AttributeValue.fromBool(typed.getValue().booleanValue());
                        case "B" ->
                            AttributeValue.fromB(
                                    SdkBytes.fromByteArray(Base64.getDecoder().decode(text)));
                        default ->
                            throw new IllegalArgumentException("No item of ours has an attribute such as " + typed);
                    });
        });
        return item;
    }
}
