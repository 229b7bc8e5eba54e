package dev.reprise.function;

import dev.reprise.api.http.StepFunctionsEndpoint;
import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import dev.reprise.http.HttpEndpoint;
import dev.reprise.lambda.RequestHandler;
import dev.reprise.local.ApplicationRequests;
import dev.reprise.local.CodeChanges;
import dev.reprise.local.CodeSeen;
import dev.reprise.local.DevServer;
import dev.reprise.local.EventEndpoint;
import dev.reprise.local.Events;
import dev.reprise.local.HomePage;
import dev.reprise.local.JoinedExecutions;
import dev.reprise.local.LambdaEndpoint;
import dev.reprise.local.Link;
import dev.reprise.local.LocalData;
import dev.reprise.local.LocalStartup;
import dev.reprise.local.LocalWakeUps;
import dev.reprise.local.RunsOfThisProcess;
import dev.reprise.local.TaskFailureLog;
import dev.reprise.local.server.Refusals;
import dev.reprise.local.server.Route;
import dev.reprise.local.server.Routes;
import dev.reprise.operations.Executions;
import dev.reprise.operations.Sweeper;
import dev.reprise.operations.TaskCallbacks;
import dev.reprise.statemachine.KnownWorkflows;
import dev.reprise.task.FailureListener;
import dev.reprise.trigger.TriggerFile;
import dev.reprise.trigger.Triggers;
import dev.reprise.workflow.WorkflowCatalogue;
import io.quarkus.arc.All;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.dev.console.DevConsoleManager;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The server of dev mode, and who answers at it. Quarkus' own event server does not start there. Elsewhere this class
 * is no bean, and nothing that it uses is in a native executable.
 */
@IfBuildProfile("dev")
@Singleton
final class DevWiring {

    private static final Logger LOG = Logger.getLogger("reprise");

    /** Under which Quarkus keeps the server for the application that comes after this one. */
    private static final String KEPT = "dev.reprise.dev-server";

    private static final int FIRST = 100;
    private static final int LAST = 5_000;

    private static final int SECONDS_TO_STOP = 5;

    private final CodeChanges changes;
    private final Starting starting;
    private @Nullable DevServer server;
    private @Nullable ApplicationRequests requests;

    /** Who carries out the events that nobody waits for; null until the application has started. */
    private @Nullable ExecutorService later;

    private boolean isFirst;

    DevWiring(QuarkusCodeChanges changes) {
        this.changes = changes;
        this.starting = new Starting(changes);
    }

    /** Answers by what there is once the application has started. */
    private static final class Starting implements HttpEndpoint {

        private static final int MILLIS_BETWEEN_LOOKS = 100;

        private final CodeChanges changes;
        private @Nullable HttpEndpoint endpoint;

        Starting(CodeChanges changes) {
            this.changes = changes;
        }

        synchronized void started(HttpEndpoint started) {
            endpoint = started;
            notifyAll();
        }

        @Override
        public HttpAnswer answer(HttpCall call) {
            return awaited().answer(call);
        }

        private synchronized HttpEndpoint awaited() {
            HttpEndpoint now = endpoint;
            while (now == null) {
                String problem = changes.problem();
                if (problem != null) {
                    return call -> Refusals.of(500, "CodeCannotRun", problem);
                }
                try {
                    wait(MILLIS_BETWEEN_LOOKS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return call -> Refusals.of(503, "Dev mode has not started");
                }
                now = endpoint;
            }
            return now;
        }
    }

    @Produces
    @Singleton
    RunsOfThisProcess runs() {
        return new RunsOfThisProcess();
    }

    @Produces
    @Singleton
    FailureListener failures() {
        return new TaskFailureLog(LOG::warn);
    }

    /**
     * Takes the server over, or begins to serve before anything else is done: a port in use is said at once.
     *
     * @param port {@code reprise.dev.port}: where dev mode listens; the first port free from there is taken
     * @param stepFunctionsPort {@code reprise.dev.step-functions-port}: where it listens too; 0 for nowhere
     */
    void listen(
            @Observes @Priority(FIRST) StartupEvent event,
            @ConfigProperty(name = DevServer.PORT_OPTION, defaultValue = "8080") int port,
            @ConfigProperty(name = DevServer.STEP_FUNCTIONS_PORT_OPTION, defaultValue = "8083") int stepFunctionsPort) {
        DevServer kept = DevServer.of(DevConsoleManager.getGlobal(KEPT));
        isFirst = kept == null;
        DevServer used = kept == null ? DevServer.start(port, stepFunctionsPort) : kept;
        DevConsoleManager.setGlobal(KEPT, used.kept());
        server = used;
        requests = used.answerBy(
                starting, new CodeSeen(), changes, Thread.currentThread().getContextClassLoader());
    }

    /** From now on requests are answered. */
    void serve(
            @Observes @Priority(LAST) StartupEvent event,
            Executions executions,
            RunsOfThisProcess runs,
            TaskCallbacks callbacks,
            Sweeper sweeper,
            KnownWorkflows known,
            TriggerFile triggers,
            WorkflowCatalogue workflows,
            LocalStartup startup,
            InstantSource clock,
            StepFunctionsEndpoint api,
            @ConfigProperty(name = "reprise.local.data") Optional<String> folder,
            @Any @All List<Route> others,
            @Any @All List<Link> links) {
        Executions joined = new JoinedExecutions(executions, runs);
        RequestHandler handler = new RequestHandler(
                joined,
                workflows,
                callbacks,
                sweeper,
                new Triggers(triggers, known, joined, null, clock),
                invocation -> api,
                clock);
        Events events = handler::carryOut;
        ExecutorService behind = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("event-", 1).factory());
        later = behind;
        List<Route> routes = new ArrayList<>(others);
        routes.add(Route.ofService("AWSStepFunctions", api));
        routes.add(LambdaEndpoint.route(events, behind));
        HttpEndpoint home = new HomePage(workflows, links);
        HttpEndpoint asked = new EventEndpoint(
                events, () -> folder.map(Path::of).map(LocalData::trouble).orElse(null));
        routes.add(Route.at("/", call -> (call.method().equals("POST") ? asked : home).answer(call)));
        starting.started(new Routes(routes));
        if (isFirst && server != null) {
            LOG.info(startup.banner(server.port(), server.stepFunctionsPort()));
        }
    }

    /** Ends what requests are about, while all that they need is still there. */
    void stop(@Observes @Priority(FIRST) ShutdownEvent event, LocalWakeUps wakeUps) throws InterruptedException {
        if (requests != null) {
            requests.close();
        }
        if (later != null) {
            later.shutdownNow();
            boolean unused = later.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
        }
        wakeUps.close();
    }
}
