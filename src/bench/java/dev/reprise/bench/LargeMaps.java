package dev.reprise.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.journal.dynamodb.DynamoDbStore;
import dev.reprise.journal.dynamodb.DynamoDbTable;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.local.DynamoDbLocal;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskRunner;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Maps of many items with results of 200 bytes on DynamoDB Local, in memory: what they write, what a resume costs, and
 * what they hold.
 */
final class LargeMaps implements Measurement {

    private static final String TABLE = "large-maps";

    private static final Duration INVOCATION = Duration.ofMinutes(15);

    @Override
    public String name() {
        return "large-map";
    }

    @Override
    public void run(Report report) {
        try (DynamoDbLocal server = DynamoDbLocal.inMemory();
                DynamoDbClient client = server.newClient()) {
            DynamoDbTable.create(client, TABLE);
            // The first round is for the just-in-time compilers, here and in the database.
            measure(client, 10_000, (figure, value, unit) -> {});
            measure(client, 10_000, report);
            measure(client, 100_000, report);
        }
    }

    /** All items but the last are done when the invocation ends; the next one resumes, and does the last. */
    private static void measure(DynamoDbClient client, int items, Report report) {
        LastIsLate tasks = new LastIsLate(items);
        Engine engine = new Engine(new DynamoDbStore(client, TABLE), tasks);
        tasks.whenLastStarts = () -> engine.pass(INVOCATION);
        long start = System.nanoTime();
        ExecutionDescription cut = engine.start(Engine.map("JOURNALED"), Engine.numbers(items), INVOCATION);
        report.figure(items + "-items-until-the-last", (tasks.lastStarted.get() - start) / 1e6, "ms");
        report.figure(items + "-items-live-heap", tasks.liveHeap.get() / 1e6, "MB");
        report.figure(items + "-items-segments", engine.segments(cut), "segments");
        ConsumedUnits before = engine.consumed(cut);
        report.figure(items + "-items-write-units-an-item", before.write() / items, "write-units");

        long resume = System.nanoTime();
        engine.resume(cut);
        report.figure(items + "-items-resume", (System.nanoTime() - resume) / 1e6, "ms");
        report.figure(items + "-items-resume-reads", engine.consumed(cut).read() - before.read(), "read-units");
    }

    /** Answers at once, but for the last item's first attempt. */
    private static final class LastIsLate implements TaskRunner {

        private final int items;
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicLong lastStarted = new AtomicLong();
        private final AtomicLong liveHeap = new AtomicLong();
        private Runnable whenLastStarts = () -> {};

        LastIsLate(int items) {
            this.items = items;
        }

        @Override
        public Uni<JsonNode> run(TaskCall call) {
            if (calls.incrementAndGet() == items) {
                lastStarted.set(System.nanoTime());
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                liveHeap.set(runtime.totalMemory() - runtime.freeMemory());
                whenLastStarts.run();
                return Uni.createFrom().nothing();
            }
            return Uni.createFrom().item(Results.order(call.input().intValue()));
        }
    }
}
