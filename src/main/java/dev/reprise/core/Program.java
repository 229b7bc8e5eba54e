package dev.reprise.core;

import dev.reprise.asl.Body;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.State;
import dev.reprise.asl.StateMachine;
import dev.reprise.query.Queries;
import java.util.function.Function;

/** A state machine made ready to run: its expressions compiled, its states linked. Immutable and shared by all executions of the definition. */
public final class Program {

    private final StateMachine machine;
    private final BodyProgram body;
    private final boolean answeredFromOutside;

    private Program(StateMachine machine, BodyProgram body) {
        this.machine = machine;
        this.body = body;
        this.answeredFromOutside = isAnsweredFromOutside(machine.body());
    }

    private static boolean isAnsweredFromOutside(Body body) {
        return body.states().values().stream().anyMatch(state -> switch (state) {
            case State.Task task -> TaskPattern.of(task.resource()).isAnsweredFromOutside();
            case State.Map map -> isAnsweredFromOutside(map.processor().body());
            case State.Parallel parallel -> parallel.branches().stream().anyMatch(Program::isAnsweredFromOutside);
            default -> false;
        });
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

    /** Whether it has a task whose result comes from outside, so that its executions need task tokens. */
    public boolean isAnsweredFromOutside() {
        return answeredFromOutside;
    }

    BodyProgram body() {
        return body;
    }
}
