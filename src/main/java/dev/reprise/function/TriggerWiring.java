package dev.reprise.function;

import dev.reprise.asl.QueryLanguage;
import dev.reprise.operations.Executions;
import dev.reprise.query.Queries;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.statemachine.KnownWorkflows;
import dev.reprise.trigger.TriggerFile;
import dev.reprise.trigger.Triggers;
import dev.reprise.workflow.WorkflowCatalogue;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which events start which workflows. */
@Singleton
final class TriggerWiring {

    /** Whoever writes it on his own machine sees at once what he has written. */
    @Produces
    @Singleton
    TriggerFile file(WorkflowCatalogue workflows, Function<QueryLanguage, Queries> languages) {
        return new TriggerFile(
                workflows.folder(),
                LaunchMode.current() != LaunchMode.NORMAL,
                workflows,
                new QueryExpressionChecker(),
                languages.apply(QueryLanguage.JSONATA));
    }

    /** @param queueUrl {@code reprise.wake-up-queue-url}: the queue whose messages are Reprise's own */
    @Produces
    @Singleton
    Triggers triggers(
            TriggerFile file,
            KnownWorkflows workflows,
            Executions executions,
            @ConfigProperty(name = "reprise.wake-up-queue-url") Optional<String> queueUrl,
            InstantSource clock) {
        String wakeUpQueue =
                queueUrl.map(url -> url.substring(url.lastIndexOf('/') + 1)).orElse(null);
        return new Triggers(file, workflows, executions, wakeUpQueue, clock);
    }

    /** What is wrong with the file is logged now, not when the first event comes. */
    void check(@Observes StartupEvent event, TriggerFile file) {
        file.check();
    }
}
