package dev.reprise.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the workflows' files: {@code NAME.asl.json} or {@code NAME.json}, but not {@code NAME.input.json},
 * which are sample inputs.
 */
final class WorkflowFolder {

    /** Tried in this order. */
    private static final List<String> SUFFIXES = List.of(".asl.json", ".json");

    private static final String SAMPLE_INPUT = ".input";

    /** What shows that a file has changed. */
    record Stamp(FileTime modified, long size) {}

    private final Path folder;

    WorkflowFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder.toAbsolutePath().normalize();
    }

    /** The file of that workflow; null when there is none. */
    @Nullable
    Path file(String name) {
        if (name.endsWith(SAMPLE_INPUT) || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            return null;
        }
        return SUFFIXES.stream()
                .map(suffix -> folder.resolve(name + suffix))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }

    /** The names of all workflows. */
    NavigableSet<String> names() {
        NavigableSet<String> names = new TreeSet<>();
        if (!Files.isDirectory(folder)) {
            return names;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> file.endsWith(".json"))
                    .map(WorkflowFolder::name)
                    .filter(name -> !name.endsWith(SAMPLE_INPUT))
                    .forEach(names::add);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the folder of the workflows, " + path(), e);
        }
        return names;
    }

    private static String name(String file) {
        String suffix = SUFFIXES.stream().filter(file::endsWith).findFirst().orElseThrow();
        return file.substring(0, file.length() - suffix.length());
    }

    /** Null when the file is gone. */
    static @Nullable Stamp stamp(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size());
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
