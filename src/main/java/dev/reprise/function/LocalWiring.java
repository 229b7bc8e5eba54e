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
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What is otherwise in dev mode and in tests. In production this class is no bean. */
@IfBuildProfile(anyOf = {"dev", "test"})
@Singleton
final class LocalWiring {

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

    /** @param table {@code reprise.table-name} */
    @Produces
    @Singleton
    LocalStartup startup(
            DynamoDbClient client,
            @ConfigProperty(name = "reprise.table-name", defaultValue = "reprise") String table,
            WorkflowCatalogue workflows,
            WakeUps wakeUps,
            Sweeper sweeper) {
        return new LocalStartup(client, table, workflows, wakeUps, sweeper);
    }

    void start(@Observes StartupEvent event, LocalStartup startup) {
        startup.begin();
    }
}
