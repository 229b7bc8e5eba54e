package dev.reprise.cli.dev;

import dev.reprise.asl.Diagnostic;
import dev.reprise.asl.Diagnostic.Severity;
import dev.reprise.asl.Resource;
import dev.reprise.asl.StateMachine;
import dev.reprise.execution.StatesError;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskSource;
import dev.reprise.workflow.DefinitionCheck;
import dev.reprise.workflow.UnknownResources;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tasks that are methods of a project, which is not here: whoever needs one is told what there is instead. */
final class ProjectTasks implements TaskSource {

    private static final String WHAT_TO_DO =
            "say what it gives, by --mock FILE, or which class has it, by --tasks CLASS"
                    + " --class-path target/classes, or start the project itself, by ./mvnw quarkus:dev";

    @Override
    public @Nullable TaskRunner find(Resource resource) {
        if (!(resource instanceof Resource.InProcess)) {
            return null;
        }
        StatesError problem = new StatesError("States.Runtime", problem(resource.uri()) + ": " + WHAT_TO_DO);
        return call -> Uni.createFrom().failure(() -> new TaskException(problem, null));
    }

    private static String problem(String resource) {
        return "'" + resource + "' is a method of a project, which does not run here";
    }

    @Override
    public List<String> known() {
        return List.of();
    }

    /** Warns of such tasks in definitions, and of others that nothing runs. */
    static DefinitionCheck check(TaskRunners withoutThese) {
        UnknownResources unknown = new UnknownResources(withoutThese);
        return machine -> check(unknown, machine);
    }

    private static List<Diagnostic> check(UnknownResources unknown, StateMachine machine) {
        return unknown.check(machine).stream().map(ProjectTasks::inOurWords).toList();
    }

    private static Diagnostic inOurWords(Diagnostic found) {
        int begin = found.message().indexOf('\'' + Resource.InProcess.PREFIX);
        if (!found.code().equals("UNKNOWN_RESOURCE") || begin < 0) {
            return found;
        }
        String resource = found.message().substring(begin + 1, found.message().indexOf('\'', begin + 1));
        return new Diagnostic(Severity.WARNING, found.code(), found.pointer(), problem(resource), WHAT_TO_DO);
    }
}
