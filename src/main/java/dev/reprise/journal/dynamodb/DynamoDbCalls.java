package dev.reprise.journal.dynamodb;

import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.InterruptedStoreException;
import dev.reprise.journal.store.ItemTooLargeException;
import dev.reprise.journal.store.JournalException;
import dev.reprise.journal.store.StoreUnavailableException;
import dev.reprise.journal.store.TableMissingException;
import dev.reprise.journal.store.TransientStoreException;
import dev.reprise.journal.store.UnitMeter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Makes requests of one table: measures each, and turns what goes wrong into a {@link JournalException}. */
final class DynamoDbCalls {

    private static final int SERVER_ERROR = 500;

    private final DynamoDbClient client;
    private final String table;

    DynamoDbCalls(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    String table() {
        return table;
    }

    /** Puts {@code item}; {@code values} may be empty. */
    ConditionalWrite<Map<String, AttributeValue>> put(
            Map<String, AttributeValue> item, String condition, Map<String, AttributeValue> values, UnitMeter meter) {
        PutItemRequest.Builder request = PutItemRequest.builder().item(item).conditionExpression(condition);
        if (!values.isEmpty()) {
            request.expressionAttributeValues(values);
        }
        return put(request, meter);
    }

    /** Puts an item under a condition. */
    ConditionalWrite<Map<String, AttributeValue>> put(PutItemRequest.Builder request, UnitMeter meter) {
        request.tableName(table)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
        return conditional(() -> {
            written(client.putItem(request.build()).consumedCapacity(), meter);
            return Map.of();
        });
    }

    /** Puts {@code item}, whatever is there. */
    void put(Map<String, AttributeValue> item, UnitMeter meter) {
        PutItemRequest request = PutItemRequest.builder()
                .tableName(table)
                .item(item)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .build();
        written(call(() -> client.putItem(request)).consumedCapacity(), meter);
    }

    /** {@code returned}: whether the write is to tell the item as it was before, or nothing. */
    ConditionalWrite<Map<String, AttributeValue>> update(
            UpdateItemRequest.Builder request, ReturnValue returned, UnitMeter meter) {
        request.tableName(table)
                .returnValues(returned)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
        return conditional(() -> {
            var response = client.updateItem(request.build());
            written(response.consumedCapacity(), meter);
            return response.attributes();
        });
    }

    private ConditionalWrite<Map<String, AttributeValue>> conditional(Supplier<Map<String, AttributeValue>> request) {
        return call(() -> {
            try {
                return new ConditionalWrite.Made<>(orNull(request.get()));
            } catch (ConditionalCheckFailedException e) {
                return new ConditionalWrite.Refused<>(orNull(e.item()));
            }
        });
    }

    /** An item has a key, so one without attributes is none. */
    private static @Nullable Map<String, AttributeValue> orNull(Map<String, AttributeValue> item) {
        return item.isEmpty() ? null : item;
    }

    void delete(Map<String, AttributeValue> key, UnitMeter meter) {
        DeleteItemRequest request = DeleteItemRequest.builder()
                .tableName(table)
                .key(key)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .build();
        written(call(() -> client.deleteItem(request)).consumedCapacity(), meter);
    }

    /** Deletes an item on a condition. */
    ConditionalWrite<Map<String, AttributeValue>> delete(DeleteItemRequest.Builder conditional, UnitMeter meter) {
        DeleteItemRequest request = conditional
                .tableName(table)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .build();
        return conditional(() -> {
            written(client.deleteItem(request).consumedCapacity(), meter);
            return Map.of();
        });
    }

    /** Deletes items together; gives the keys of those that DynamoDB did not get to. */
    List<Map<String, AttributeValue>> delete(List<Map<String, AttributeValue>> keys, UnitMeter meter) {
        List<WriteRequest> deletions = keys.stream()
                .map(key -> WriteRequest.builder()
                        .deleteRequest(delete -> delete.key(key))
                        .build())
                .toList();
        return write(deletions, meter).stream()
                .map(left -> left.deleteRequest().key())
                .toList();
    }

    /** Puts items together; gives those that DynamoDB did not get to. */
    List<Map<String, AttributeValue>> put(List<Map<String, AttributeValue>> items, UnitMeter meter) {
        List<WriteRequest> puts = items.stream()
                .map(item ->
                        WriteRequest.builder().putRequest(put -> put.item(item)).build())
                .toList();
        return write(puts, meter).stream().map(left -> left.putRequest().item()).toList();
    }

    /** Gives what DynamoDB did not get to. */
    private List<WriteRequest> write(List<WriteRequest> writes, UnitMeter meter) {
        BatchWriteItemRequest request = BatchWriteItemRequest.builder()
                .requestItems(Map.of(table, writes))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .build();
        BatchWriteItemResponse response = call(() -> client.batchWriteItem(request));
        response.consumedCapacity().forEach(consumed -> written(consumed, meter));
        return response.unprocessedItems().getOrDefault(table, List.of());
    }

    /** Strongly consistent; empty when there is none. */
    Map<String, AttributeValue> get(Map<String, AttributeValue> key, UnitMeter meter) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(table)
                .key(key)
                .consistentRead(true)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .build();
        var response = call(() -> client.getItem(request));
        read(response.consumedCapacity(), meter);
        return response.item();
    }

