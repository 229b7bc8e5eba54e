package dev.reprise.cli.dev;

import dev.reprise.testing.WorkflowTest;
import dev.reprise.testing.suite.MockFiles;
import dev.reprise.testing.suite.TestFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What mock files say of workflows, both as they are whenever somebody asks. Thread-safe. */
final class WatchedMocks implements Supplier<Mocks> {

    private static final Logger LOG = Logger.getLogger("reprise");

    private static final List<String> SUFFIXES = List.of(".asl.json", ".asl.yaml", ".asl.yml");

    private final List<MockFile> files;
    private final Path folder;
    private final Map<String, String> substitutions;

    /** Guarded by this, as is what follows. */
    private List<Object> stamp = List.of();

    private Mocks mocks = Mocks.NONE;

    /** @param folder where the workflows are, unless they are beside their mocks */
    WatchedMocks(List<MockFile> files, Path folder, Map<String, String> substitutions) {
        this.files = List.copyOf(files);
        this.folder = folder;
        this.substitutions = Map.copyOf(substitutions);
    }

    @Override
    public synchronized Mocks get() {
        Map<String, Path> workflows = new LinkedHashMap<>();
        List<Object> now = new ArrayList<>();
        for (MockFile file : files) {
            now.add(version(file.path()));
            for (String workflow : file.workflows()) {
                Path definition = definition(workflow, file);
                if (definition != null) {
                    workflows.put(workflow, definition);
                    now.add(version(definition));
                }
            }
        }
        if (!now.equals(stamp)) {
            mocks = read(workflows);
            stamp = now;
        }
        return mocks;
    }

    private @Nullable Path definition(String workflow, MockFile file) {
        return Stream.of(file.path().toAbsolutePath().getParent(), folder)
                .flatMap(place -> SUFFIXES.stream().map(suffix -> place.resolve(workflow + suffix)))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }

    private static Object version(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    /** What is wrong with a file is logged, and nothing of it counts; of a workflow that is not valid others tell. */
    private Mocks read(Map<String, Path> workflows) {
        Map<String, WorkflowTest> tests = new LinkedHashMap<>();
        workflows.forEach((workflow, definition) -> {
            try {
                WorkflowTest test = WorkflowTest.of(definition, substitutions);
                for (MockFile file : files) {
                    if (file.workflows().contains(workflow)) {
                        MockFiles.apply(file.path(), file.name(), test);
                    }
                }
                tests.put(workflow, test);
            } catch (TestFileException e) {
                LOG.error(Objects.requireNonNullElse(e.getMessage(), "A file of mocks cannot be read"));
            } catch (IllegalArgumentException e) {
                LOG.debugf("%s has no mocks: %s", workflow, e.getMessage());
            }
        });
        return Mocks.of(tests);
    }
}
