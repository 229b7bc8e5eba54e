package dev.reprise.statemachine;

import dev.reprise.core.Program;
import dev.reprise.workflow.Workflow;
import dev.reprise.workflow.WorkflowCatalogue;
import dev.reprise.workflow.Workflows;
import java.util.function.Supplier;

/** The workflows of this function: those in files, and the state machines that were created. A file comes first. */
public final class KnownWorkflows implements Workflows {

    private final WorkflowCatalogue files;
    private final StateMachineTable created;

    public KnownWorkflows(WorkflowCatalogue files, StateMachineTable created) {
        this.files = files;
        this.created = created;
    }

    @Override
    public Workflow named(String name) {
        Workflow file = files.find(name);
        if (file != null) {
            return file;
        }
        CreatedStateMachine machine = created.recent(name);
        // What the catalogue says of one that is nowhere helps whoever misspelt it.
        return machine == null ? files.named(name) : runnable(machine.name(), machine.express(), machine.current());
    }

    /** What runs of a state machine at one revision. */
    public Workflow runnable(String name, boolean express, Revision revision) {
        Program program = compiled(revision.definition(), () -> created.definition(revision.definition()));
        return new Workflow(name, program.machine().source(), program, express, revision.roleArn());
    }

    @Override
    public Program compiled(String sha256, Supplier<String> text) {
        return files.compiled(sha256, text);
    }
}
