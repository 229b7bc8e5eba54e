package dev.reprise.task;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.dataset.ObjectStore;
import io.quarkus.arc.All;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Puts the sources of tasks together for this function. */
@Singleton
final class TaskConfiguration {

    private static final Logger LOG = Logger.getLogger(TaskConfiguration.class);

    @Produces
    @Singleton
    TaskThreads threads() {
        return new TaskThreads(Infrastructure.getDefaultExecutor());
    }

    @Produces
    @Singleton
    MapData mapData(ObjectStore objects, TaskThreads threads) {
        return new MapData(objects, threads);
    }

    @Produces
    @Singleton
    TaskLog log(@ConfigProperty(name = "reprise.task-log") Optional<Path> path) {
        return path.map(TaskLog::appendingTo).orElseGet(TaskLog::none);
    }

    @Produces
    @Singleton
    InProcessTasks inProcessTasks(
            @Any @All List<TaskMethod> methods, ObjectMapper mapper, TaskThreads threads, TaskLog log) {
        return InProcessTasks.of(methods, mapper, threads, log);
    }

    @Produces
    @Singleton
    LambdaClients lambdaClients(TaskThreads threads) {
        return new LambdaClients(threads);
    }

    void close(@Disposes LambdaClients clients) {
        clients.close();
    }

    @Produces
    @Singleton
    TaskRunners runners(InProcessTasks inProcess, TaskMapping mapping, LambdaClients clients) {
        MappedTasks mapped = new MappedTasks(mapping.tasks(), inProcess);
        mapped.problems().forEach(LOG::error);
        return new TaskRunners(inProcess, mapped, new LambdaFunctions(clients), new LambdaInvoke(clients, mapped));
    }
}
