package dev.reprise.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.testing.InMemoryStore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * In-process tasks without a journal, through everything else that an execution passes: one thread, one execution at a
 * time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
public class TasksInMemory {

    private static final JsonNode INPUT = JsonNodeFactory.instance.objectNode().put("count", 1);
    private static final String CHAIN = Engine.chain(1_000, "NONE");
    private static final String ONE = Engine.chain(1, "NONE");
    private static final String MAP = Engine.map("NONE");

    private final Engine engine = new Engine(new InMemoryStore(), Engine.echo());
    private final JsonNode thousand = Engine.numbers(1_000);
    private final JsonNode tenThousand = Engine.numbers(10_000);
    private final JsonNode hundredThousand = Engine.numbers(100_000);

    @Benchmark
    @OperationsPerInvocation(1_000)
    public JsonNode chainedTasks() {
        return engine.run(CHAIN, INPUT);
    }

    @Benchmark
    public JsonNode executionsOfOneTask() {
        return engine.run(ONE, INPUT);
    }

    @Benchmark
    @OperationsPerInvocation(1_000)
    public JsonNode mapOf1000Items() {
        return engine.run(MAP, thousand);
    }

    @Benchmark
    @OperationsPerInvocation(10_000)
    public JsonNode mapOf10000Items() {
        return engine.run(MAP, tenThousand);
    }

    @Benchmark
    @OperationsPerInvocation(100_000)
    public JsonNode mapOf100000Items() {
        return engine.run(MAP, hundredThousand);
    }
}
