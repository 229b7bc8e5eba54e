package dev.reprise.asl.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Step Functions accepted every definition that it ran, so this does. */
class CorpusDefinitionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> ACCEPTED = Set.of("execution", "variable_references");

    @TestFactory
    List<DynamicTest> everyDefinitionThatRanIsAccepted() throws IOException {
        Path folder = Path.of(System.getProperty("corpus", "../shared/corpus"), "asl");
        assumeTrue(Files.isDirectory(folder), () -> "no corpus at " + folder);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(CorpusDefinitionsTest::read)
                    .filter(testCase -> ACCEPTED.contains(testCase.path("kind").asText()))
                    .map(testCase -> DynamicTest.dynamicTest(testCase.path("id").asText(), () -> accept(testCase)))
                    .toList();
        }
    }

    private static void accept(JsonNode testCase) {
        String definition = testCase.path("definition").toString();
        for (Map.Entry<String, JsonNode> resource : testCase.path("resources").properties()) {
            definition =
                    definition.replace(resource.getKey(), resource.getValue().asText());
        }
        ParsedDefinition parsed = Definitions.parse("definition", definition, new AnyExpression());
        assertThat(parsed.report().stream().filter(line -> !line.contains("warning:")))
                .isEmpty();
        assertThat(parsed.machine()).isNotNull();
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
