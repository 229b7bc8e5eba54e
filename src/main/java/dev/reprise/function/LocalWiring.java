package dev.reprise.function;

import dev.reprise.local.DynamoDbLocal;
import dev.reprise.local.LocalStartup;
import dev.reprise.local.SharedDynamoDbLocal;
import dev.reprise.operations.Sweeper;
import dev.reprise.runtime.MapData;
import dev.reprise.task.MappingFile;
import dev.reprise.task.TaskRunners;
import dev.reprise.testing.WorkflowSamples;
import dev.reprise.wakeup.WakeUps;
import dev.reprise.workflow.WorkflowCatalogue;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What is otherwise in dev mode and in tests. In production this class is no bean. */
@IfBuildProfile(anyOf = {"dev", "test"})
@Singleton
final class LocalWiring {

    private static final Logger LOG = Logger.getLogger("reprise");

    /**
     * A client of DynamoDB Local, in place of the configured one.
     *
     * @param folder {@code reprise.local.data}: the folder of the data; without it they are kept in memory
     */
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    DynamoDbClient client(@ConfigProperty(name = "reprise.local.data") Optional<String> folder) {
        return DynamoDbLocal.newClient(SharedDynamoDbLocal.endpoint(folder.map(Path::of)));
    }

    void close(@Disposes DynamoDbClient client) {
        client.close();
    }

    /** For the tests of whoever writes workflows. */
    @Produces
    @Singleton
    WorkflowSamples samples(
            WorkflowCatalogue workflows,
            TaskRunners tasks,
            MapData mapData,
            RunnerConfiguration runner,
            StateMachineMapping stateMachines,
            MappingFile file) {
        return new WorkflowSamples(workflows, tasks, mapData, runner.limits(), stateMachines.with(file));
    }

    /**
     * Makes the table, goes on with what waited when the last run ended, and tells in dev mode how to use it all.
     *
     * @param port where the local event server listens
     */
    void start(
            @Observes StartupEvent event,
            DynamoDbClient client,
            @ConfigProperty(name = "reprise.table-name", defaultValue = "reprise") String table,
            @ConfigProperty(name = "quarkus.lambda.mock-event-server.dev-port", defaultValue = "8080") int port,
            WorkflowCatalogue workflows,
            WakeUps wakeUps,
            Sweeper sweeper) {
        LocalStartup startup = new LocalStartup(client, table, workflows, wakeUps, sweeper);
        int waiting = startup.begin();
        if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
            LOG.info(startup.banner(waiting, port));
        }
    }
}
