package dev.reprise.cli.dev;

import dev.reprise.testing.suite.MockConfigFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --mock FILE[#CASE]} names.
 *
 * @param name the case; null for the first of a file of tests, and the only one of a configuration
 * @param workflows whose tasks it answers
 */
public record MockFile(Path path, @Nullable String name, List<String> workflows) {

    private static final String OF_TESTS = ".test.json";

    public MockFile {
        workflows = List.copyOf(workflows);
    }

    /**
     * Of the option's value.
     *
     * @throws IllegalArgumentException when there is no such file
     * @throws dev.reprise.testing.suite.TestFileException when it is neither a {@code NAME.test.json} nor a {@code
     *     MockConfigFile.json}
     */
    public static MockFile of(String value) {
        int hash = value.lastIndexOf('#');
        Path path = Path.of(hash < 0 ? value : value.substring(0, hash));
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("There is no file " + path + " (--mock)");
        }
        String file = String.valueOf(path.getFileName());
        return new MockFile(
                path,
                hash < 0 ? null : value.substring(hash + 1),
                file.endsWith(OF_TESTS)
                        ? List.of(file.substring(0, file.length() - OF_TESTS.length()))
                        : MockConfigFile.read(path).stateMachines());
    }
}
