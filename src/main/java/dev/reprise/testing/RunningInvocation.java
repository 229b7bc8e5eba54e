package dev.reprise.testing;

import dev.reprise.operations.ExecutionDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One invocation of the function in a test: it carries one execution, and pauses where it has to wait. */
final class RunningInvocation {

    private static final ThreadLocal<RunningInvocation> CURRENT = new ThreadLocal<>();

    private final VirtualFunction function;
    private final Supplier<ExecutionDescription> work;
    private final Turns turns;

    /** What is to be done on its own thread when it goes on: answers of tasks. */
    private final Deque<Runnable> deliveries = new ArrayDeque<>();

    /** Tasks that are at work on threads of their own: their states, and since when in nanoseconds of real time. */
    private final Map<String, Long> realWork = new ConcurrentHashMap<>();

    private boolean news;
    private long pauses;
    private @Nullable ExecutionDescription result;

    /** @param work carries the execution; it may be done again when the process dies */
    RunningInvocation(VirtualFunction function, String name, Supplier<ExecutionDescription> work) {
        this.function = function;
        this.work = work;
        this.turns = new Turns(name, () -> {
            CURRENT.set(this);
            result = work.get();
        });
    }

    /** The one whose thread this is; null on any other. */
    static @Nullable RunningInvocation current() {
        return CURRENT.get();
    }

    Supplier<ExecutionDescription> work() {
        return work;
    }

    /** Has it go on until it pauses or ends. */
    void goOn() {
        turns.resume();
    }

    /** Has it end where it is. */
    void cancel() {
        turns.cancel();
    }

    boolean isFinished() {
        return turns.isFinished();
    }

    @Nullable
    Throwable problem() {
        return turns.problem();
    }

    @Nullable
    ExecutionDescription result() {
        return result;
    }

    // ---- on its own thread

    /** @param until null for as long as there are no news */
    void pauseUntil(@Nullable Instant until) throws InterruptedException {
        long pause = ++pauses;
        if (until != null) {
            function.at(until, () -> pause == pauses && !isFinished(), this::goOn);
        }
        turns.pause();
        pauses++;
        for (Runnable next = deliveries.poll(); next != null; next = deliveries.poll()) {
            next.run();
        }
    }

    /** Whether there are news; from now on there are none. */
    boolean takeNews() {
        boolean taken = news;
        news = false;
        return taken;
    }

    boolean awaitsRealWork() {
        return !realWork.isEmpty();
    }

    /** @throws IllegalStateException when a task has really taken longer than that */
    void requirePatience(Duration longest) {
        realWork.forEach((task, since) -> {
            if (System.nanoTime() - since > longest.toNanos()) {
                throw new IllegalStateException("The task of " + task + " has not answered within "
                        + longest.toSeconds() + " s of real time. Give the test a mock for it");
            }
        });
    }

    /** A task begins that may end on a thread of its own. */
    void realWorkBegins(String task) {
        realWork.put(task, System.nanoTime());
    }

    /** Safe on any thread, once what came of it was handed over. */
    void realWorkEnds(String task) {
        realWork.remove(task);
    }

    // ---- on the thread of the test

    /** Something lies in an inbox, or may. */
    void tellNews() {
        news = true;
    }

    /** Has something done on its own thread, and has it go on. */
    void deliver(Runnable delivery) {
        if (!isFinished()) {
            deliveries.add(delivery);
            goOn();
        }
    }
}
