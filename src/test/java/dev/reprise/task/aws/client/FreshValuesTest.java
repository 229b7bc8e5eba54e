package dev.reprise.task.aws.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.task.aws.client.FreshValues.Fresh;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FreshValuesTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final FreshValues<String> values = new FreshValues<>(now::get);
    private final AtomicInteger asked = new AtomicInteger();

    private Fresh<String> ask() {
        return new Fresh<>("v" + asked.incrementAndGet(), now.get().plusSeconds(60));
    }

    @Test
    void aValueIsAskedForWhenItIsNotFreshAnyMore() throws Exception {
        assertThat(values.get("a", this::ask)).isEqualTo("v1");
        now.set(Instant.EPOCH.plusSeconds(59));
        assertThat(values.get("a", this::ask)).isEqualTo("v1");
        now.set(Instant.EPOCH.plusSeconds(60));
        assertThat(values.get("a", this::ask)).isEqualTo("v2");
    }

    @Test
    void aFailureIsNotKept() throws Exception {
        assertThatThrownBy(() -> values.get("a", () -> {
                    throw new IllegalStateException("away");
                }))
                .hasMessage("away");
        assertThat(values.get("a", this::ask)).isEqualTo("v1");
    }

    @Test
    void whatIsOutOfDateIsForgottenButNotWhatCameInItsPlace() throws Exception {
        values.get("a", this::ask);
        values.forget("a", "v1");
        assertThat(values.get("a", this::ask)).isEqualTo("v2");
        values.forget("a", "v1");
        assertThat(values.get("a", this::ask)).isEqualTo("v2");
    }

    @Test
    void theOnesUsedLongestAgoAreDropped() throws Exception {
        for (int i = 0; i < 150; i++) {
            values.get("kept", this::ask);
            values.get("name " + i, this::ask);
        }

        assertThat(values.get("kept", this::ask)).isEqualTo("v1");
        assertThat(values.get("name 149", this::ask)).isEqualTo("v151");
        assertThat(values.get("name 0", this::ask)).isEqualTo("v152");
    }

    @Test
    void whoeverWantsTheSameWaitsAndNobodyElseDoes() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = threads.submit(() -> values.get("slow", () -> {
                asking.countDown();
                await(answered);
                return ask();
            }));
            await(asking);
            Future<String> second = threads.submit(() -> values.get("slow", this::ask));

            assertThat(values.get("quick", this::ask)).isEqualTo("v1");

            assertThat(second.isDone()).isFalse();
            answered.countDown();
            assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("v2");
            assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo("v2");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
