package dev.reprise.workflow;

import dev.reprise.asl.parser.DefinitionFormat;
import dev.reprise.execution.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the workflows' files: {@code NAME.asl.json}, {@code NAME.asl.yaml} or {@code NAME.asl.yml}. Beside one
 * there may be {@code NAME.input.json}, a sample input, {@code NAME.output.json}, what comes of it, {@code
 * NAME.substitutions.json}, and {@code NAME.test.json}, its tests.
 *
 * <p>Files may also stand in folders directly below it. A name is a workflow's whichever folder its file is in; of two
 * files of one name, the one in the folder itself counts, or else the one in the folder that comes first in the
 * alphabet.
 */
final class WorkflowFolder {

    /** Tried in this order. */
    private static final Map<String, DefinitionFormat> SUFFIXES = suffixes();

    static final String SUBSTITUTIONS = ".substitutions";

    /** What stands beside a workflow is none. */
    private static final List<String> BESIDE = List.of(".input", ".output", SUBSTITUTIONS, ".test");

    /** Says what resources stand for; see {@code MappingFile}. */
    private static final String MAPPING = "tasks.json";

    /** Says which events start which workflows; see {@code TriggerFile}. */
    private static final String TRIGGERS = "triggers.json";

    /** Tests of workflows too, as Step Functions Local has them. */
    private static final String MOCKS = "MockConfigFile.json";

    private static final Set<String> DEFINITION_LIKE = Set.of(".json", ".yaml", ".yml", ".asl");

    private static Map<String, DefinitionFormat> suffixes() {
        Map<String, DefinitionFormat> suffixes = new LinkedHashMap<>();
        suffixes.put(".asl.json", DefinitionFormat.JSON);
        suffixes.put(".asl.yaml", DefinitionFormat.YAML);
        suffixes.put(".asl.yml", DefinitionFormat.YAML);
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
        WorkflowSource own = source(folder, name);
        return own != null
                ? own
                : foldersBelow().stream()
                        .map(below -> source(below, name))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable WorkflowSource source(Path folder, String name) {
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

    /** Directly below, in the order of the alphabet. */
    private List<Path> foldersBelow() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the folder of the workflows, " + path(), e);
        }
    }

    /** Files that look like definitions but for their endings, a line each that says what to do. */
    List<String> strangers() {
        List<String> lines = new ArrayList<>();
        Stream.concat(Stream.of(folder), foldersBelow().stream()).forEach(each -> addStrangers(each, lines));
        return List.copyOf(lines);
    }

    private void addStrangers(Path folder, List<String> lines) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile).sorted().forEach(file -> {
                String name = String.valueOf(file.getFileName());
                int end = name.lastIndexOf('.');
                String ending = end < 0 ? "" : name.substring(end);
                boolean known = name.equals(MAPPING)
                        || name.equals(TRIGGERS)
                        || name.equals(MOCKS)
                        || name(name) != null
                        || (end >= 0 && isBeside(name.substring(0, end)));
                if (DEFINITION_LIKE.contains(ending) && !known) {
                    lines.add(Printable.of(file.toString())
                            + ": warning: is not read: the name of a definition"
                            + " ends with .asl.json, .asl.yaml or .asl.yml");
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the folder of the workflows, " + path(), e);
        }
    }

    /** The names of all workflows. */
    NavigableSet<String> names() {
        NavigableSet<String> names = new TreeSet<>();
        addNames(folder, names);
        foldersBelow().forEach(below -> addNames(below, names));
        return names;
    }

    private void addNames(Path folder, NavigableSet<String> names) {
        if (!Files.isDirectory(folder)) {
            return;
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
    }

    private static boolean isBeside(String name) {
        return BESIDE.stream().anyMatch(name::endsWith);
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
