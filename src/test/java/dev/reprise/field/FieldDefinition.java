package dev.reprise.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * One published definition.
 *
 * @param name the name of its file in the folder, without its ending
 * @param origin where it was published
 * @param published the file as it was published, where it holds tokens; otherwise with everything filled in
 * @param filled the file with everything filled in
 * @param substitutions the values of the tokens
 */
record FieldDefinition(String name, String origin, Path published, Path filled, Map<String, String> substitutions) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The folder of the definitions; it need not exist. */
    static Path folder() {
        return Path.of(System.getProperty("field", "../shared/field"));
    }

    static List<FieldDefinition> readAll(Path folder) {
        try {
            JsonNode index = JSON.readTree(Files.readString(folder.resolve("index.json")));
            return StreamSupport.stream(index.spliterator(), false)
                    .map(entry -> of(folder, entry))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FieldDefinition of(Path folder, JsonNode entry) {
        Path filled = folder.resolve(entry.path("file").asText());
        String published = entry.path("as_published").asText("");
        Map<String, String> substitutions = new TreeMap<>();
        if (!published.isEmpty()) {
            for (JsonNode substitution : entry.path("substitutions")) {
                String text = substitution.asText();
                int equals = text.indexOf('=');
                substitutions.put(text.substring(0, equals), text.substring(equals + 1));
            }
        }
        String file = String.valueOf(filled.getFileName());
        return new FieldDefinition(
                file.substring(0, file.lastIndexOf('.')),
                entry.path("repository").asText() + " " + entry.path("path").asText(),
                published.isEmpty() ? filled : folder.resolve(published),
                filled,
                substitutions);
    }

    /** Makes a workflow of it: a link to the file where it is, and the file of its substitutions. */
    void placeIn(Path workflows) {
        String file = String.valueOf(published.getFileName());
        boolean yaml = file.endsWith(".yaml") || file.endsWith(".yml");
        try {
            Files.createSymbolicLink(
                    workflows.resolve(name + (yaml ? ".asl.yaml" : ".asl.json")), published.toAbsolutePath());
            if (!substitutions.isEmpty()) {
                Files.writeString(
                        workflows.resolve(name + ".substitutions.json"), JSON.writeValueAsString(substitutions));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
