package dev.reprise.core;

import com.fasterxml.jackson.core.JsonPointer;
import dev.reprise.asl.Body;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.RateLimit;
import dev.reprise.asl.State;
import dev.reprise.asl.StateMachine;
import dev.reprise.execution.TaskPattern;
import dev.reprise.query.Queries;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A state machine made ready to run: its expressions compiled, its states linked. Immutable and shared by all
 * executions of the definition.
 */
public final class Program {

    private final StateMachine machine;
    /** What of the machine it runs. */
    private final Body part;

    private final BodyProgram body;
    private final @Nullable Duration timeout;
    /** Null when its executions bear none. */
    private final @Nullable Labels labels;
    /** Those of all its tasks. */
    private final Set<TaskPattern> patterns;

    private final Map<String, RateLimit> rateLimits;

    private Program(
            StateMachine machine, Body part, BodyProgram body, @Nullable Duration timeout, @Nullable Labels labels) {
        this.labels = labels;
        this.machine = machine;
        this.part = part;
        this.body = body;
        this.timeout = timeout;
        Set<TaskPattern> found = EnumSet.noneOf(TaskPattern.class);
        Map<String, RateLimit> limits = new LinkedHashMap<>();
        collect(part, found, limits);
        this.patterns = Set.copyOf(found);
        this.rateLimits = Collections.unmodifiableMap(limits);
    }

    private static void collect(Body body, Set<TaskPattern> patterns, Map<String, RateLimit> limits) {
        for (State state : body.states().values()) {
            switch (state) {
                case State.Task task -> {
                    patterns.add(TaskPattern.of(task.resource()));
                    if (task.rateLimit() != null) {
                        limits.put(task.name(), task.rateLimit());
                    }
                }
                case State.Map map -> collect(map.processor().body(), patterns, limits);
                case State.Parallel parallel ->
                    parallel.branches().forEach(branch -> collect(branch, patterns, limits));
                case State.Pass pass -> {}
                case State.Choice choice -> {}
                case State.Wait wait -> {}
                case State.Succeed succeed -> {}
                case State.Fail fail -> {}
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
        BodyProgram whole = new Compiler(languages).body(machine.body());
        Labels labels = Labels.compile(machine, languages);
        return new Program(machine, machine.body(), whole, machine.timeout(), labels);
    }

    /**
     * A part of the definition, to run as an execution of its own.
     *
     * @param pointer where its body stands in the definition, as a JSON Pointer (RFC 6901): that of a Map's item
     *     processor such as {@code /States/Each/ItemProcessor}, or of a branch such as {@code
     *     /States/Both/Branches/0}, from the outermost state inwards. Empty for the whole
     * @throws IllegalArgumentException when no body stands there
     */
    public Program at(String pointer) {
        if (pointer.isEmpty()) {
            return this;
        }
        Body found = part;
        BodyProgram compiled = body;
        JsonPointer left = JsonPointer.compile(pointer);
        while (!left.matches()) {
            JsonPointer state = left.tail();
            State defined = state == null || !left.matchesProperty("States")
                    ? null
                    : found.states().get(state.getMatchingProperty());
            JsonPointer inner = defined == null ? null : state.tail();
            if (inner == null) {
                throw nothingAt(pointer);
            }
            int child = 0;
            if (defined instanceof State.Map map && inner.matchesProperty("ItemProcessor")) {
                found = map.processor().body();
            } else if (defined instanceof State.Parallel parallel && inner.matchesProperty("Branches")) {
                inner = inner.tail();
                child = inner.getMatchingIndex();
                if (child < 0 || child >= parallel.branches().size()) {
                    throw nothingAt(pointer);
                }
                found = parallel.branches().get(child);
            } else {
                throw nothingAt(pointer);
            }
            compiled = compiled.state(defined.name()).childBody(child);
            left = inner.tail();
        }
        return new Program(machine, found, compiled, null, null);
    }

    private static IllegalArgumentException nothingAt(String pointer) {
        return new IllegalArgumentException("The definition has no body at '" + pointer
                + "': one stands at /States/NAME/ItemProcessor or /States/NAME/Branches/INDEX");
    }

    /**
     * How long an execution of it may last; null when there is no bound. A part of a definition has none of its own.
     */
    public @Nullable Duration timeout() {
        return timeout;
    }

    /** What its executions are to be found by; null when the definition names nothing. */
    public @Nullable Labels labels() {
        return labels;
    }

    /** The definition, the whole of it. */
    public StateMachine machine() {
        return machine;
    }

    /** Whether it has a task whose result comes from outside, so that its executions need task tokens. */
    public boolean isAnsweredFromOutside() {
        return patterns.stream().anyMatch(TaskPattern::isAnsweredFromOutside);
    }

    /**
     * What the targets of its tasks bear, by the names of their states; those of states without a limit are absent. In
     * the definition's order.
     */
    public Map<String, RateLimit> rateLimits() {
        return rateLimits;
    }

    /** Whether it has a task that waits for a job, such as another execution. */
    public boolean awaitsJobs() {
        return patterns.contains(TaskPattern.RUN_A_JOB);
    }

    BodyProgram body() {
        return body;
    }
}
