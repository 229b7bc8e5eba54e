package dev.reprise.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A workflow of {@code workflows/examples/} with its sample input.
 *
 * @param output what it must give for that input
 */
record Example(String workflow, JsonNode input, JsonNode output) {

    private static final Path WORKFLOWS = Path.of("workflows", "examples");
    private static final String DEFINITION = ".asl.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The names of all of them. */
    static List<String> names() {
        try (Stream<Path> files = Files.list(WORKFLOWS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(DEFINITION))
                    .map(file -> file.substring(0, file.length() - DEFINITION.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of those that start no other execution. */
    static List<String> namesOfSingleExecutions() {
        return names().stream()
                .filter(name ->
                        !read(WORKFLOWS.resolve(name + DEFINITION)).toString().contains(":states:startExecution"))
                .toList();
    }

    static Example named(String workflow) {
        return new Example(
                workflow,
                read(WORKFLOWS.resolve(workflow + ".input.json")),
                read(WORKFLOWS.resolve(workflow + ".output.json")));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return json(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
