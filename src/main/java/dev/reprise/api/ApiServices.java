package dev.reprise.api;

import dev.reprise.core.InterpreterLimits;
import dev.reprise.operations.Background;
import dev.reprise.operations.DetachedExecutions;
import dev.reprise.operations.Executions;
import dev.reprise.operations.TaskCallbacks;
import dev.reprise.statemachine.Activities;
import dev.reprise.statemachine.ClientTokens;
import dev.reprise.statemachine.KnownWorkflows;
import dev.reprise.statemachine.StateMachineTable;
import dev.reprise.statemachine.Tags;
import dev.reprise.testing.teststate.StateTester;
import dev.reprise.workflow.DefinitionCheck;
import dev.reprise.workflow.WorkflowCatalogue;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What the API is made of.
 *
 * @param executions shared with other parts, as are the following
 * @param background who carries on what a request began
 * @param checks what definitions are checked for beside the rules of the language
 * @param random draws which version an alias leads to, and names
 */
public record ApiServices(
        Executions executions,
        DetachedExecutions detached,
        TaskCallbacks callbacks,
        WorkflowCatalogue files,
        KnownWorkflows workflows,
        StateMachineTable created,
        Activities activities,
        Tags tags,
        ClientTokens clientTokens,
        StateTester tester,
        InterpreterLimits limits,
        Background background,
        List<? extends DefinitionCheck> checks,
        InstantSource clock,
        RandomGenerator random) {
    public ApiServices {
        checks = List.copyOf(checks);
    }
}
