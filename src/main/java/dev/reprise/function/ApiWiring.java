package dev.reprise.function;

import dev.reprise.api.ApiServices;
import dev.reprise.api.RealTaskCalls;
import dev.reprise.api.StepFunctions;
import dev.reprise.api.http.StepFunctionsEndpoint;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.journal.Journals;
import dev.reprise.operations.Background;
import dev.reprise.operations.Invocation;
import dev.reprise.operations.JournaledExecutions;
import dev.reprise.operations.TaskCallbacks;
import dev.reprise.query.Queries;
import dev.reprise.statemachine.Activities;
import dev.reprise.statemachine.ClientTokens;
import dev.reprise.statemachine.KnownWorkflows;
import dev.reprise.statemachine.StateMachineTable;
import dev.reprise.statemachine.Tags;
import dev.reprise.task.TaskRunners;
import dev.reprise.testing.teststate.StateTester;
import dev.reprise.workflow.DefinitionCheck;
import dev.reprise.workflow.WorkflowCatalogue;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The Step Functions API. Nothing of it is made before the first request that needs it. */
@Singleton
final class ApiWiring {

    private static final int SECONDS_TO_STOP = 5;

    /** Null until something is to go on in this process. */
    private @Nullable ExecutorService threads;

    /**
     * Who carries on what a request began.
     *
     * @param wakeUps {@code reprise.wake-ups}: {@code local} where this process lives on after an answer
     */
    private synchronized Background background(String wakeUps) {
        if (!wakeUps.equals("local")) {
            return new Background.AnotherInvocation();
        }
        // Platform threads: a loop without end would keep a virtual thread's carrier, of which there are few.
        threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("execution-", 1).factory());
        return new Background.InProcess(threads);
    }

    /** What runs is interrupted while all that it needs to come to rest is still there. */
    synchronized void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (threads != null) {
            threads.shutdownNow();
            boolean unused = threads.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
        }
    }

    @Produces
    @Singleton
    StepFunctions stepFunctions(
            JournaledExecutions executions,
            TaskCallbacks callbacks,
            WorkflowCatalogue files,
            KnownWorkflows workflows,
            StateMachineTable created,
            Journals journals,
            TaskRunners tasks,
            Function<QueryLanguage, Queries> languages,
            List<DefinitionCheck> checks,
            RunnerConfiguration runner,
            @ConfigProperty(name = "reprise.wake-ups", defaultValue = "aws") String wakeUps,
            InstantSource clock) {
        return new StepFunctions(new ApiServices(
                executions,
                executions,
                callbacks,
                files,
                workflows,
                created,
                new Activities(journals.documents()),
                new Tags(journals.documents()),
                new ClientTokens(journals.documents()),
                new StateTester(languages, new RealTaskCalls(tasks), clock, runner.limits()),
                runner.limits(),
                background(wakeUps),
                checks,
                clock,
                new SecureRandom()));
    }

    /** The endpoint of a process on one machine. */
    @Produces
    @Singleton
    StepFunctionsEndpoint endpoint(StepFunctions api) {
        return new StepFunctionsEndpoint(api, Invocation::ofThisProcess);
    }
}
