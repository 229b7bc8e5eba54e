package dev.reprise.core;

import dev.reprise.asl.Body;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.State;
import dev.reprise.asl.StateMachine;
import dev.reprise.query.Queries;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

/** A state machine made ready to run: its expressions compiled, its states linked. Immutable and shared by all executions of the definition. */
public final class Program {

    private final StateMachine machine;
    private final BodyProgram body;
    /** Those of all its tasks. */
    private final Set<TaskPattern> patterns;

    private Program(StateMachine machine, BodyProgram body) {
        this.machine = machine;
        this.body = body;
        Set<TaskPattern> found = EnumSet.noneOf(TaskPattern.class);
        collectPatterns(machine.body(), found);
        this.patterns = Set.copyOf(found);
    }

    private static void collectPatterns(Body body, Set<TaskPattern> patterns) {
        for (State state : body.states().values()) {
            switch (state) {
                case State.Task task -> patterns.add(TaskPattern.of(task.resource()));
                case State.Map map -> collectPatterns(map.processor().body(), patterns);
                case State.Parallel parallel ->
                    parallel.branches().forEach(branch -> collectPatterns(branch, patterns));
                default -> {}
            }
        }
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
        return patterns.stream().anyMatch(TaskPattern::isAnsweredFromOutside);
    }

    /** Whether it has a task that waits for a job, such as another execution. */
    public boolean awaitsJobs() {
        return patterns.contains(TaskPattern.RUN_A_JOB);
    }

    BodyProgram body() {
        return body;
    }
}
