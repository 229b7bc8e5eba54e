package dev.reprise.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskRunner;
import dev.reprise.testing.InMemoryStore;
import io.smallrye.mutiny.Uni;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A Map of 100,000 items that is content with 1,000, and a task after it, on a store in memory: through the whole
 * runner. What was abandoned must cost next to nothing.
 */
final class StoppedMaps implements Measurement {

    private static final int ITEMS = 100_000;
    private static final int ENOUGH = 1_000;
    private static final int ROUNDS = 7;
    private static final int THREADS = 8;

    private static final String MAP = """
        {"Reprise": {"Durability": "%s"}, "StartAt": "Each", "States": {
        "Each": {"Type": "Map", "Next": "After", "Reprise": {"MinSuccessful": %d},
          "ItemProcessor": {"StartAt": "Work", "States": {
          "Work": {"Type": "Task", "Resource": "task:work", "End": true}}}},
        "After": {"Type": "Task", "Resource": "task:work", "End": true}}}\
        """;

    @Override
    public String name() {
        return "map-stopped-early";
    }

    @Override
    public void run(Report report) {
        JsonNode numbers = Engine.numbers(ITEMS);
        measure("", "NONE", StoppedMaps::answer, numbers, report);
        measure("-journaled", "JOURNALED", StoppedMaps::answer, numbers, report);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            TaskRunner later =
                    call -> Uni.createFrom().item(() -> result(call.input())).runSubscriptionOn(threads);
            measure("-journaled-on-threads", "JOURNALED", later, numbers, report);
        }
    }

    /** The median of some rounds. */
    private static void measure(String kind, String durability, TaskRunner work, JsonNode numbers, Report report) {
        Engine engine = new Engine(new InMemoryStore(), work);
        String definition = MAP.formatted(durability, ENOUGH);
        double[] millis = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            JsonNode output = engine.run(definition, numbers);
            millis[round] = (System.nanoTime() - start) / 1e6;
            if (!output.equals(BooleanNode.TRUE)) {
                throw new IllegalStateException("It ended with " + output);
            }
        }
        report.figure(ITEMS + "-items" + kind + "-cold", millis[0], "ms");
        Arrays.sort(millis);
        report.figure(ITEMS + "-items" + kind, millis[ROUNDS / 2], "ms");
    }

    private static Uni<JsonNode> answer(TaskCall call) {
        return Uni.createFrom().item(result(call.input()));
    }

    private static JsonNode result(JsonNode input) {
        return input.isInt() ? Results.order(input.intValue()) : BooleanNode.TRUE;
    }
}
