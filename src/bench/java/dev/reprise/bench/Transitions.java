package dev.reprise.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.core.Interpreter;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Program;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.Outcome;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Transitions of states that need nothing from outside: one thread, in memory, from the execution's start to its end.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
public class Transitions {

    private static final int CHAIN = 1_000;
    private static final ExecutionIdentity IDENTITY =
            new ExecutionIdentity("execution", "name", "machine", "chain", "role");
    private static final Entry.Started STARTED = new Entry.Started(
            Instant.EPOCH, JsonNodeFactory.instance.objectNode().put("count", 1));

    private final Program passes = chain("""
        {"Type": "Pass", "Next": "NEXT"}\
        """);

    private final Program choices = chain("""
        {"Type": "Choice", "Choices": [{"Variable": "$.count", "NumericEquals": 1, "Next": "NEXT"}]}\
        """);

    private final Program jsonata = chain("""
        {"Type": "Pass", "QueryLanguage": "JSONata", "Output": {"count": "{% $states.input.count + 1 %}"}, "Next": "NEXT"}\
        """);

    @Benchmark
    @OperationsPerInvocation(CHAIN)
    public Outcome passTransitions() {
        return run(passes);
    }

    @Benchmark
    @OperationsPerInvocation(CHAIN)
    public Outcome choiceTransitions() {
        return run(choices);
    }

    @Benchmark
    @OperationsPerInvocation(CHAIN)
    public Outcome jsonataTransitions() {
        return run(jsonata);
    }

    private static Outcome run(Program program) {
        Interpreter interpreter = new Interpreter(program, IDENTITY, InterpreterLimits.DEFAULT, null);
        interpreter.apply(STARTED);
        while (interpreter.hasWork()) {
            interpreter.advance();
        }
        if (!(interpreter.outcome() instanceof Outcome.Succeeded succeeded)) {
            throw new IllegalStateException("The chain ended with " + interpreter.outcome());
        }
        return succeeded;
    }

    /** {@value #CHAIN} states, each leading to the next, and then the end. */
    private static Program chain(String state) {
        String states = IntStream.range(0, CHAIN)
                .mapToObj(number -> "\"S%d\": %s,".formatted(number, state.replace("NEXT", "S" + (number + 1))))
                .collect(Collectors.joining("\n"));
        String text = """
            {"StartAt": "S0", "States": {
            %s
            "S%d": {"Type": "Succeed"}}}\
            """.formatted(states, CHAIN);
        return Programs.compile(text);
    }
}
