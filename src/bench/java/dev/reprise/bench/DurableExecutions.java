package dev.reprise.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.journal.dynamodb.DynamoDbStore;
import dev.reprise.journal.dynamodb.DynamoDbTable;
import dev.reprise.local.DynamoDbLocal;
import dev.reprise.operations.ExecutionDescription;
import io.smallrye.mutiny.Uni;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Executions whose journal is on DynamoDB Local, in memory, each figure beside the floor of plain puts taken in the
 * same run.
 */
final class DurableExecutions implements Measurement {

    private static final String TABLE = "reprise";
    private static final JsonNode INPUT = JsonNodeFactory.instance.objectNode().put("count", 1);
    private static final int ROUNDS = 7;

    @Override
    public String name() {
        return "durable";
    }

    @Override
    public void run(Report report) {
        try (DynamoDbLocal server = DynamoDbLocal.inMemory();
                DynamoDbClient client = server.newClient()) {
            DynamoDbTable.create(client, TABLE);
            Puts puts = new Puts(client, TABLE);
            Engine engine = new Engine(new DynamoDbStore(client, TABLE), Engine.echo());
            warmUp(engine, puts);
            sequential(engine, puts, report);
            oneTask(engine, puts, report);
            map(engine, 1_000, report);
            map(engine, 10_000, report);
            writeUnits(client, report);
        }
    }

    private static void warmUp(Engine engine, Puts puts) {
        for (int round = 0; round < 3; round++) {
            puts.milliseconds(1_000);
            engine.run(Engine.chain(1_000, "JOURNALED"), INPUT);
            engine.run(Engine.map("JOURNALED"), Engine.numbers(1_000));
        }
    }

    private static void sequential(Engine engine, Puts puts, Report report) {
        double[] floors = new double[ROUNDS];
        double[] times = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        String chain = Engine.chain(1_000, "JOURNALED");
        for (int round = 0; round < ROUNDS; round++) {
            floors[round] = puts.milliseconds(1_000);
            times[round] = milliseconds(() -> engine.run(chain, INPUT));
            ratios[round] = times[round] / floors[round];
        }
        report.figure("1000-sequential-puts", median(floors), "ms");
        report.figure("1000-sequential-tasks", median(times), "ms");
        report.figure("1000-sequential-tasks-to-puts", median(ratios), "ratio");
    }

    private static void oneTask(Engine engine, Puts puts, Report report) {
        String chain = Engine.chain(1, "JOURNALED");
        int executions = 1_000;
        double[] floors = new double[executions];
        double[] times = new double[executions];
        // The puts are warm by now; an execution's own requests are not yet.
        for (int i = 0; i < 2 * executions; i++) {
            engine.run(chain, INPUT);
        }
        // By turns, so that both see the same machine from one moment to the next.
        for (int i = 0; i < executions; i++) {
            floors[i] = puts.milliseconds(1);
            times[i] = milliseconds(() -> engine.run(chain, INPUT));
        }
        report.figure("one-task-execution", median(times), "ms");
        report.figure("one-task-execution-to-puts", median(times) / median(floors), "ratio");
    }

    private static void map(Engine engine, int items, Report report) {
        JsonNode numbers = Engine.numbers(items);
        double[] times = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            times[round] = milliseconds(() -> engine.run(Engine.map("JOURNALED"), numbers));
        }
        report.figure("map-of-" + items + "-tasks", median(times), "ms");
    }

    /** Results of 200 bytes: once of random text, which does not compress, and once as orders look. */
    private static void writeUnits(DynamoDbClient client, Report report) {
        Random random = new Random(7);
        report.figure("write-units-an-item-random", writeUnits(client, () -> Results.text(random)), "write-units");
        report.figure(
                "write-units-an-item-order", writeUnits(client, () -> Results.order(random.nextInt())), "write-units");
    }

    private static double writeUnits(DynamoDbClient client, Supplier<JsonNode> result) {
        Engine engine = new Engine(
                new DynamoDbStore(client, TABLE), call -> Uni.createFrom().item(result));
        ExecutionDescription ended = engine.start(Engine.map("JOURNALED"), Engine.numbers(10_000));
        return engine.consumed(ended).write() / 10_000;
    }

    private static double milliseconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
