package dev.reprise.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskThreadsTest {

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final TaskThreads threads = new TaskThreads(executor);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void cancellingInterruptsTheTask() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<String> end = new CompletableFuture<>();
        Cancellable running = threads.<String>run(() -> {
                    started.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        end.complete("interrupted");
                    }
                    return "";
                })
                .subscribe()
                .with(ignored -> {});
        started.await();

        running.cancel();

        assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo("interrupted");
        assertThat(threads.awaitIdle(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void aTaskThatEndsIsNotInterruptedByItsOwnEnd() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

        threads.run(() -> "result").subscribe().with(result -> interrupted.complete(Thread.interrupted()));

        assertThat(interrupted.get(60, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void aTaskThatHoldsItsThreadIsReported() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Cancellable running = threads.<String>run(() -> {
                    started.countDown();
                    // Deaf to interrupts, as native calls are.
                    while (mayEnd.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    return "";
                })
                .subscribe()
                .with(ignored -> {});
        started.await();

        running.cancel();

        assertThat(threads.awaitIdle(Duration.ofMillis(1))).isFalse();

        mayEnd.countDown();
        assertThat(threads.awaitIdle(Duration.ofSeconds(10))).isTrue();
    }
}
