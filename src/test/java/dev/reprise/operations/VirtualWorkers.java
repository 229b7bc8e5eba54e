package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.runtime.Time;
import dev.reprise.task.TaskCall;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;

/**
 * Tasks that take their time elsewhere, in a time that passes only where the runner waits: until the next of them is
 * done, and no longer.
 */
final class VirtualWorkers implements Time {

    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    /** More looks at the clock than any runner needs between two waits. */
    private static final int MOST_LOOKS = 5_000_000;

    private record Work(Instant done, long number, Runnable answer) {}

    private final PriorityQueue<Work> works =
            new PriorityQueue<>(Comparator.comparing(Work::done).thenComparingLong(Work::number));
    private Instant now = NOON;
    private long numbers;
    private int waits;
    private int looksSinceWait;

    /** Gives a task's input back after a while. */
    Uni<JsonNode> echoAfter(Duration duration, TaskCall call) {
        return Uni.createFrom()
                .emitter(emitter ->
                        works.add(new Work(now.plus(duration), numbers++, () -> emitter.complete(call.input()))));
    }

    /** How often the runner had nothing to do. */
    int waits() {
        return waits;
    }

    void moveTo(Instant time) {
        now = time;
    }

    @Override
    public Instant instant() {
        if (++looksSinceWait > MOST_LOOKS) {
            throw new IllegalStateException("The runner neither works nor waits");
        }
        return now;
    }

    @Override
    public long await(Condition news, long nanos) {
        waits++;
        looksSinceWait = 0;
        Instant until = now.plusNanos(nanos);
        Work next = works.peek();
        if (next == null || next.done().isAfter(until)) {
            now = until;
            return 0;
        }
        works.remove();
        now = next.done().isAfter(now) ? next.done() : now;
        next.answer().run();
        return Duration.between(now, until).toNanos();
    }
}
