package dev.reprise.journal.dynamodb;

import static dev.reprise.journal.dynamodb.Attributes.number;
import static dev.reprise.journal.dynamodb.Attributes.text;

import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.Document;
import dev.reprise.journal.store.DocumentStore;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.UnitMeter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The documents of a {@link DynamoDbStore}. */
final class DynamoDbDocuments implements DocumentStore {

    private static final String NONE = "attribute_not_exists(" + JournalTable.SK + ")";
    private static final String OF_VERSION = JournalTable.VERSION + " = :version";

    private final DynamoDbCalls calls;

    DynamoDbDocuments(DynamoDbCalls calls) {
        this.calls = calls;
    }

    @Override
    public @Nullable Document read(String partition, String key, UnitMeter meter) {
        Map<String, AttributeValue> item = calls.get(Attributes.key(partition, key), meter);
        return item.isEmpty() ? null : DocumentItems.read(item);
    }

    @Override
    public ConditionalWrite<Document> put(Document document, UnitMeter meter) {
        ConditionalWrite<Map<String, AttributeValue>> answer = document.version() == 1
                ? calls.put(DocumentItems.write(document), NONE, Map.of(), meter)
                : calls.put(DocumentItems.write(document), OF_VERSION, version(document.version() - 1), meter);
        return answer.map(DocumentItems::read);
    }

    @Override
    public ConditionalWrite<Document> delete(Document document, UnitMeter meter) {
        DeleteItemRequest.Builder request = DeleteItemRequest.builder()
                .key(Attributes.key(document.partition(), document.key()))
                .conditionExpression(OF_VERSION)
                .expressionAttributeValues(version(document.version()));
        return calls.delete(request, meter).map(DocumentItems::read);
    }

    private static Map<String, AttributeValue> version(long version) {
        return Map.of(":version", number(version));
    }

    @Override
    public Page<Document> list(String partition, String after, boolean backwards, int limit, UnitMeter meter) {
        String condition = JournalTable.PK + " = :pk";
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":pk", text(partition)));
        if (!after.isEmpty()) {
            condition += " AND " + JournalTable.SK + (backwards ? " < " : " > ") + ":after";
            values.put(":after", text(after));
        }
        QueryRequest.Builder request = QueryRequest.builder()
                .keyConditionExpression(condition)
                .expressionAttributeValues(values)
                .scanIndexForward(!backwards)
                .consistentRead(true)
                .limit(limit + 1);
        QueryResponse answer = calls.query(request, meter);
        List<Document> found = answer.items().stream().map(DocumentItems::read).toList();
        List<Document> page = found.size() > limit ? found.subList(0, limit) : found;
        boolean more = found.size() > limit || answer.hasLastEvaluatedKey();
        return new Page<>(page, more && !page.isEmpty() ? page.getLast().key() : null);
    }
}
