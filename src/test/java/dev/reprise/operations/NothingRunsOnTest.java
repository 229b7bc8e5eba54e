package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.InboxFact;
import dev.reprise.journal.OpenOutcome;
import dev.reprise.journal.store.Lease;
import dev.reprise.runtime.Time;
import dev.reprise.task.TaskThreads;
import dev.reprise.testing.InMemoryStore;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * When an invocation has answered, nothing of its execution runs any more; and what had come about by then is not done
 * again.
 */
class NothingRunsOnTest {

    private static final ExecutionId ID = new ExecutionId("test", "run");

    private final InMemoryStore store = new InMemoryStore();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final TaskThreads threads = new TaskThreads(pool);
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean tookEffect = new AtomicBoolean();
    private volatile boolean heedsInterrupts = true;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final Patient time = new Patient(() -> begun.get() > 0 && !cancelled.get());

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    private TestEngine engine(String fields, Supplier<JsonNode> work) {
        return new TestEngine(
                store,
                "{'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', %s 'End': true}}}"
                        .formatted(fields),
                call -> threads.run(work).onCancellation().invoke(() -> cancelled.set(heedsInterrupts)),
                TestEngine.SETTINGS,
                time);
    }

    private ExecutionDescription start(TestEngine engine) {
        return engine.executions.start("test", "run", TestEngine.json("{}"), invocation());
    }

    private ExecutionDescription resume(TestEngine engine, ExecutionDescription execution) {
        return engine.executions.resume(execution.executionArn(), invocation());
    }

    private Invocation invocation() {
        return new Invocation("request-" + time.now, "", time.now.plusSeconds(60));
    }

    /** Heeds an interrupt by putting things in order first, for as long as somebody waits for that. */
    private JsonNode tidyingUp(Thread owner) {
        begun.incrementAndGet();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            while (!answered.get() && owner.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            tookEffect.set(!answered.get());
        }
        return TestEngine.json("1");
    }

