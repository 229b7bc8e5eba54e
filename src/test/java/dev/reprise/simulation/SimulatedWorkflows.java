package dev.reprise.simulation;

import dev.reprise.core.Program;
import dev.reprise.runtime.Workflow;
import dev.reprise.runtime.Workflows;
import java.util.function.Supplier;

/** What a process knows of workflows: the one that there is, but not how it was when an execution began. */
final class SimulatedWorkflows implements Workflows {

    private final Machine machine;
    private boolean readOnce;

    SimulatedWorkflows(Machine machine) {
        this.machine = machine;
    }

    @Override
    public Workflow named(String name) {
        return machine.workflow();
    }

    @Override
    public Program compiled(String sha256, Supplier<String> text) {
        if (!readOnce && !text.get().equals(machine.text())) {
            throw new IllegalStateException("The definition is not what the execution began with");
        }
        readOnce = true;
        return machine.workflow().program();
    }
}
