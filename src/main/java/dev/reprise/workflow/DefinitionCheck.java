package dev.reprise.workflow;

import dev.reprise.asl.Diagnostic;
import dev.reprise.asl.StateMachine;
import java.util.List;

/** Finds in a valid definition what this function, in its present form, cannot do. */
@FunctionalInterface
public interface DefinitionCheck {

    /** What is wrong or doubtful; empty when nothing is. */
    List<Diagnostic> check(StateMachine machine);
}
