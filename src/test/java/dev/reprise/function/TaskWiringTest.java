package dev.reprise.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jboss.threads.EnhancedQueueExecutor;
import org.junit.jupiter.api.Test;

class TaskWiringTest {

    /** As it does not on Quarkus' own executor since Java 24: java.base does not open java.lang. */
    @Test
    void anIdleThreadEndsWithoutAnError() throws Exception {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        EnhancedQueueExecutor executor = TaskWiring.executor(Duration.ofMillis(1));

        executor.execute(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> thrown.add(error));
            worker.complete(Thread.currentThread());
        });
        worker.get(60, TimeUnit.SECONDS).join(10_000);

        assertThat(worker.get().isAlive()).isFalse();
        assertThat(thrown).isEmpty();
        executor.shutdown(true);
    }
}
