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
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** The Step Functions API. Nothing of it is made before the first request that needs it. */
@Singleton
final class ApiWiring {

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
            Background background,
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
                background,
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
