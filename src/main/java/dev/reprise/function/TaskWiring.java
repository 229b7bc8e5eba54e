package dev.reprise.function;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.task.InProcessTasks;
import dev.reprise.task.MappedTasks;
import dev.reprise.task.TaskLog;
import dev.reprise.task.TaskMethod;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import dev.reprise.task.aws.LambdaClients;
import dev.reprise.task.aws.LambdaFunctions;
import dev.reprise.task.aws.LambdaInvoke;
import dev.reprise.task.aws.SdkActions;
import io.quarkus.arc.All;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.threads.EnhancedQueueExecutor;

/** The tasks of this function, and the threads that they run on. */
@Singleton
final class TaskWiring {

    private static final Logger LOG = Logger.getLogger(TaskWiring.class);

    /** Further tasks that block queue: a function has 1,024 threads and file descriptors. */
    private static final int MOST_THREADS = 200;

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    /**
     * As Quarkus' own executor, but that a thread which ends does not have its variables cleared first: since Java 24
     * that needs {@code --add-opens java.base/java.lang=ALL-UNNAMED}, without which each such end is an error in the
     * log.
     */
    static EnhancedQueueExecutor executor(Duration keepAlive) {
        return new EnhancedQueueExecutor.Builder()
                .setThreadFactory(Thread.ofPlatform().daemon().name("task-", 1).factory())
                .setCorePoolSize(1)
                .setMaximumPoolSize(MOST_THREADS)
                .setKeepAliveTime(keepAlive)
                .setRegisterMBean(false)
                .allowCoreThreadTimeOut(true)
                .build();
    }

    private final EnhancedQueueExecutor executor = executor(KEEP_ALIVE);

    @Produces
    @Singleton
    TaskThreads threads() {
        return new TaskThreads(executor);
    }

    @PreDestroy
    void close() {
        executor.shutdown(true);
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
    TaskRunners runners(InProcessTasks inProcess, TaskMapping mapping, LambdaClients clients, SdkActions sdkActions) {
        MappedTasks mapped = new MappedTasks(mapping.tasks(), inProcess);
        mapped.problems().forEach(LOG::error);
        return new TaskRunners(
                inProcess, mapped, new LambdaFunctions(clients), new LambdaInvoke(clients, mapped), sdkActions);
    }
}
