package dev.reprise.local;

import dev.reprise.operations.Sweeper;
import dev.reprise.workflow.WorkflowCatalogue;
import java.time.Duration;

/** What is to be done when the function starts on one machine: what the template and AWS do elsewhere. */
public final class LocalStartup {

    /** As the rule in {@code infra/template.yaml}. */
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(5);

    private final Runnable table;
    private final WorkflowCatalogue workflows;
    private final LocalWakeUps wakeUps;
    private final Sweeper sweeper;

    /** Executions that were under way when the last run ended. */
    private int waiting;

    /** @param table makes the table where there is none */
    public LocalStartup(Runnable table, WorkflowCatalogue workflows, LocalWakeUps wakeUps, Sweeper sweeper) {
        this.table = table;
        this.workflows = workflows;
        this.wakeUps = wakeUps;
        this.sweeper = sweeper;
    }

    /** Makes the table where there is none, and goes on with what waited when the last run ended. */
    public void begin() {
        table.run();
        waiting = wakeUps.resumeAll();
        wakeUps.sweepEvery(BETWEEN_SWEEPS, sweeper);
    }

    /**
     * What tells a developer how to use the function, once it has begun.
     *
     * @param port where it listens
     * @param stepFunctionsPort where clients of the Step Functions API ask
     */
    public String banner(int port, int stepFunctionsPort) {
        return Banner.of(workflows.folder(), workflows.all(), waiting, port, stepFunctionsPort);
    }
}
