package dev.reprise.workflow;

import dev.reprise.asl.parser.DefinitionFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the workflows' files: {@code NAME.asl.json}, {@code NAME.asl.yaml}, {@code NAME.asl.yml} or
 * {@code NAME.json}. Beside one there may be {@code NAME.input.json}, a sample input,
 * {@code NAME.substitutions.json}, and {@code NAME.test.json}, its tests.
 */
final class WorkflowFolder {

    /** Tried in this order. */
    private static final Map<String, DefinitionFormat> SUFFIXES = suffixes();

    private static final String SAMPLE_INPUT = ".input";

    private static final String SUBSTITUTIONS = ".substitutions";

    private static final String TESTS = ".test";

    private static Map<String, DefinitionFormat> suffixes() {
        Map<String, DefinitionFormat> suffixes = new LinkedHashMap<>();
        suffixes.put(".asl.json", DefinitionFormat.JSON);
        suffixes.put(".asl.yaml", DefinitionFormat.YAML);
        suffixes.put(".asl.yml", DefinitionFormat.YAML);
        suffixes.put(".json", DefinitionFormat.JSON);
        return suffixes;
    }

    private final Path folder;

    WorkflowFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder.toAbsolutePath().normalize();
    }

    /** The files of that workflow; null when there is none. */
    @Nullable
    WorkflowSource source(String name) {
        if (isBeside(name) || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            return null;
        }
        List<String> there = SUFFIXES.keySet().stream()
                .filter(suffix -> Files.isRegularFile(folder.resolve(name + suffix)))
                .toList();
        if (there.isEmpty()) {
            return null;
        }
        String suffix = there.getFirst();
        return new WorkflowSource(
                folder.resolve(name + suffix),
                SUFFIXES.getOrDefault(suffix, DefinitionFormat.JSON),
                folder.resolve(name + SUBSTITUTIONS + ".json"),
                there.stream()
                        .skip(1)
                        .map(other -> folder.resolve(name + other))
                        .toList());
    }

    /** The names of all workflows. */
    NavigableSet<String> names() {
        NavigableSet<String> names = new TreeSet<>();
        if (!Files.isDirectory(folder)) {
            return names;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                String name = name(String.valueOf(file.getFileName()));
                if (name != null && !isBeside(name)) {
                    names.add(name);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the folder of the workflows, " + path(), e);
        }
        return names;
    }

    private static boolean isBeside(String name) {
        return name.endsWith(SAMPLE_INPUT) || name.endsWith(SUBSTITUTIONS) || name.endsWith(TESTS);
    }

    /** Null when a file of that name is no definition. */
    private static @Nullable String name(String file) {
        return SUFFIXES.keySet().stream()
                .filter(file::endsWith)
                .findFirst()
                .map(suffix -> file.substring(0, file.length() - suffix.length()))
                .orElse(null);
    }
}
