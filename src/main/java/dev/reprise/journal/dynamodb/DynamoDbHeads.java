package dev.reprise.journal.dynamodb;

import static dev.reprise.journal.dynamodb.Attributes.millis;
import static dev.reprise.journal.dynamodb.Attributes.text;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.Ending;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.HeadStore;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Progress;
import dev.reprise.journal.store.UnitMeter;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * The heads of a {@link DynamoDbStore}: each condition is the one of {@link HeadStore}, as DynamoDB's condition
 * expression.
 */
final class DynamoDbHeads implements HeadStore {

    private static final String NO_SUCH_EXECUTION =
            "attribute_not_exists(" + JournalTable.PK + ") OR " + JournalTable.EXPIRES_AT + " <= :now";

    /** It is one of DynamoDB's own words. */
    private static final Map<String, String> OWNER = Map.of("#owner", "owner");

    private final DynamoDbCalls calls;

    DynamoDbHeads(DynamoDbCalls calls) {
        this.calls = calls;
    }

    @Override
    public ConditionalWrite<Head> createHead(Head head, Instant now, UnitMeter meter) {
        Map<String, AttributeValue> values = Map.of(":now", Attributes.number(now.getEpochSecond()));
        return calls.put(HeadItem.write(head), NO_SUCH_EXECUTION, values, meter).map(HeadItem::read);
    }

    @Override
    public @Nullable Head readHead(ExecutionId id, UnitMeter meter) {
        Map<String, AttributeValue> item = calls.get(Attributes.key(id.partition(), JournalTable.HEAD), meter);
        return item.isEmpty() ? null : HeadItem.read(item);
    }

    @Override
    public ConditionalWrite<Head> takeLease(ExecutionId id, String writer, Lease lease, Instant now, UnitMeter meter) {
        HeadUpdate update = new HeadUpdate(id)
                .ifMayBeLeased(writer, lease, now)
                .set("writer", text(writer))
                .set("owner", text(lease.owner()))
                .set("leaseUntil", millis(lease.until()))
                .due(JournalTable.RESUME, lease.until())
                .addOneTo("resumes");
        return calls.update(update.request(), ReturnValue.ALL_OLD, meter).map(HeadItem::read);
    }

    @Override
    public ConditionalWrite<Head> suspend(
            ExecutionId id,
            String writer,
            @Nullable Instant wakeAt,
            long inboxSeen,
            Progress progress,
            UnitMeter meter) {
        Attributes changed = Attributes.none();
        HeadItem.writeProgress(changed, progress);
        HeadUpdate update = new HeadUpdate(id)
                .ifOwnedBy(writer)
                .ifInboxIs(inboxSeen)
                .set(changed)
                .due(JournalTable.RESUME, wakeAt)
                .remove("owner", "leaseUntil");
        if (progress.stalledSince() == null) {
            update.remove(HeadItem.STALLED_SINCE);
        }
        return change(update, meter);
    }

    @Override
    public ConditionalWrite<Head> postpone(Head head, Instant until, UnitMeter meter) {
        if (head.isUnsettled()) {
            return replaceUnsettled(head, head.postponed(until), meter);
        }
        return change(
                new HeadUpdate(head.id())
                        .ifLeasedBy(Objects.requireNonNull(head.lease()).owner())
                        .set("fruitful", Attributes.number(head.resumes()))
                        .due(JournalTable.RESUME, until),
                meter);
    }

    @Override
    public ConditionalWrite<Head> close(Head closed, UnitMeter meter) {
        HeadUpdate condition =
                new HeadUpdate(closed.id()).ifOwnedBy(closed.writer()).ifInboxIs(closed.inbox());
        // A put of the whole item: DynamoDB is quicker with it than with an update of as many attributes.
        return calls.put(condition.replacement(HeadItem.write(closed)), meter).map(HeadItem::read);
    }

    @Override
    public ConditionalWrite<Head> settle(Head unsettled, UnitMeter meter) {
        return replaceUnsettled(unsettled, unsettled.settled(), meter);
    }

    private ConditionalWrite<Head> replaceUnsettled(Head unsettled, Head by, UnitMeter meter) {
        return calls.put(
                        HeadItem.write(by),
                        "unsettled = :yes AND writer = :writer",
                        Map.of(":yes", AttributeValue.fromBool(true), ":writer", text(unsettled.writer())),
                        meter)
                .map(HeadItem::read);
    }

    @Override
    public ConditionalWrite<Head> replaceClosed(Head closed, Head by, UnitMeter meter) {
        PutItemRequest.Builder request = PutItemRequest.builder()
                .item(HeadItem.write(by))
                .conditionExpression(isStill(closed))
                .expressionAttributeNames(OWNER)
                .expressionAttributeValues(known(closed));
        return calls.put(request, meter).map(HeadItem::read);
    }

    @Override
    public ConditionalWrite<Head> announceInbox(ExecutionId id, UnitMeter meter) {
        return calls.update(new HeadUpdate(id).addOneTo("inbox").request(), ReturnValue.ALL_OLD, meter)
                .map(HeadItem::read);
    }

    @Override
    public ConditionalWrite<Head> countInbox(
            ExecutionId id, int redrives, boolean leased, Instant now, UnitMeter meter) {
        HeadUpdate update =
                new HeadUpdate(id).ifRedriven(redrives).ifLeased(leased).addOneTo("inbox");
        if (!leased) {
            update.due(JournalTable.RESUME, now);
        }
        return change(update, meter);
    }

    private ConditionalWrite<Head> change(HeadUpdate update, UnitMeter meter) {
        return calls.update(update.request(), ReturnValue.NONE, meter).map(HeadItem::read);
    }

    @Override
    public double writeUnits(Head before, Head after) {
        return HeadItem.writeUnits(before, after);
    }

    @Override
    public ConditionalWrite<Head> deleteHead(Head closed, UnitMeter meter) {
        DeleteItemRequest.Builder request = DeleteItemRequest.builder()
                .key(Attributes.key(closed.id().partition(), JournalTable.HEAD))
                .conditionExpression(isStill(closed))
                .expressionAttributeNames(OWNER)
                .expressionAttributeValues(known(closed));
        return calls.delete(request, meter).map(HeadItem::read);
    }

    /** {@link Head#isStill}. */
    private static String isStill(Head closed) {
        return "stoppedAt = :stoppedAt AND writer = :writer AND "
                + (closed.lease() == null ? "attribute_not_exists(#owner)" : "#owner = :owner AND leaseUntil = :until");
    }

    private static Map<String, AttributeValue> known(Head closed) {
        Ending ending = Objects.requireNonNull(closed.ending());
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":stoppedAt", millis(ending.stoppedAt()));
        values.put(":writer", text(closed.writer()));
        if (closed.lease() != null) {
            values.put(":owner", text(closed.lease().owner()));
            values.put(":until", millis(closed.lease().until()));
        }
        return values;
    }
}
