package dev.reprise.journal.dynamodb;

import static dev.reprise.journal.dynamodb.Attributes.number;
import static dev.reprise.journal.dynamodb.Attributes.text;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.DueExecution;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.TransientStoreException;
import dev.reprise.journal.store.UnitMeter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Reads of the table's three indexes, which hold keys only. */
final class DynamoDbIndexes {

    private final DynamoDbCalls calls;

    DynamoDbIndexes(DynamoDbCalls calls) {
        this.calls = calls;
    }

    Page<Head> list(String workflow, int limit, @Nullable String token, UnitMeter meter) {
        QueryRequest.Builder request = QueryRequest.builder()
                .indexName(JournalTable.BY_WORKFLOW)
                .keyConditionExpression(JournalTable.WORKFLOW + " = :workflow")
                .expressionAttributeValues(Map.of(":workflow", text(workflow)))
                .scanIndexForward(false)
                .limit(limit);
        if (token != null) {
            request.exclusiveStartKey(startKey(workflow, ListToken.parse(token)));
        }
        QueryResponse found = calls.query(request, meter);
        String next =
                found.hasLastEvaluatedKey() ? token(found.lastEvaluatedKey()).toString() : null;
        return new Page<>(heads(found.items(), meter), next);
    }

    Page<Head> labelled(
            String partition,
            @Nullable Instant from,
            @Nullable Instant to,
            int limit,
            @Nullable String token,
            UnitMeter meter) {
        long earliest = from == null ? 0 : from.toEpochMilli();
        long latest = to == null ? Long.MAX_VALUE : Attributes.millisAtMost(to);
        // DynamoDB refuses to look for what cannot be there.
        if (earliest > latest || partition.getBytes(StandardCharsets.UTF_8).length > Attributes.LONGEST_PK) {
            return new Page<>(List.of(), null);
        }
        QueryRequest.Builder request = QueryRequest.builder()
                .indexName(JournalTable.BY_LABEL)
                .keyConditionExpression(
                        JournalTable.LABEL + " = :label AND " + JournalTable.STARTED_AT + " BETWEEN :from AND :to")
                .expressionAttributeValues(Map.of(
                        ":label", text(partition),
                        ":from", number(earliest),
                        ":to", number(latest)))
                .scanIndexForward(false)
                .limit(limit);
        if (token != null) {
            LabelToken after = LabelToken.parse(token);
            if (after.startedAtMillis() < earliest || after.startedAtMillis() > latest) {
                throw new IllegalArgumentException("The token is one of a listing between other times");
            }
            Map<String, AttributeValue> key = new HashMap<>(Attributes.key(after.partition(), after.key()));
            key.put(JournalTable.LABEL, text(partition));
            key.put(JournalTable.STARTED_AT, number(after.startedAtMillis()));
            request.exclusiveStartKey(key);
        }
        QueryResponse found = calls.query(request, meter);
        String next = null;
        if (found.hasLastEvaluatedKey()) {
            Attributes last = new Attributes(found.lastEvaluatedKey());
            next = new LabelToken(
                            last.longAt(JournalTable.STARTED_AT),
                            last.textAt(JournalTable.SK),
                            last.textAt(JournalTable.PK))
                    .toString();
        }
        return new Page<>(heads(found.items(), meter), next);
    }

    private static Map<String, AttributeValue> startKey(String workflow, ListToken after) {
        Map<String, AttributeValue> key =
                new HashMap<>(Attributes.key(new ExecutionId(workflow, after.name()).partition(), JournalTable.HEAD));
        key.put(JournalTable.WORKFLOW, text(workflow));
        key.put(JournalTable.STARTED_AT, number(after.startedAtMillis()));
        return key;
    }

    private static ListToken token(Map<String, AttributeValue> lastKey) {
        Attributes key = new Attributes(lastKey);
        ExecutionId id = ExecutionId.ofPartition(key.textAt(JournalTable.PK));
        return new ListToken(key.longAt(JournalTable.STARTED_AT), id.name());
    }

    /** The heads of these keys, in their order; those that are gone by now or cannot be read are left out. */
    private List<Head> heads(List<Map<String, AttributeValue>> indexEntries, UnitMeter meter) {
        List<Map<String, AttributeValue>> left = new ArrayList<>();
        for (Map<String, AttributeValue> entry : indexEntries) {
            left.add(Attributes.key(new Attributes(entry).textAt(JournalTable.PK), JournalTable.HEAD));
        }
        Map<ExecutionId, Head> heads = new HashMap<>();
        List<ExecutionId> order = left.stream()
                .map(key -> ExecutionId.ofPartition(new Attributes(key).textAt(JournalTable.PK)))
                .toList();
        while (!left.isEmpty()) {
            KeysAndAttributes keys =
                    KeysAndAttributes.builder().keys(left).consistentRead(true).build();
            BatchGetItemResponse response =
                    calls.batchGet(BatchGetItemRequest.builder().requestItems(Map.of(calls.table(), keys)), meter);
            for (Map<String, AttributeValue> item : response.responses().getOrDefault(calls.table(), List.of())) {
                Head head = HeadItem.readAmongOthers(item);
                if (head != null) {
                    heads.put(head.id(), head);
                }
            }
            List<Map<String, AttributeValue>> unread = unprocessed(response);
            if (unread.size() == left.size()) {
                throw new TransientStoreException("it is throttled", null);
            }
            left = unread;
        }
        return order.stream().map(heads::get).filter(java.util.Objects::nonNull).toList();
    }

    private List<Map<String, AttributeValue>> unprocessed(BatchGetItemResponse response) {
        KeysAndAttributes keys = response.unprocessedKeys().get(calls.table());
        return keys == null ? List.of() : keys.keys();
    }

    List<DueExecution> due(String kind, Instant until, int limit, UnitMeter meter) {
        List<DueExecution> due = new ArrayList<>();
        for (int partition = 0; partition < JournalTable.DUE_PARTITIONS; partition++) {
            QueryRequest.Builder request = QueryRequest.builder()
                    .indexName(JournalTable.BY_DUE)
                    .keyConditionExpression(JournalTable.DUE + " = :due AND " + JournalTable.DUE_AT + " <= :until")
                    .expressionAttributeValues(
                            Map.of(":due", text(kind + partition), ":until", number(Attributes.millisAtMost(until))))
                    .limit(limit);
            for (Map<String, AttributeValue> entry : calls.query(request, meter).items()) {
                Attributes key = new Attributes(entry);
                due.add(new DueExecution(
                        ExecutionId.ofPartition(key.textAt(JournalTable.PK)), key.instantAt(JournalTable.DUE_AT)));
            }
        }
        due.sort(Comparator.comparing(DueExecution::at));
        return List.copyOf(due.subList(0, Math.min(limit, due.size())));
    }
}
