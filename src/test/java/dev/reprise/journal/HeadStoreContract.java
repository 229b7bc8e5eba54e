package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.LEASE;
import static dev.reprise.journal.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.codec.Body;
import dev.reprise.journal.store.Beginning;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.journal.store.DueExecution;
import dev.reprise.journal.store.Ending;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Origin;
import dev.reprise.journal.store.Payload;
import dev.reprise.journal.store.Progress;
import dev.reprise.journal.store.Segment;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every store does with heads. */
abstract class HeadStoreContract extends StoreContract {

    HeadStoreContract(ExecutionStore store) {
        super(store);
    }

    @Test
    void keepsByWhatAnExecutionWasStarted() {
        Beginning plain = head(ID, NOON).beginning();
        Beginning told = new Beginning(
                plain.semantics(),
                plain.executionArn(),
                plain.roleArn(),
                plain.definition(),
                "",
                plain.input(),
                plain.startedAt(),
                plain.retention(),
                null,
                null,
                new Origin("3", "PROD", "r1", "Root=1", Map.of("order", "17")));
        store.createHead(Head.started(ID, told, "w1", LEASE), NOON, meter);

        assertThat(stored().beginning()).isEqualTo(told);
    }

    @Test
    void keepsWhichPartOfTheDefinitionAnExecutionRuns() {
        Beginning whole = head(ID, NOON).beginning();
        Beginning part = new Beginning(
                whole.semantics(),
                whole.executionArn(),
                whole.roleArn(),
                whole.definition(),
                "/States/Each/ItemProcessor",
                whole.input(),
                whole.startedAt(),
                whole.retention(),
                null,
                null);
        store.createHead(Head.started(ID, part, "w1", LEASE), NOON, meter);

        assertThat(stored().beginning()).isEqualTo(part);
        assertThat(whole.body()).isEmpty();
    }

    @Nested
    class AHead {

        @Test
        void isReadAsItWasWritten() {
            Head head = created();

            assertThat(stored()).isEqualTo(head);
        }

        @Test
        void isNotThereBeforeItIsWritten() {
            assertThat(stored()).isNull();
        }

        @Test
        void isCreatedOnce() {
            Head first = created();

            assertThat(store.createHead(head(ID, NOON.plusSeconds(1)), NOON, meter))
                    .isEqualTo(new ConditionalWrite.Refused<>(first));
            assertThat(stored()).isEqualTo(first);
        }

        @Test
        void mayBeReplacedWhenItIsAloneAndItsRetentionIsOver() {
            created();
            close(true);
            Instant over = NOON.plusSeconds(5).plus(RETENTION);
            Head second = head(ID, over);

            assertThat(store.createHead(second, over.minusSeconds(1), meter))
                    .isInstanceOf(ConditionalWrite.Refused.class);
            assertThat(store.createHead(second, over, meter)).isInstanceOf(ConditionalWrite.Made.class);
            assertThat(stored()).isEqualTo(second);
        }

        @Test
        void isNotReplacedWhileOtherItemsOfItAreThere() {
            created();
            close(false);
            Instant over = NOON.plusSeconds(5).plus(RETENTION);

            assertThat(store.createHead(head(ID, over), over, meter)).isInstanceOf(ConditionalWrite.Refused.class);
        }
    }

    @Nested
    class ALease {

        @Test
        void isRefusedWhileAnotherHoldsIt() {
            Head head = created();

            assertThat(store.takeLease(ID, "w2", OTHER, LEASE.until(), meter))
                    .isEqualTo(new ConditionalWrite.Refused<>(head));
        }

        @Test
        void isTakenOnceItIsOver() {
            Head head = created();

            assertThat(store.takeLease(ID, "w2", OTHER, LATER, meter)).isEqualTo(new ConditionalWrite.Made<>(head));
            assertThat(stored()).isEqualTo(head.leased("w2", OTHER));
        }

        @Test
        void isTakenAtOnceByTheSameRequest() {
            Head head = created();

            assertThat(store.takeLease(ID, "w2", LEASE, NOON, meter)).isEqualTo(new ConditionalWrite.Made<>(head));
        }

        @Test
        void isTakenOnceByTheSameJournal() {
            Head head = created();
            store.takeLease(ID, "w2", LEASE, NOON, meter);

            assertThat(store.takeLease(ID, "w2", LEASE, NOON, meter))
                    .isEqualTo(new ConditionalWrite.Refused<>(head.leased("w2", LEASE)));
            assertThat(stored()).isEqualTo(head.leased("w2", LEASE));
        }

        @Test
        void isGivenUpByWhomItIsStalled() {
            Head head = created();
            Progress stalled = progress(3).stalled(NOON);

            store.suspend(ID, "w1", NOON.plusSeconds(60), 0, stalled, meter);
            assertThat(stored()).isEqualTo(head.suspended(NOON.plusSeconds(60), stalled));
            store.takeLease(ID, "w2", OTHER, NOON, meter);
            store.suspend(ID, "w2", null, 0, progress(4), meter);

            assertThat(stored().progress()).isEqualTo(progress(4));
        }

        @Test
        void isTakenWhenItWasGivenUp() {
            Head head = created();
            store.suspend(ID, "w1", null, 0, progress(3), meter);

            assertThat(store.takeLease(ID, "w2", OTHER, NOON, meter))
                    .isEqualTo(new ConditionalWrite.Made<>(head.suspended(null, progress(3))));
            assertThat(stored()).isEqualTo(head.suspended(null, progress(3)).leased("w2", OTHER));
        }

        @Test
        void isRefusedForAClosedExecution() {
            created();
            close(true);

            assertThat(store.takeLease(ID, "w2", OTHER, LATER, meter))
                    .isEqualTo(new ConditionalWrite.Refused<>(stored()));
        }

