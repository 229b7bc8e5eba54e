package dev.reprise.function;

import dev.reprise.journal.Journals;
import dev.reprise.journal.dynamodb.DynamoDbTable;
import dev.reprise.local.DynamoDbLocal;
import dev.reprise.local.LocalStartup;
import dev.reprise.local.LocalWakeUps;
import dev.reprise.local.SharedDynamoDbLocal;
import dev.reprise.operations.Background;
import dev.reprise.operations.Executions;
import dev.reprise.operations.Sweeper;
import dev.reprise.runtime.MapData;
import dev.reprise.task.MappingFile;
import dev.reprise.task.TaskRunners;
import dev.reprise.testing.WorkflowSamples;
import dev.reprise.workflow.WorkflowCatalogue;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What is otherwise in dev mode and in tests. In production this class is no bean. */
@IfBuildProfile(anyOf = {"dev", "test"})
@Singleton
final class LocalWiring {

    private static final int SECONDS_TO_STOP = 5;

    /** Platform threads: a loop without end would keep a virtual thread's carrier, of which there are few. */
    private final ExecutorService behind = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("execution-", 1).factory());

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

    /**
     * Timers in this process: without AWS there is no queue.
     *
     * @param executions asked for late, for they need the wake-ups
     */
    @Produces
    @Singleton
    LocalWakeUps wakeUps(Provider<Executions> executions, Journals journals, InstantSource clock) {
        return new LocalWakeUps(executions::get, journals, clock);
    }

    void close(@Disposes LocalWakeUps wakeUps) {
        wakeUps.close();
    }

    /** This process lives on after an answer, and carries on what a request began. */
    @Produces
    @Singleton
    Background background() {
        return new Background.InProcess(behind);
    }

    /** What runs is interrupted while all that it needs to come to rest is still there. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        behind.shutdownNow();
        boolean unused = behind.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
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
            LocalWakeUps wakeUps,
            Sweeper sweeper) {
        return new LocalStartup(() -> DynamoDbTable.create(client, table), workflows, wakeUps, sweeper);
    }

    void start(@Observes StartupEvent event, LocalStartup startup) {
        startup.begin();
    }
}
