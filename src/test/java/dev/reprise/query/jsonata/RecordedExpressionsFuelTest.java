package dev.reprise.query.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.query.Given;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each JSONata expression of the corpus takes the same fuel here and in a process that only interprets. */
class RecordedExpressionsFuelTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static Path folder() {
        return Path.of(System.getProperty("corpus", "../shared/corpus"), "asl");
    }

    /** What each expression takes, a line for each; the expressions see their case's input only. */
    private static List<String> taken() throws IOException {
        List<String> taken = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder())) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                String text = Files.readString(file);
                if (text.contains("{%")) {
                    JsonNode recorded = MAPPER.readTree(text);
                    Given given = Given.input(recorded.path("input").toString());
                    collect(recorded.path("definition"), file.getFileName().toString(), given, taken);
                }
            }
        }
        return taken;
    }

    private static void collect(JsonNode node, String name, Given given, List<String> taken) {
        String text = node.asText().strip();
        if (text.startsWith("{%") && text.endsWith("%}")) {
            String expression = text.substring(2, text.length() - 2);
            try {
                taken.add(name + " " + taken.size() + ": " + JsonataFuelTest.fuel(expression, given));
            } catch (IllegalArgumentException e) {
                // Some definitions of the corpus are to be refused.
                taken.add(name + " " + taken.size() + ": refused");
            }
        }
        node.forEach(child -> collect(child, name, given, taken));
    }

    /** Prints what the expressions take. */
    public static void main(String[] arguments) throws IOException {
        taken().forEach(System.out::println);
    }

    @Test
    void takeTheSameInAProcessThatOnlyInterprets() throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(folder()), () -> "No corpus at " + folder() + ": say where it is with -Dcorpus");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xint",
                        "-Dcorpus=" + folder().getParent(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RecordedExpressionsFuelTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();

        assertThat(taken()).hasSizeGreaterThan(100).isEqualTo(printed.lines().toList());
    }
}
