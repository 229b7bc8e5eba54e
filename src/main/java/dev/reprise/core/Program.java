package dev.reprise.core;

import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.StateMachine;
import dev.reprise.query.Queries;
import java.util.function.Function;

/** A state machine made ready to run: its expressions compiled, its states linked. Immutable and shared by all executions of the definition. */
public final class Program {

    private final StateMachine machine;
    private final BodyProgram body;

    private Program(StateMachine machine, BodyProgram body) {
        this.machine = machine;
        this.body = body;
    }

    /**
     * Compiles a definition.
     *
     * @param machine a valid definition
     * @param languages the compiler of each query language
     * @throws IllegalArgumentException when an expression is not well-formed, which validation rules out
     */
    public static Program compile(StateMachine machine, Function<QueryLanguage, Queries> languages) {
        return new Program(machine, new Compiler(languages).body(machine.body()));
    }

    /** The definition. */
    public StateMachine machine() {
        return machine;
    }

    BodyProgram body() {
        return body;
    }
}
