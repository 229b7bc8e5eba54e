package dev.reprise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.testing.junit.WorkflowTestFiles;
import dev.reprise.testing.suite.CaseResult;
import dev.reprise.testing.suite.CoverageReport;
import dev.reprise.testing.suite.WorkflowSuite;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The tests that stand beside the workflows. */
class WorkflowFilesTest {

    private static final Path WORKFLOWS = Path.of("workflows", "examples");

    @TestFactory
    Stream<DynamicNode> workflows() {
        return WorkflowTestFiles.in(WORKFLOWS);
    }

    @Test
    void eachWorkflowIsCoveredWhole() {
        WorkflowSuite suite = WorkflowSuite.in(WORKFLOWS);

        assertThat(suite.run(each -> true)).allMatch(CaseResult::passed);

        assertThat(suite.coverage().keySet()).containsExactlyInAnyOrderElementsOf(Example.names());
        assertThat(suite.coverage().values())
                .as(CoverageReport.text(suite.coverage()))
                .allMatch(coverage -> coverage.percent() == 100);
    }
}
