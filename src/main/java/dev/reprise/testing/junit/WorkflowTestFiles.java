package dev.reprise.testing.junit;

import dev.reprise.testing.suite.WorkflowSuite;
import dev.reprise.testing.suite.WorkflowSuite.Case;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * The test files beside workflows as tests of JUnit:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicNode> workflows() {
 *     return WorkflowTestFiles.in(Path.of("workflows"), new Charging());
 * }
 * }</pre>
 */
public final class WorkflowTestFiles {

    private WorkflowTestFiles() {}

    /**
     * A container for each workflow, with a test for each case.
     *
     * @param objectsWithTasks whose methods annotated with {@code @Task} answer what the files do not
     * @throws dev.reprise.testing.suite.TestFileException when a file is not valid
     */
    public static Stream<DynamicNode> in(Path folder, Object... objectsWithTasks) {
        return of(WorkflowSuite.in(folder, objectsWithTasks));
    }

    /** The same of a suite that was read already, whose coverage can then be looked at. */
    public static Stream<DynamicNode> of(WorkflowSuite suite) {
        Map<String, List<Case>> workflows = suite.cases().stream()
                .collect(Collectors.groupingBy(Case::workflow, LinkedHashMap::new, Collectors.toList()));
        return workflows.entrySet().stream()
                .map(workflow -> DynamicContainer.dynamicContainer(
                        workflow.getKey(),
                        workflow.getValue().stream().map(each -> DynamicTest.dynamicTest(each.name(), each::run))));
    }
}
