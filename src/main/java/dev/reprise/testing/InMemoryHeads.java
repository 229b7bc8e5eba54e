package dev.reprise.testing;

import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.dynamodb.HeadItem;
import dev.reprise.journal.dynamodb.ItemSize;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.HeadStore;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Progress;
import dev.reprise.journal.store.UnitMeter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The heads of an {@link InMemoryStore}: each condition is the one of {@link HeadStore}, in terms of {@link Head}. */
final class InMemoryHeads implements HeadStore {

    private final InMemoryTable table;

    InMemoryHeads(InMemoryTable table) {
        this.table = table;
    }

    @Override
    public ConditionalWrite<Head> createHead(Head head, Instant now, UnitMeter meter) {
        return withoutBefore(changeHead(
                head.id(), current -> current == null || mayBeReplaced(current, now), current -> head, meter));
    }

    @Override
    public @Nullable Head readHead(ExecutionId id, UnitMeter meter) {
        Map<String, AttributeValue> item = table.get(id.partition(), JournalTable.HEAD);
        meter.read(ItemSize.readUnits(item == null ? 0 : ItemSize.of(item)));
        return item == null ? null : HeadItem.read(item);
    }

    @Override
    public ConditionalWrite<Head> takeLease(ExecutionId id, String writer, Lease lease, Instant now, UnitMeter meter) {
        return changeExisting(
                id, head -> head.mayBeLeased(lease.owner(), writer, now), head -> head.leased(writer, lease), meter);
    }

    @Override
    public ConditionalWrite<Head> suspend(
            ExecutionId id,
            String writer,
            @Nullable Instant wakeAt,
            long inboxSeen,
            Progress progress,
            UnitMeter meter) {
        return withoutBefore(changeExisting(
                id,
                head -> head.ownedBy(writer) && head.inbox() == inboxSeen,
                head -> head.suspended(wakeAt, progress),
                meter));
    }

    @Override
    public ConditionalWrite<Head> postpone(Head head, Instant until, UnitMeter meter) {
        if (head.isUnsettled()) {
            return replaceUnsettled(head, current -> current.postponed(until), meter);
        }
        String owner = Objects.requireNonNull(head.lease()).owner();
        return withoutBefore(changeExisting(
                head.id(),
                current -> current.lease() != null && current.lease().owner().equals(owner),
                current -> current.postponed(until),
                meter));
    }

    @Override
    public ConditionalWrite<Head> close(Head closed, UnitMeter meter) {
        return withoutBefore(changeExisting(
                closed.id(),
                head -> head.ownedBy(closed.writer()) && head.inbox() == closed.inbox(),
                head -> closed,
                meter));
    }

    @Override
    public ConditionalWrite<Head> settle(Head unsettled, UnitMeter meter) {
        return replaceUnsettled(unsettled, Head::settled, meter);
    }

    private ConditionalWrite<Head> replaceUnsettled(Head unsettled, UnaryOperator<Head> change, UnitMeter meter) {
        return withoutBefore(changeExisting(
                unsettled.id(), head -> head.isUnsettled() && head.writer().equals(unsettled.writer()), change, meter));
    }

    @Override
    public ConditionalWrite<Head> replaceClosed(Head closed, Head by, UnitMeter meter) {
        return withoutBefore(changeExisting(closed.id(), head -> head.isStill(closed), head -> by, meter));
    }

    @Override
    public ConditionalWrite<Head> announceInbox(ExecutionId id, UnitMeter meter) {
        return changeExisting(id, head -> head.status() == ExecutionStatus.RUNNING, Head::inboxAnnounced, meter);
    }

    @Override
    public ConditionalWrite<Head> countInbox(
            ExecutionId id, int redrives, boolean leased, Instant now, UnitMeter meter) {
        return withoutBefore(changeExisting(
                id,
                head -> head.status() == ExecutionStatus.RUNNING
                        && head.redrives() == redrives
                        && (head.lease() != null) == leased,
                head -> head.inboxCounted(now),
                meter));
    }

    @Override
    public ConditionalWrite<Head> deleteHead(Head closed, UnitMeter meter) {
        return table.in(closed.id().partition(), items -> {
            Map<String, AttributeValue> item = items.get(JournalTable.HEAD);
            Head head = item == null ? null : HeadItem.read(item);
            if (head == null || !head.isStill(closed)) {
                return new ConditionalWrite.Refused<>(head);
            }
            items.remove(JournalTable.HEAD, meter);
            return ConditionalWrite.made();
        });
    }

    @Override
    public double writeUnits(Head before, Head after) {
        return HeadItem.writeUnits(before, after);
    }

    /** DynamoDB's time to live counts whole seconds. */
    private static boolean mayBeReplaced(Head head, Instant now) {
        return head.dueAt() == null && head.expired(now.truncatedTo(ChronoUnit.SECONDS));
    }

    private ConditionalWrite<Head> changeExisting(
            ExecutionId id, Predicate<Head> condition, Function<Head, Head> change, UnitMeter meter) {
        return changeHead(
                id,
                head -> head != null && condition.test(head),
                head -> change.apply(Objects.requireNonNull(head)),
                meter);
    }

    private static ConditionalWrite<Head> withoutBefore(ConditionalWrite<Head> change) {
        return change instanceof ConditionalWrite.Made ? ConditionalWrite.made() : change;
    }

    private ConditionalWrite<Head> changeHead(
            ExecutionId id,
            Predicate<@Nullable Head> condition,
            Function<@Nullable Head, Head> change,
            UnitMeter meter) {
        return table.in(id.partition(), items -> {
            Map<String, AttributeValue> item = items.get(JournalTable.HEAD);
            Head head = item == null ? null : HeadItem.read(item);
            if (!condition.test(head)) {
                return new ConditionalWrite.Refused<>(head);
            }
            items.put(HeadItem.write(change.apply(head)), meter);
            return new ConditionalWrite.Made<>(head);
        });
    }
}
