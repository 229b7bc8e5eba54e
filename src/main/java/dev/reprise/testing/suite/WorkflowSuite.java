package dev.reprise.testing.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.testing.WorkflowTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tests that stand beside workflows as files: {@code NAME.test.json}, and the cases of a {@code
 * MockConfigFile.json} of Step Functions Local for workflows that have no such file.
 */
public final class WorkflowSuite {

    /** How the name of a file of tests ends. */
    public static final String SUFFIX = ".test.json";

    private static final String MOCK_CONFIG = "MockConfigFile.json";

    private static final List<String> DEFINITIONS = List.of(".asl.json", ".asl.yaml", ".asl.yml");

    /** A case that can be run. */
    public static final class Case {

        private final Loaded loaded;
        private final TestCase testCase;

        private Case(Loaded loaded, TestCase testCase) {
            this.loaded = loaded;
            this.testCase = testCase;
        }

        /** The workflow's name. */
        public String workflow() {
            return loaded.test().name();
        }

        /** The case's name. */
        public String name() {
            return testCase.name();
        }

        /**
         * Runs it, and adds to the suite's coverage what it comes to.
         *
         * @throws AssertionError when it does not do what is expected
         */
        public void run() {
            testCase.run(loaded.test(), run -> loaded.coverage().add(run.trace()));
        }

        /** Runs it, and tells what came of it. */
        public CaseResult result() {
            long begun = System.nanoTime();
            String problem = null;
            try {
                run();
            } catch (AssertionError | RuntimeException e) {
                problem = e instanceof AssertionError ? e.getMessage() : e.toString();
            }
            return new CaseResult(workflow(), name(), problem, Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private record Loaded(WorkflowTest test, Coverage coverage) {}

    private final Map<String, Loaded> workflows = new LinkedHashMap<>();
    private final List<Case> cases = new ArrayList<>();

    private WorkflowSuite() {}

    /**
     * The tests in a folder, and in the folders directly below it.
     *
     * @param objectsWithTasks whose methods annotated with {@code @Task} answer what the files do not
     * @throws TestFileException when a file of tests, or the workflow that it tests, is not valid; with everything that
     *     is wrong with all of them
     */
    public static WorkflowSuite in(Path folder, Object... objectsWithTasks) {
        return of(files(folder), objectsWithTasks);
    }

    /**
     * The files of tests in a folder, and in the folders directly below it.
     *
     * @throws TestFileException when there is no such folder
     */
    public static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new TestFileException(List.of(folder + ": there is no such folder"));
        }
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.filter(file -> isTestFile(file)
                            || String.valueOf(file.getFileName()).equals(MOCK_CONFIG))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the folder " + folder, e);
        }
    }

    /** The tests in these files; the same holds. */
    public static WorkflowSuite of(List<Path> files, Object... objectsWithTasks) {
        WorkflowSuite suite = new WorkflowSuite();
        List<String> problems = new ArrayList<>();
        List<Path> configs = new ArrayList<>();
        for (Path file : files) {
            if (isTestFile(file)) {
                suite.load(file, objectsWithTasks, problems);
            } else {
                configs.add(file);
            }
        }
        configs.forEach(config -> suite.loadConfig(config, objectsWithTasks, problems));
        if (!problems.isEmpty()) {
            throw new TestFileException(problems);
        }
        return suite;
    }

    private static boolean isTestFile(Path file) {
        return String.valueOf(file.getFileName()).endsWith(SUFFIX);
    }

    private void load(Path file, Object[] objectsWithTasks, List<String> problems) {
        String fileName = String.valueOf(file.getFileName());
        String name = fileName.substring(0, fileName.length() - SUFFIX.length());
        Path definition = definition(file, name);
        if (definition == null) {
            problems.add(file + ": there is no workflow beside it: " + name + ".asl.json is expected");
            return;
        }
        try {
            Loaded loaded = loaded(name, definition, objectsWithTasks);
            new TestFile(file, loaded.test().states()).cases().forEach(each -> cases.add(new Case(loaded, each)));
        } catch (TestFileException e) {
            problems.addAll(e.problems());
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    private Loaded loaded(String name, Path definition, Object[] objectsWithTasks) {
        WorkflowTest test = WorkflowTest.of(definition);
        if (objectsWithTasks.length > 0) {
            test.tasks(objectsWithTasks);
        }
        Loaded loaded = new Loaded(test, new Coverage(test.machine()));
        workflows.put(name, loaded);
        return loaded;
    }

    private static @Nullable Path definition(Path file, String name) {
        return DEFINITIONS.stream()
                .map(suffix -> file.resolveSibling(name + suffix))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }

    /** Such a case says nothing of what it comes to: any end is as good. */
    private void loadConfig(Path file, Object[] objectsWithTasks, List<String> problems) {
        try {
            MockConfigFile config = MockConfigFile.read(file);
            for (String name : config.stateMachines()) {
                Path definition = definition(file, name);
                if (definition == null || workflows.containsKey(name)) {
                    continue;
                }
                Loaded loaded = loaded(name, definition, objectsWithTasks);
                for (String each : config.cases(name)) {
                    cases.add(new Case(
                            loaded,
                            new TestCase(
                                    each,
                                    sampleInput(file, name),
                                    null,
                                    config.mocks(name, each),
                                    Map.of(),
                                    List.of(),
                                    null,
                                    false)));
                }
            }
        } catch (TestFileException e) {
            problems.addAll(e.problems());
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode sampleInput(Path file, String name) {
        Path input = file.resolveSibling(name + ".input.json");
        return Files.isRegularFile(input) ? TestFile.read(input) : JsonNodeFactory.instance.objectNode();
    }

    /** All cases, those of a file in its order. */
    public List<Case> cases() {
        return List.copyOf(cases);
    }

    /**
     * Runs cases, one after another.
     *
     * @param wanted which of them
     */
    public List<CaseResult> run(Predicate<Case> wanted) {
        return cases.stream().filter(wanted).map(Case::result).toList();
    }

    /** What the cases that were run have come to, by workflow. */
    public Map<String, Coverage> coverage() {
        Map<String, Coverage> coverage = new LinkedHashMap<>();
        workflows.forEach((name, loaded) -> coverage.put(name, loaded.coverage()));
        return coverage;
    }
}
