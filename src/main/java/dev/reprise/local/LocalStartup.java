package dev.reprise.local;

import dev.reprise.journal.dynamodb.DynamoDbTable;
import dev.reprise.operations.Sweeper;
import dev.reprise.wakeup.WakeUps;
import dev.reprise.workflow.WorkflowCatalogue;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** In dev mode and in tests: makes the table, goes on with what waited when the last run ended, and tells how to use it all. */
@IfBuildProfile(anyOf = {"dev", "test"})
@Singleton
final class LocalStartup {

    private static final Logger LOG = Logger.getLogger("reprise");

    /** As the rule in {@code infra/template.yaml}. */
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(5);

    private final DynamoDbClient client;
    private final String table;
    private final int port;
    private final WorkflowCatalogue workflows;
    private final WakeUps wakeUps;
    private final Sweeper sweeper;

    @Inject
    LocalStartup(
            DynamoDbClient client,
            @ConfigProperty(name = "reprise.table-name", defaultValue = "reprise") String table,
            @ConfigProperty(name = "quarkus.lambda.mock-event-server.dev-port", defaultValue = "8080") int port,
            WorkflowCatalogue workflows,
            WakeUps wakeUps,
            Sweeper sweeper) {
        this.client = client;
        this.table = table;
        this.port = port;
        this.workflows = workflows;
        this.wakeUps = wakeUps;
        this.sweeper = sweeper;
    }

    void start(@Observes StartupEvent event) {
        DynamoDbTable.create(client, table);
        int waiting = 0;
        if (wakeUps instanceof LocalWakeUps local) {
            waiting = local.resumeAll();
            local.sweepEvery(BETWEEN_SWEEPS, sweeper);
        }
        if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
            LOG.info(Banner.of(workflows.folder(), workflows.all(), waiting, port));
        }
    }
}
