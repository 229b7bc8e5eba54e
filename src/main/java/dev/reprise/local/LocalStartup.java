package dev.reprise.local;

import dev.reprise.journal.dynamodb.DynamoDbTable;
import dev.reprise.operations.Sweeper;
import dev.reprise.workflow.WorkflowCatalogue;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What is to be done when the function starts on one machine: what the template and AWS do elsewhere. */
public final class LocalStartup {

    /** As the rule in {@code infra/template.yaml}. */
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(5);

    private final DynamoDbClient client;
    private final String table;
    private final WorkflowCatalogue workflows;
    private final LocalWakeUps wakeUps;
    private final Sweeper sweeper;

    /** Executions that were under way when the last run ended. */
    private int waiting;

    public LocalStartup(
            DynamoDbClient client, String table, WorkflowCatalogue workflows, LocalWakeUps wakeUps, Sweeper sweeper) {
        this.client = client;
        this.table = table;
        this.workflows = workflows;
        this.wakeUps = wakeUps;
        this.sweeper = sweeper;
    }

    /** Makes the table where there is none, and goes on with what waited when the last run ended. */
    public void begin() {
        DynamoDbTable.create(client, table);
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
