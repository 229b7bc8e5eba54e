package dev.reprise.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads every case below a folder. */
final class Corpus {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> KINDS = Set.of("execution", "validation", "test_state", "variable_references");

    private Corpus() {}

    /** The folder that the test is told, in system property {@code corpus}. */
    static Path folder() {
        return Path.of(System.getProperty("corpus", "../shared/corpus"));
    }

    /**
     * Every case below {@code folder}, by feature and name.
     *
     * @param now what placeholders of the form {@code ${now+3d}} count from
     */
    static List<CorpusCase> read(Path folder, Instant now) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .map(Corpus::json)
                    .flatMap(json -> json.isArray() ? DurableCases.in(json) : recorded(json, now))
                    .sorted(Comparator.comparing(CorpusCase::feature).thenComparing(CorpusCase::id))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The corpus at " + folder + " cannot be read", e);
        }
    }

    private static Stream<CorpusCase> recorded(JsonNode json, Instant now) {
        return KINDS.contains(json.path("kind").asText())
                ? Stream.of(new CorpusCase(Placeholders.substitute(json, now)))
                : Stream.empty();
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("'" + text + "' is not JSON", e);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not JSON", e);
        }
    }
}
