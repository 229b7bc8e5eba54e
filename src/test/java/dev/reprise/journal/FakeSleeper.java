package dev.reprise.journal;

import dev.reprise.journal.store.RetryingStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sleeps no time, and remembers how long it should have been. */
final class FakeSleeper implements RetryingStore.Sleeper {

    final List<Duration> slept = new ArrayList<>();

    static FakeSleeper of() {
        return new FakeSleeper();
    }

    @Override
    public void sleep(Duration duration) {
        slept.add(duration);
    }
}
