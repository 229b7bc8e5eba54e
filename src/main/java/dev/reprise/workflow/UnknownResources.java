package dev.reprise.workflow;

import dev.reprise.asl.DataFlow;
import dev.reprise.asl.Diagnostic;
import dev.reprise.asl.Diagnostic.Severity;
import dev.reprise.asl.Resource;
import dev.reprise.asl.State;
import dev.reprise.asl.StateMachine;
import dev.reprise.task.RequestProblem;
import dev.reprise.task.RequestTemplate;
import dev.reprise.task.TaskRunners;
import java.util.ArrayList;
import java.util.List;

/**
 * Tasks that nothing runs, and requests that a service cannot be asked for. The first is a warning: the workflow may
 * never come to such a state, and the state says so when it does. The second is an error, as it is for Step Functions;
 * but what a service's model does not have is a warning where the model may be older than the service.
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
            if (state instanceof State.Task task && isRunByTasks(task.resource())) {
                check(pointer, task, found);
            }
        });
        return found;
    }

    /** An activity is there as soon as a worker polls it, and executions are started by the runtime itself. */
    private static boolean isRunByTasks(Resource resource) {
        return !(resource instanceof Resource.Activity) && !(resource instanceof Resource.StartExecution);
    }

    private void check(String pointer, State.Task task, List<Diagnostic> found) {
        List<RequestProblem> wrong = tasks.problems(task.resource(), request(task));
        String field = pointer + (task.dataFlow() instanceof DataFlow.JsonataFlow ? "/Arguments" : "/Parameters");
        boolean mayBeNewer = task.resource() instanceof Resource.SdkAction;
        wrong.forEach(problem -> found.add(new Diagnostic(
                mayBeNewer && problem.pointer() != null ? Severity.WARNING : Severity.ERROR,
                "SCHEMA_VALIDATION_FAILED",
                problem.pointer() == null ? pointer + "/Resource" : field + problem.pointer(),
                problem.message(),
                problem.suggestion())));
        String unknown = wrong.isEmpty() ? tasks.problemWith(task.resource()) : null;
        if (unknown != null) {
            found.add(new Diagnostic(Severity.WARNING, "UNKNOWN_RESOURCE", pointer + "/Resource", unknown, null));
        }
    }

    private static RequestTemplate request(State.Task task) {
        return new RequestTemplate(
                switch (task.dataFlow()) {
                    case DataFlow.JsonPathFlow flow -> flow.parameters();
                    case DataFlow.JsonataFlow flow -> flow.arguments();
                },
                task.queryLanguage());
    }
}