    QueryResponse query(QueryRequest.Builder request, UnitMeter meter) {
        request.tableName(table).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
        QueryResponse response = call(() -> client.query(request.build()));
        read(response.consumedCapacity(), meter);
        return response;
    }

    BatchGetItemResponse batchGet(BatchGetItemRequest.Builder request, UnitMeter meter) {
        request.returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
        BatchGetItemResponse response = call(() -> client.batchGetItem(request.build()));
        response.consumedCapacity().forEach(consumed -> read(consumed, meter));
        return response;
    }

    private static void written(@Nullable ConsumedCapacity consumed, UnitMeter meter) {
        if (consumed != null && consumed.capacityUnits() != null) {
            meter.write(consumed.capacityUnits());
        }
    }

    private static void read(@Nullable ConsumedCapacity consumed, UnitMeter meter) {
        if (consumed != null && consumed.capacityUnits() != null) {
            meter.read(consumed.capacityUnits());
        }
    }

    <T> T call(Supplier<T> request) {
        try {
            return request.get();
        } catch (ResourceNotFoundException e) {
            throw new TableMissingException(table, e);
        } catch (DynamoDbException e) {
            throw refused(e);
        } catch (AbortedException e) {
            throw new InterruptedStoreException(table, e);
        } catch (ApiCallTimeoutException | ApiCallAttemptTimeoutException e) {
            throw new TransientStoreException("it did not answer in time", e);
        } catch (SdkClientException e) {
            throw unsent(e);
        }
    }

    private JournalException refused(DynamoDbException e) {
        if (e.isThrottlingException()) {
            return new TransientStoreException("it is throttled", e);
        }
        if (e.statusCode() >= SERVER_ERROR) {
            return new TransientStoreException("it answered with " + e.getMessage(), e);
        }
        if (String.valueOf(e.getMessage()).contains("Item size")) {
            return new ItemTooLargeException(table, String.valueOf(e.getMessage()), e);
        }
        return new StoreUnavailableException(
                table,
                "DynamoDB refuses the request: " + e.getMessage() + ". Check the function's role, and that the table's"
                        + " keys and indexes are those of infra/template.yaml",
                e);
    }

    /**
     * The request did not get through, or its answer did not; or it was not even made, for want of credentials or a
     * region.
     */
    private JournalException unsent(SdkClientException e) {
        if (e.getCause() instanceof IOException || e.getCause() instanceof UncheckedIOException) {
            return new TransientStoreException("it cannot be reached (" + e.getMessage() + ")", e);
        }
        return new StoreUnavailableException(
                table, "no request could be made: " + e.getMessage() + ". Check credentials, region and endpoint", e);
    }
}
