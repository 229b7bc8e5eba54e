package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.LEASE;
import static dev.reprise.journal.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.store.DueExecution;
import dev.reprise.journal.store.Ending;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How every store finds executions. */
abstract class ExecutionIndexContract extends StoreContract {

    ExecutionIndexContract(ExecutionStore store) {
        super(store);
    }

    @Test
    void findsExecutionsByTheirLabelsNewestFirstInPages() {
        String partition = JournalTable.label("order", "17");
        for (int i = 0; i < 3; i++) {
            ExecutionId id = new ExecutionId("orders", "run-" + i);
            Instant at = NOON.plusSeconds(i);
            store.putLabels(id, Map.of("order", "17", "customer", "c" + i), at, meter);
            store.createHead(head(id, at), NOON, meter);
        }
        store.putLabels(new ExecutionId("orders", "never-started"), Map.of("order", "17"), NOON, meter);

        assertThat(names(partition, null, null)).containsExactly("run-2", "run-1", "run-0");
        assertThat(names(partition, NOON.plusSeconds(1), null)).containsExactly("run-2", "run-1");
        assertThat(names(partition, null, NOON.plusSeconds(1))).containsExactly("run-1", "run-0");
        assertThat(names(JournalTable.label("customer", "c1"), null, null)).containsExactly("run-1");
        assertThat(names(JournalTable.label("order", "18"), null, null)).isEmpty();
    }

    @Test
    void whatCannotBeThereIsNotFound() {
        String partition = JournalTable.label("order", "17");
        store.putLabels(ID, Map.of("order", "17"), NOON, meter);
        store.createHead(head(ID, NOON), NOON, meter);

        assertThat(names(partition, NOON.plusSeconds(1), NOON)).isEmpty();
        assertThat(names(partition, null, Instant.EPOCH.minusSeconds(1))).isEmpty();
        assertThat(names(JournalTable.label("order", "1".repeat(3_000)), null, null))
                .isEmpty();
    }

    @Test
    void aTokenOfAnotherListingIsRefused() {
        String partition = JournalTable.label("order", "17");
        for (String text : List.of(
                "1\n\nEXEC#orders#one",
                "1\nHEAD\n",
                "1\n\n",
                "1",
                "x\nHEAD\nEXEC#orders#one",
                "1\n" + "k".repeat(1_025) + "\nEXEC#orders#one",
                "1\nHEAD\nEXEC#" + "p".repeat(2_048))) {
            String token = Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.labelled(partition, null, null, 2, token, meter));
        }
    }

    @Test
    void findsThoseThatEndedWithoutSuccess() {
        store.createHead(head(ID, NOON), NOON, meter);
        Head closed = stored().closed(new Ending(ExecutionStatus.FAILED, NOON, null, null), Progress.START, true);
        store.close(closed, meter);

        assertThat(names(JournalTable.ended("orders", ExecutionStatus.FAILED), null, null))
                .containsExactly("one");
        assertThat(names(JournalTable.ended("orders", ExecutionStatus.ABORTED), null, null))
                .isEmpty();
    }

    @Nested
    class Listing {

        @Test
        void isNewestFirstInPages() {
            for (int i = 0; i < 5; i++) {
                store.createHead(head(new ExecutionId("orders", "e" + i), NOON.plusSeconds(i)), NOON, meter);
            }
            store.createHead(head(new ExecutionId("returns", "other"), NOON), NOON, meter);

            List<String> names = new ArrayList<>();
            String token = null;
            do {
                Page<Head> page = store.list("orders", 2, token, meter);
                assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
                page.items().forEach(head -> names.add(head.id().name()));
                token = page.next();
            } while (token != null);

            assertThat(names).containsExactly("e4", "e3", "e2", "e1", "e0");
            assertThat(store.list("nobody", 2, null, meter).items()).isEmpty();
        }

        @Test
        void refusesAForeignToken() {
            assertThatThrownBy(() -> store.list("orders", 2, "what", meter))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'what'");
        }
    }

    @Nested
    class WhatIsDue {

        @Test
        void isTheSuspendedAtTheirTimeAndTheLeasedAtTheEndOfTheirLease() {
            created();
            for (int i = 0; i < 20; i++) {
                ExecutionId id = new ExecutionId("orders", "e" + i);
                store.createHead(head(id, NOON), NOON, meter);
                store.suspend(id, "w1", NOON.plusSeconds(i), 0, progress(0), meter);
            }
            ExecutionId waiting = new ExecutionId("orders", "waits-for-its-inbox");
            store.createHead(head(waiting, NOON), NOON, meter);
            store.suspend(waiting, "w1", null, 0, progress(0), meter);

            assertThat(store.due(NOON.plusSeconds(4), 100, meter))
                    .extracting(due -> due.id().name())
                    .containsExactly("e0", "e1", "e2", "e3", "e4");
            assertThat(store.due(NOON.plusSeconds(4), 2, meter)).hasSize(2);
            assertThat(store.due(Instant.MAX, 100, meter))
                    .hasSize(21)
                    .last()
                    .isEqualTo(new DueExecution(ID, LEASE.until()));
            assertThat(store.expired(Instant.MAX, 100, meter)).isEmpty();
        }

        @Test
        void isNothingOfAClosedOneUntilItsRetentionIsOver() {
            created();
            close(false);

            assertThat(store.due(Instant.MAX, 100, meter)).isEmpty();
            assertThat(store.expired(Instant.MAX, 100, meter))
                    .containsExactly(new DueExecution(ID, NOON.plusSeconds(5).plus(RETENTION)));
        }
    }

    private List<String> names(String partition, @Nullable Instant from, @Nullable Instant to) {
        List<String> names = new ArrayList<>();
        String token = null;
        do {
            Page<Head> page = store.labelled(partition, from, to, 2, token, meter);
            page.items().forEach(head -> names.add(head.id().name()));
            token = page.next();
        } while (token != null);
        return names;
    }
}
