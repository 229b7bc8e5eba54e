package dev.reprise.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.console.WorkflowFiles.RefusedException;
import dev.reprise.testing.suite.CaseResult;
import dev.reprise.testing.suite.Coverage;
import dev.reprise.testing.suite.CoverageReport;
import dev.reprise.testing.suite.TestFileException;
import dev.reprise.testing.suite.WorkflowSuite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the tests beside a workflow, for whoever wants to see in the console what they come to. They run in memory, on
 * what their file answers for tasks. Thread-safe: one run at a time.
 */
public final class WorkflowTests {

    /** Cases take milliseconds; one that does not end is not waited for. */
    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private final WorkflowFiles files;
    private final Duration atMost;

    public WorkflowTests(WorkflowFiles files) {
        this(files, AT_MOST);
    }

    WorkflowTests(WorkflowFiles files, Duration atMost) {
        this.files = files;
        this.atMost = atMost;
    }

    /**
     * Runs all cases of a workflow.
     *
     * @return the cases, and what they come to; an empty object when there is no test
     * @throws RefusedException when they cannot be run, and why
     */
    synchronized ObjectNode run(String workflow) throws RefusedException {
        Path file = files.tests(workflow);
        if (file == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        FutureTask<ObjectNode> running = new FutureTask<>(() -> told(file, workflow));
        Thread.ofPlatform().daemon().name("tests of " + workflow).start(running);
        try {
            return running.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            running.cancel(true);
            throw new RefusedException("The cases of " + file + " are not over after " + atMost.toSeconds()
                    + " s. Run them by ./reprise test --filter NAME to see which does not end");
        } catch (InterruptedException e) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw new RefusedException("Dev mode stops");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TestFileException problems) {
                throw new RefusedException(String.valueOf(problems.getMessage()));
            }
            throw new IllegalStateException("The tests of " + file + " cannot be run", e.getCause());
        }
    }

    private static ObjectNode told(Path file, String workflow) {
        WorkflowSuite suite = WorkflowSuite.of(List.of(file));
        List<CaseResult> results = suite.run(each -> each.workflow().equals(workflow));
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        told.put("file", file.toString());
        ArrayNode cases = told.putArray("cases");
        for (CaseResult result : results) {
            ObjectNode each = cases.addObject()
                    .put("name", result.name())
                    .put("passed", result.passed())
                    .put("seconds", result.took().toNanos() / 1e9);
            if (result.problem() != null) {
                each.put("problem", result.problem());
            }
        }
        Coverage coverage = suite.coverage().get(workflow);
        if (coverage != null) {
            told.set("coverage", CoverageReport.json(Map.of(workflow, coverage)).path(workflow));
            told.set("parts", CoverageReport.parts(coverage));
        }
        return told;
    }
}
