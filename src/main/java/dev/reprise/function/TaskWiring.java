package dev.reprise.function;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.task.FailureListener;
import dev.reprise.task.InProcessTasks;
import dev.reprise.task.MappedTasks;
import dev.reprise.task.MappingFile;
import dev.reprise.task.TaskLog;
import dev.reprise.task.TaskMethod;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import dev.reprise.task.aws.ApiGatewayInvoke;
import dev.reprise.task.aws.HttpInvoke;
import dev.reprise.task.aws.KubernetesTasks;
import dev.reprise.task.aws.LambdaCalls;
import dev.reprise.task.aws.LambdaFunctions;
import dev.reprise.task.aws.LambdaInvoke;
import dev.reprise.task.aws.SdkActions;
import dev.reprise.task.aws.integration.OptimisedIntegrations;
import io.quarkus.arc.All;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.LaunchMode;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.threads.EnhancedQueueExecutor;

/** The tasks of this function, and the threads that they run on. */
@Singleton
final class TaskWiring {

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

    /** Whoever writes it on his own machine sees at once what he has written. */
    @Produces
    @Singleton
    MappingFile mappingFile(
            @ConfigProperty(name = "reprise.workflows", defaultValue = "workflows") Path folder,
            @ConfigProperty(name = "LAMBDA_TASK_ROOT") Optional<Path> codeFolder) {
        Path workflows = WorkflowWiring.folder(folder, codeFolder);
        return LaunchMode.current() == LaunchMode.NORMAL
                ? MappingFile.readOnce(workflows)
                : MappingFile.watched(workflows);
    }

    @Produces
    @Singleton
    TaskRunners runners(
            InProcessTasks inProcess,
            TaskMapping mapping,
            MappingFile file,
            LambdaCalls lambda,
            HttpInvoke http,
            ApiGatewayInvoke apiGateway,
            KubernetesTasks kubernetes,
            SdkActions sdkActions,
            OptimisedIntegrations optimised,
            FailureListener failures) {
        MappedTasks mapped = new MappedTasks(mapping.tasks(), file, inProcess);
        // Says what is wrong with it now, not when the first of them runs.
        mapped.known();
        return new TaskRunners(
                List.of(
                        inProcess,
                        mapped,
                        new LambdaFunctions(lambda),
                        new LambdaInvoke(lambda, mapped),
                        optimised,
                        http,
                        apiGateway,
                        kubernetes,
                        sdkActions),
                failures);
    }

    /** Dev mode has another, which shows them. */
    @Produces
    @Singleton
    @DefaultBean
    FailureListener failures() {
        return FailureListener.NONE;
    }
}
