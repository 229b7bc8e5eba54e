package dev.reprise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The formatter leaves comments as they are; so nothing else holds them to the width of the code. */
class CommentWidthTest {

    private static final int COLUMNS = 120;

    /** An address cannot be broken. */
    private static final Pattern COMMENT = Pattern.compile("\\s*(/\\*\\*|\\* |// )(?!.*https?://).*");

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/examples/java", "cli/src/main/java"})
    void isThatOfTheCode(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            List<String> tooLong = files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(CommentWidthTest::lines)
                    .filter(line -> line.length() > COLUMNS)
                    .filter(line -> COMMENT.matcher(line).matches())
                    .toList();
            assertThat(tooLong).isEmpty();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
