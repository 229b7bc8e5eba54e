package dev.reprise.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Progress;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.testing.InMemoryStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A loop that asks a task whether it is done and waits, a million turns of it: a turn costs the same however many came
 * before, and so does a resume. In memory; what lies before the last snapshot is deleted now and then, for it is not
 * read again and would fill the heap.
 */
final class PollingLoop implements Measurement {

    private static final int TURNS = 1_000_000;

    /** So many turns an invocation. */
    private static final int TURNS_UNTIL_SUSPENDED = 10_000;

    private static final int PAUSE_SECONDS = 3_600;

    /** What the table deletes at once. */
    private static final int BATCH = 25;

    private static final String POLL = """
        {"StartAt": "Ask", "States": {
        "Ask": {"Type": "Task", "Resource": "task:work", "ResultPath": "$.answer", "Next": "Done?"},
        "Done?": {"Type": "Choice", "Default": "Wait", "Choices": [
          {"Variable": "$.answer.done", "BooleanEquals": true, "Next": "Tell"}]},
        "Wait": {"Type": "Wait", "SecondsPath": "$.answer.wait", "Next": "Ask"},
        "Tell": {"Type": "Succeed"}}}\
        """;

    private final InMemoryStore store = new InMemoryStore();
    private int asked;

    @Override
    public String name() {
        return "polling-loop";
    }

    @Override
    public void run(Report report) {
        asked = 0;
        Engine engine = new Engine(store, call -> Uni.createFrom().item(() -> answer(++asked)));
        long start = System.nanoTime();
        ExecutionDescription waiting =
                engine.start(POLL, JsonNodeFactory.instance.objectNode().put("job", 17));
        for (int turns = TURNS_UNTIL_SUSPENDED; turns < TURNS; turns += TURNS_UNTIL_SUSPENDED) {
            forgetBeforeSnapshot(waiting, engine.progress(waiting));
            engine.pass(Duration.ofSeconds(PAUSE_SECONDS));
            waiting = engine.goOn(waiting);
        }
        report.figure("turns", TURNS / ((System.nanoTime() - start) / 1e9), "turns/s");
        report.figure("entries-a-turn", (double) engine.progress(waiting).position() / TURNS, "entries");

        double read = engine.consumed(waiting).read();
        engine.pass(Duration.ofSeconds(PAUSE_SECONDS));
        long resume = System.nanoTime();
        engine.resume(waiting);
        report.figure("resume", (System.nanoTime() - resume) / 1e6, "ms");
        report.figure("resume-reads", engine.consumed(waiting).read() - read, "read-units");
    }

    private static JsonNode answer(int turn) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("done", turn > TURNS)
                .put("wait", turn % TURNS_UNTIL_SUSPENDED == 0 ? PAUSE_SECONDS : 0);
    }

    private void forgetBeforeSnapshot(ExecutionDescription execution, Progress progress) {
        ExecutionId id = ExecutionId.ofArn(execution.executionArn());
        String firstNeeded = "%012d".formatted(progress.snapshot());
        List<String> old = new ArrayList<>();
        String after = "";
        while (after != null) {
            Page<String> page = store.readItemKeys(id, after, new UnitMeter());
            page.items().stream()
                    .filter(key -> key.matches("(SEG|SNAP)#\\d{12}.*")
                            && key.replaceFirst("^\\w+#", "").substring(0, 12).compareTo(firstNeeded) < 0)
                    .forEach(old::add);
            after = page.next();
        }
        for (int from = 0; from < old.size(); from += BATCH) {
            store.deleteItems(id, old.subList(from, Math.min(from + BATCH, old.size())), new UnitMeter());
        }
    }
}
