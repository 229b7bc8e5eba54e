package dev.reprise.workflow;

import dev.reprise.asl.Diagnostic;
import dev.reprise.asl.Diagnostic.Severity;
import dev.reprise.asl.Resource;
import dev.reprise.asl.State;
import dev.reprise.asl.StateMachine;
import dev.reprise.task.TaskRunners;
import java.util.ArrayList;
import java.util.List;

/**
 * Tasks that nothing runs. A warning: the workflow may never come to such a state, and the state says so when it does.
 */
public final class UnknownResources implements DefinitionCheck {

    private final TaskRunners tasks;

    public UnknownResources(TaskRunners tasks) {
        this.tasks = tasks;
    }

    @Override
    public List<Diagnostic> check(StateMachine machine) {
        List<Diagnostic> found = new ArrayList<>();
        StateWalk.visit(machine, (pointer, state) -> {
            // An activity is there as soon as a worker polls it.
            if (state instanceof State.Task task
                    && !(task.resource() instanceof Resource.Activity)
                    && !(task.resource() instanceof Resource.StartExecution)) {
                String problem = tasks.problemWith(task.resource());
                if (problem != null) {
                    found.add(
                            new Diagnostic(Severity.WARNING, "UNKNOWN_RESOURCE", pointer + "/Resource", problem, null));
                }
            }
        });
        return found;
    }
}