    @Test
    void whatIsInterruptedForLackOfTimeIsWaitedFor() {
        Thread owner = Thread.currentThread();
        TestEngine engine = engine("", () -> tidyingUp(owner));

        ExecutionDescription cut = start(engine);
        answered.set(true);

        assertThat(cut.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(tookEffect).isTrue();
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsWaitedForBeforeTheAnswer() {
        Thread owner = Thread.currentThread();
        String race = """
            {'StartAt': 'Both', 'States': {'Both': {'Type': 'Parallel', 'End': true, 'Branches': [
            {'StartAt': 'Slow', 'States': {'Slow': {'Type': 'Task', 'Resource': 'task:slow', 'End': true}}},
            {'StartAt': 'Bad', 'States': {'Bad': {'Type': 'Task', 'Resource': 'task:bad', 'End': true}}}]}}}\
            """;
        TestEngine engine = new TestEngine(
                store,
                race,
                call -> call.context().state().equals("Slow")
                        ? threads.run(() -> tidyingUp(owner)).onCancellation().invoke(() -> cancelled.set(true))
                        : Uni.createFrom().failure(() -> {
                            while (begun.get() == 0) {
                                Thread.onSpinWait();
                            }
                            return new IllegalStateException("broken");
                        }),
                TestEngine.SETTINGS,
                time);

        ExecutionDescription failed = start(engine);
        answered.set(true);

        assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(tookEffect).isTrue();
    }

    /** Deaf to interrupts, as native calls are. */
    private JsonNode deaf(CountDownLatch mayEnd) {
        heedsInterrupts = false;
        begun.incrementAndGet();
        while (mayEnd.getCount() > 0) {
            Thread.onSpinWait();
        }
        return TestEngine.json("1");
    }

    @Test
    void aTaskThatDoesNotStopIsKnownToHaveBegunAndRunsAgain() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        TestEngine engine = engine("", () -> deaf(mayEnd));

        ExecutionDescription cut = start(engine);

        assertThat(cut.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(entries(engine)).hasExactlyElementsOfTypes(Entry.Started.class, Entry.TaskStarted.class);

        ExecutionDescription again = resume(engine, cut);
        assertThat(again.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(entries(engine)).as("one that gets nowhere adds nothing").hasSize(2);

        mayEnd.countDown();
        assertThat(resume(engine, again).output()).isEqualTo(TestEngine.json("1"));
        assertThat(engine.calls).hasSize(3);
        assertThat(engine.calls)
                .extracting(call -> call.context().idempotencyKey())
                .containsOnly(engine.calls.get(0).context().idempotencyKey());
    }

    @Test
    void aTaskThatMustNotRunTwiceAndDoesNotStopIsInterrupted() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        TestEngine engine = engine("'Reprise': {'Semantics': 'AT_MOST_ONCE_PER_RETRY'},", () -> deaf(mayEnd));

        ExecutionDescription cut = start(engine);
        ExecutionDescription ended = resume(engine, cut);
        mayEnd.countDown();

        assertThat(ended.error()).isEqualTo("Reprise.TaskInterrupted");
        assertThat(engine.calls).hasSize(1);
    }

    private static List<Entry> entries(TestEngine engine) {
        List<Entry> entries = new ArrayList<>();
        Objects.requireNonNull(engine.journals.history(ID)).entries().forEachRemaining(entries::add);
        return entries;
    }

    /** A task beside a loop that never waits. */
    private static final String TASK_AMID_WORK = """
        {'StartAt': 'Both', 'States': {'Both': {'Type': 'Parallel', 'End': true, 'Branches': [
        {'StartAt': 'Ask', 'States': {'Ask': {'Type': 'Task', 'Resource': 'task:ask', 'End': true}}},
        {'StartAt': 'Go', 'States': {
          'Go': {'Type': 'Task', 'Resource': 'task:go', 'Next': 'Turn'},
          'Turn': {'Type': 'Pass', 'Next': 'More'},
          'More': {'Type': 'Choice', 'Choices': [{'Variable': '$.stop', 'IsPresent': true, 'Next': 'Done'}], 'Default': 'Turn'},
          'Done': {'Type': 'Succeed'}}}]}}}\
        """;

    @Test
    void aTaskThatDoesNotStopAmidWorkIsKnownToHaveBegun() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        Ticking time = new Ticking(new ArrayList<>());
        TestEngine engine = new TestEngine(
                store,
                TASK_AMID_WORK,
                call -> call.context().state().equals("Go")
                        ? Uni.createFrom().item(call.input())
                        : threads.run(() -> deaf(mayEnd)),
                TestEngine.SETTINGS,
                time);

        engine.executions.start(
                "test", "run", TestEngine.json("{}"), new Invocation("first", "", time.now.plusSeconds(20)));
        mayEnd.countDown();

        assertThat(inbox(engine, time))
                .singleElement()
                .isInstanceOfSatisfying(
                        Entry.TaskStarted.class,
                        begun -> assertThat(begun.effect().toString()).isEqualTo("/Both[0]:1"));
    }

    private static List<Entry> inbox(TestEngine engine, Ticking time) {
        OpenOutcome.Opened opened =
                (OpenOutcome.Opened) engine.journals.open(ID, new Lease("second", time.now.plusSeconds(60)));
        return opened.replay().toItsEnd(entry -> {}).readInbox().stream()
                .map(InboxFact::entry)
                .toList();
    }

    @Test
    void aResultThatComesAmidWorkWhenTimeRunsOutIsKeptAndItsTaskDoesNotRunAgain() {
        List<Runnable> answers = new ArrayList<>();
        Ticking time = new Ticking(answers);
        TestEngine engine = new TestEngine(
                store,
                TASK_AMID_WORK,
                call -> Uni.createFrom().emitter(emitter -> {
                    if (call.context().state().equals("Go")) {
                        emitter.complete(call.input());
                    } else {
                        answers.add(() -> emitter.complete(TestEngine.json("'answer'")));
                    }
                }),
                TestEngine.SETTINGS,
                time);

        ExecutionDescription cut = engine.executions.start(
                "test", "run", TestEngine.json("{}"), new Invocation("first", "", time.now.plusSeconds(20)));

        assertThat(cut.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(answers).as("it was given").isEmpty();
        assertThat(inbox(engine, time))
                .singleElement()
                .isInstanceOfSatisfying(
                        Entry.TaskSucceeded.class,
                        given -> assertThat(given.output()).isEqualTo(TestEngine.json("'answer'")));
    }

    /** Passes at once where there is nothing to do but wait, but only if it may; else whoever waits does so really. */
    private static final class Patient implements Time {

        private final BooleanSupplier mayPass;
        private volatile Instant now = Instant.parse("2026-11-20T12:00:00Z");

        Patient(BooleanSupplier mayPass) {
            this.mayPass = mayPass;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // The loop is the caller's.
        public long await(Condition news, long nanos) throws InterruptedException {
            if (mayPass.getAsBoolean()) {
                now = now.plusNanos(nanos);
                return 0;
            }
            long unused = news.awaitNanos(1_000_000);
            return nanos;
        }
    }

    /** Each look at the clock takes a fiftieth of a second; after some, the answers come. */
    private static final class Ticking implements Time {

        private final List<Runnable> answers;
        private Instant now = Instant.parse("2026-11-20T12:00:00Z");
        private int looks;

        Ticking(List<Runnable> answers) {
            this.answers = answers;
        }

        @Override
        public Instant instant() {
            now = now.plusMillis(20);
            if (++looks == 200) {
                answers.forEach(Runnable::run);
                answers.clear();
            }
            return now;
        }

        @Override
        public long await(Condition news, long nanos) {
            now = now.plusNanos(nanos);
            return 0;
        }
    }
}
