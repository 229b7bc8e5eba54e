package dev.reprise.function;

import dev.reprise.console.Bundle;
import dev.reprise.console.Changes;
import dev.reprise.console.ConsoleApi;
import dev.reprise.console.ConsoleEndpoint;
import dev.reprise.console.ExecutionFacts;
import dev.reprise.console.TaskLogs;
import dev.reprise.console.WorkflowFiles;
import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpEndpoint;
import dev.reprise.local.Link;
import dev.reprise.local.server.Route;
import dev.reprise.operations.ExecutionServices;
import dev.reprise.operations.JournalInsight;
import dev.reprise.operations.JournaledExecutions;
import dev.reprise.telemetry.JsonLogFormatter;
import dev.reprise.telemetry.RequestUnderWay;
import dev.reprise.workflow.WorkflowCatalogue;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The console in dev mode. Elsewhere this class is no bean, so that no function has anything of it. */
@IfBuildProfile("dev")
@Singleton
final class ConsoleWiring {

    /** Before the server ends its requests, which would wait for streams that end only here. */
    private static final int BEFORE_THE_SERVER = 50;

    /**
     * Where what tasks log is kept. Added to the process' loggers when the application starts, and taken away when it
     * ends.
     */
    private final TaskLogs logs = new TaskLogs();

    private final Handler logged = logs.handler(new JsonLogFormatter(new RequestUnderWay()));

    @Produces
    @Singleton
    Changes changes() {
        return new Changes();
    }

    /** @param folder {@code reprise.dev.console}: where the console's files are */
    @Produces
    @Singleton
    Route route(
            Changes changes,
            WorkflowCatalogue workflows,
            JournaledExecutions executions,
            ExecutionServices services,
            @ConfigProperty(name = "reprise.dev.console", defaultValue = "console/dist") String folder) {
        @Nullable Bundle bundle = Bundle.read(Path.of(folder));
        HttpEndpoint endpoint = bundle == null
                ? call -> HttpAnswer.text(
                        404,
                        "text/plain; charset=utf-8",
                        "There is no console in " + Path.of(folder).toAbsolutePath()
                                + ". Say by reprise.dev.console where it is.\n")
                : new ConsoleEndpoint(
                        bundle,
                        new ConsoleApi(
                                changes,
                                new WorkflowFiles(workflows),
                                executions::cost,
                                new ExecutionFacts(new JournalInsight(services), logs)));
        return Route.below(ConsoleEndpoint.PATH, endpoint);
    }

    @Produces
    @Singleton
    Link link() {
        return new Link(ConsoleEndpoint.PATH, "the console: executions, their graphs and timelines");
    }

    void start(@Observes StartupEvent event) {
        Logger.getLogger("").addHandler(logged);
    }

    void stop(@Observes @Priority(BEFORE_THE_SERVER) ShutdownEvent event, Changes changes) {
        Logger.getLogger("").removeHandler(logged);
        changes.close();
    }
}
