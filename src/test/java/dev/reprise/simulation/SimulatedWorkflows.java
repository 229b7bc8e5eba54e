package dev.reprise.simulation;

import dev.reprise.core.Program;
import dev.reprise.workflow.Workflow;
import dev.reprise.workflow.Workflows;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** What a process knows of workflows: those that there are, but not how one was when an execution began. */
final class SimulatedWorkflows implements Workflows {

    private final Map<String, Machine> machines;

    /** Those whose texts were read from the table. */
    private final Set<Machine> read = Collections.newSetFromMap(new IdentityHashMap<>());

    SimulatedWorkflows(Map<String, Machine> machines) {
        this.machines = machines;
    }

    @Override
    public Workflow named(String name) {
        return Objects.requireNonNull(machines.get(name), name).workflow();
    }

    @Override
    public Program compiled(String sha256, Supplier<String> text) {
        for (Machine machine : machines.values()) {
            if (machine.workflow().definition().sha256().equals(sha256)) {
                return compiled(machine, text);
            }
        }
        throw new IllegalStateException("The definition is none that an execution began with");
    }

    private Program compiled(Machine machine, Supplier<String> text) {
        if (read.add(machine) && !text.get().equals(machine.text())) {
            throw new IllegalStateException("The definition is not what the execution began with");
        }
        return machine.workflow().program();
    }
}
