package dev.reprise.operations;

import dev.reprise.journal.Inbox;
import dev.reprise.journal.store.Head;
import dev.reprise.wakeup.WakeUps;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Wakes up executions that nobody runs, once there is something for them to do. Thread-safe. */
record IdleExecutions(WakeUps wakeUps, InstantSource clock) {

    /** Has an execution go on at once. */
    void wake(Head head) {
        wakeUps.schedule(head.beginning().executionArn(), clock.instant());
    }

    /**
     * Has an execution go on, unless somebody runs it who will find what was delivered.
     *
     * @param head as it was before the delivery
     * @param delivery null when nothing was delivered
     */
    void wake(Head head, Inbox.@Nullable Delivery delivery) {
        if (delivery != null && delivery.leavesIdle(head, clock.instant())) {
            wake(head);
        }
    }
}
