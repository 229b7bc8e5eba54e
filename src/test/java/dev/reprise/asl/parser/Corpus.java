package dev.reprise.asl.parser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The recorded cases of the States Language, where the folder that holds them is there. */
final class Corpus {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Corpus() {}

    /** The cases of these kinds, in the order of their files; skips the test where there is no corpus. */
    static List<JsonNode> cases(Set<String> kinds) {
        Path folder = Path.of(System.getProperty("corpus", "../shared/corpus"), "asl");
        assumeTrue(Files.isDirectory(folder), () -> "no corpus at " + folder);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Corpus::read)
                    .filter(testCase -> kinds.contains(testCase.path("kind").asText()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A case's definition as text, with what its placeholders stand for. */
    static String definition(JsonNode testCase) {
        String definition = testCase.has("definition_text")
                ? testCase.path("definition_text").asText()
                : testCase.path("definition").toString();
        for (Map.Entry<String, JsonNode> resource : testCase.path("resources").properties()) {
            definition =
                    definition.replace(resource.getKey(), resource.getValue().asText());
        }
        return definition;
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
