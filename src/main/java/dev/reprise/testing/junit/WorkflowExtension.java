package dev.reprise.testing.junit;

import dev.reprise.testing.StartedRuns;
import dev.reprise.testing.WorkflowRun;
import java.util.List;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Shows what the workflows of a test have done when it fails, and gives up what they still wait for when it is over:
 * {@code @ExtendWith(WorkflowExtension.class)}.
 *
 * <p>The timelines of its last runs, at most 20, are printed and published as the report entry {@code timeline}.
 */
public final class WorkflowExtension implements BeforeTestExecutionCallback, AfterTestExecutionCallback {

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        StartedRuns.watch();
    }

    @Override
    @SuppressWarnings("SystemOut") // What a developer looks at when a test has failed.
    public void afterTestExecution(ExtensionContext context) {
        List<WorkflowRun> runs = StartedRuns.taken();
        if (context.getExecutionException().isPresent()) {
            for (WorkflowRun run : runs) {
                String timeline = run.timeline();
                System.out.println(timeline);
                context.publishReportEntry("timeline", timeline);
            }
        }
        runs.forEach(WorkflowRun::close);
    }
}