        @Test
        void isRefusedForAnUnknownExecution() {
            assertThat(store.takeLease(ID, "w2", OTHER, LATER, meter)).isEqualTo(new ConditionalWrite.Refused<>(null));
        }

        @Test
        void isGivenUpOnlyByItsHolder() {
            Head head = created();

            assertThat(store.suspend(ID, "w2", NOON, 0, progress(1), meter))
                    .isEqualTo(new ConditionalWrite.Refused<>(head));
        }

        @Test
        void isGivenUpOnlyWhenTheInboxHasNotMoved() {
            created();
            store.announceInbox(ID, meter);

            assertThat(store.suspend(ID, "w1", NOON, 0, progress(1), meter))
                    .isEqualTo(new ConditionalWrite.Refused<>(stored()));
            assertThat(store.suspend(ID, "w1", NOON, 1, progress(1), meter)).isInstanceOf(ConditionalWrite.Made.class);
            assertThat(store.suspend(ID, "w1", NOON, 1, progress(1), meter))
                    .as("there is none to give up any more")
                    .isInstanceOf(ConditionalWrite.Refused.class);
        }
    }

    @Nested
    class AnEnding {

        @Test
        void isWrittenByTheHolderOfTheLeaseOnly() {
            Head head = created();
            store.takeLease(ID, "w2", OTHER, LATER, meter);

            assertThat(close(true)).isEqualTo(new ConditionalWrite.Refused<>(head.leased("w2", OTHER)));
        }

        @Test
        void closesTheHead() {
            Head head = created();

            assertThat(close(true)).isEqualTo(MADE);
            assertThat(stored()).isEqualTo(head.closed(ending(), progress(0), true));
            assertThat(close(true)).isInstanceOf(ConditionalWrite.Refused.class);
        }

        @Test
        void carriesTheLastEntries() {
            Head head = created();
            Segment tail =
                    new Segment(3, "w1", 2, 2, 0, Body.text("{\"fired\":\"/:1\",\"at\":1,\"kind\":\"WAIT\"}\n…"));
            Ending ending = new Ending(ExecutionStatus.FAILED, NOON, new Payload.Stored("ab".repeat(32)), tail);
            Progress progress = new Progress(2, 3, 1, 4, ConsumedUnits.NONE);

            store.close(head.closed(ending, progress, false), meter);

            assertThat(stored()).usingRecursiveComparison().isEqualTo(head.closed(ending, progress, false));
        }

        @Test
        void isDueUntilEverybodyWasTold() {
            Ending unsettled = new Ending(
                    ExecutionStatus.SUCCEEDED, NOON.plusSeconds(5), new Payload.Inline("1"), true, null, 12_345);
            Head head = created().closed(unsettled, progress(0), false);
            store.close(head, meter);
            assertThat(stored()).isEqualTo(head);
            assertThat(store.due(NOON.plusSeconds(5), 10, meter))
                    .containsExactly(new DueExecution(ID, NOON.plusSeconds(5)));
            assertThat(store.expired(Instant.MAX, 10, meter)).isEmpty();

            assertThat(store.postpone(head, NOON.plusSeconds(900), meter)).isEqualTo(MADE);
            assertThat(stored()).isEqualTo(head.postponed(NOON.plusSeconds(900)));
            assertThat(store.due(NOON.plusSeconds(899), 10, meter)).isEmpty();
            assertThat(store.due(NOON.plusSeconds(900), 10, meter)).hasSize(1);
            assertThat(store.settle(head, meter)).isEqualTo(MADE);

            assertThat(stored()).isEqualTo(head.settled());
            assertThat(store.due(Instant.MAX, 10, meter)).isEmpty();
            assertThat(store.expired(Instant.MAX, 10, meter)).hasSize(1);
            assertThat(store.postpone(head, NOON.plusSeconds(900), meter)).isInstanceOf(ConditionalWrite.Refused.class);
            assertThat(store.settle(head, meter)).isInstanceOf(ConditionalWrite.Refused.class);
        }

        @Test
        void isRefusedOnceTheInboxHasMoved() {
            Head head = created();
            store.announceInbox(ID, meter);
            Head moved = head.inboxAnnounced();

            assertThat(close(true)).isEqualTo(new ConditionalWrite.Refused<>(moved));
            assertThat(store.close(moved.closed(ending(), progress(0), false), meter))
                    .isEqualTo(MADE);
            assertThat(stored()).isEqualTo(moved.closed(ending(), progress(0), false));
        }
    }

    @Nested
    class Postponing {

        @Test
        void makesAnExecutionDueLaterAndLeavesItsLeaseAsItIs() {
            Head head = created();

            assertThat(store.postpone(head, NOON.plusSeconds(5_000), meter)).isEqualTo(MADE);

            assertThat(stored()).isEqualTo(head.postponed(NOON.plusSeconds(5_000)));
            assertThat(stored().lease()).isEqualTo(LEASE);
            assertThat(store.due(NOON.plusSeconds(4_999), 10, meter)).isEmpty();
            assertThat(store.due(NOON.plusSeconds(5_000), 10, meter)).hasSize(1);
        }

        @Test
        void isRefusedOnceSomebodyElseHasTheLease() {
            Head head = created();
            Lease other = new Lease("request-2", NOON.plusSeconds(2_000));
            store.takeLease(ID, "w2", other, NOON.plusSeconds(1_000), meter);
            Head current = stored();

            assertThat(store.postpone(head, NOON.plusSeconds(5_000), meter))
                    .isEqualTo(new ConditionalWrite.Refused<>(current));
        }
    }
}
