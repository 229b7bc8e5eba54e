package dev.reprise.journal.dynamodb;

import static dev.reprise.journal.dynamodb.Attributes.millis;
import static dev.reprise.journal.dynamodb.Attributes.number;
import static dev.reprise.journal.dynamodb.Attributes.text;

import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Lease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * A change of a head as DynamoDB's expressions. Attribute {@code x} is {@code #x} in them, for many of our names are
 * reserved words there, and its new or expected value is {@code :x}.
 */
final class HeadUpdate {

    private static final AttributeValue RUNNING = text(ExecutionStatus.RUNNING.name());
    private static final AttributeValue ONE = number(1);

    private final ExecutionId id;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();
    private final List<String> sets = new ArrayList<>();
    private final List<String> removals = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private @Nullable String counter;

    /** Of an execution that is RUNNING; there is no other kind of change. */
    HeadUpdate(ExecutionId id) {
        this.id = id;
        values.put(":running", RUNNING);
        conditions.add(name("status") + " = :running");
    }

    /** {@link Head#mayBeLeased}. */
    HeadUpdate ifMayBeLeased(String journal, Lease lease, Instant now) {
        values.put(":writer", text(journal));
        conditions.add(name("writer") + " <> :writer");
        values.put(":now", millis(now));
        values.put(":owner", text(lease.owner()));
        conditions.add("(attribute_not_exists(" + name("leaseUntil") + ") OR #leaseUntil < :now OR " + name("owner")
                + " = :owner)");
        return this;
    }

    /** {@link Head#ownedBy}. */
    HeadUpdate ifOwnedBy(String writer) {
        values.put(":writer", text(writer));
        conditions.add(name("writer") + " = :writer");
        return ifLeased(true);
    }

    /** Whether the lease is still that of this request. */
    HeadUpdate ifLeasedBy(String owner) {
        values.put(":owner", text(owner));
        conditions.add(name("owner") + " = :owner");
        return this;
    }

    HeadUpdate ifLeased(boolean leased) {
        conditions.add((leased ? "attribute_exists(" : "attribute_not_exists(") + name("leaseUntil") + ")");
        return this;
    }

    HeadUpdate ifInboxIs(long counter) {
        return ifCounted("inbox", counter);
    }

    HeadUpdate ifRedriven(int times) {
        return ifCounted("redrives", times);
    }

    /** A counter that is 0 is not there. */
    private HeadUpdate ifCounted(String counter, long value) {
        if (value == 0) {
            conditions.add("attribute_not_exists(" + name(counter) + ")");
        } else {
            values.put(":" + counter, number(value));
            conditions.add(name(counter) + " = :" + counter);
        }
        return this;
    }

    HeadUpdate set(String attribute, AttributeValue value) {
        values.put(":" + attribute, value);
        sets.add(name(attribute) + " = :" + attribute);
        return this;
    }

    HeadUpdate set(Attributes attributes) {
        attributes.values().forEach(this::set);
        return this;
    }

    HeadUpdate addOneTo(String attribute) {
        values.put(":one", ONE);
        counter = name(attribute);
        return this;
    }

    HeadUpdate remove(String... attributes) {
        for (String attribute : attributes) {
            removals.add(name(attribute));
        }
        return this;
    }

    /** Makes it due, or no longer due. */
    HeadUpdate due(String kind, @Nullable Instant at) {
        return at == null
                ? remove(JournalTable.DUE, JournalTable.DUE_AT)
                : set(JournalTable.DUE, text(JournalTable.due(kind, id))).set(JournalTable.DUE_AT, millis(at));
    }

    /** Another item in the place of this one, under the conditions; what was to be changed in it is not asked for. */
    PutItemRequest.Builder replacement(Map<String, AttributeValue> item) {
        return PutItemRequest.builder()
                .item(item)
                .conditionExpression(String.join(" AND ", conditions))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values);
    }

    UpdateItemRequest.Builder request() {
        StringBuilder update = new StringBuilder();
        if (!sets.isEmpty()) {
            update.append("SET ").append(String.join(", ", sets));
        }
        if (!removals.isEmpty()) {
            update.append(" REMOVE ").append(String.join(", ", removals));
        }
        if (counter != null) {
            update.append(" ADD ").append(counter).append(" :one");
        }
        return UpdateItemRequest.builder()
                .key(Attributes.key(id.partition(), JournalTable.HEAD))
                .updateExpression(update.toString())
                .conditionExpression(String.join(" AND ", conditions))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values);
    }

    private String name(String attribute) {
        String placeholder = "#" + attribute;
        names.put(placeholder, attribute);
        return placeholder;
    }
}
