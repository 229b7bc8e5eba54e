package dev.reprise.journal.dynamodb;

import static dev.reprise.journal.dynamodb.Attributes.number;
import static dev.reprise.journal.dynamodb.Attributes.text;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.QueuedTask;
import dev.reprise.journal.store.TaskStore;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.journal.store.WaitingTask;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The tasks of a {@link DynamoDbStore}. */
final class DynamoDbTasks implements TaskStore {

    private static final String NONE = "attribute_not_exists(" + JournalTable.SK + ")";
    private static final String OF_VERSION = JournalTable.VERSION + " = :version";

    private final DynamoDbCalls calls;

    DynamoDbTasks(DynamoDbCalls calls) {
        this.calls = calls;
    }

    @Override
    public @Nullable WaitingTask read(ExecutionId id, EffectId task, UnitMeter meter) {
        Map<String, AttributeValue> item = calls.get(Attributes.key(id.partition(), TaskItems.key(task)), meter);
        return item.isEmpty() ? null : TaskItems.readWaiting(id, item);
    }

    @Override
    public Page<WaitingTask> readAll(ExecutionId id, String after, UnitMeter meter) {
        // No other item's key comes after theirs.
        QueryResponse answer = calls.query(range(id.partition(), JournalTable.WAITING + after), meter);
        List<WaitingTask> found = answer.items().stream()
                .map(item -> TaskItems.readWaiting(id, item))
                .toList();
        boolean more = answer.hasLastEvaluatedKey() && !found.isEmpty();
        return new Page<>(
                found,
                more
                        ? TaskItems.key(found.get(found.size() - 1).task()).substring(JournalTable.WAITING.length())
                        : null);
    }

    /** Strongly consistent. */
    private static QueryRequest.Builder range(String partition, String after) {
        return QueryRequest.builder()
                .keyConditionExpression(JournalTable.PK + " = :pk AND " + JournalTable.SK + " > :after")
                .expressionAttributeValues(Map.of(":pk", text(partition), ":after", text(after)))
                .consistentRead(true);
    }

    @Override
    public ConditionalWrite<WaitingTask> put(ExecutionId id, WaitingTask task, UnitMeter meter) {
        ConditionalWrite<Map<String, AttributeValue>> answer = task.version() == 1
                ? calls.put(TaskItems.write(id, task), NONE, Map.of(), meter)
                : calls.put(
                        TaskItems.write(id, task), OF_VERSION, Map.of(":version", number(task.version() - 1)), meter);
        return answer.map(item -> TaskItems.readWaiting(id, item));
    }

    @Override
    public List<WaitingTask> replace(ExecutionId id, List<WaitingTask> tasks, Instant until, UnitMeter meter) {
        List<Map<String, AttributeValue>> items =
                tasks.stream().map(task -> TaskItems.write(id, task, until)).toList();
        return calls.put(items, meter).stream()
                .map(item -> TaskItems.readWaiting(id, item))
                .toList();
    }

    @Override
    public void enqueue(QueuedTask task, UnitMeter meter) {
        calls.put(TaskItems.write(task), meter);
    }

    @Override
    public List<QueuedTask> queued(String activity, String after, int limit, UnitMeter meter) {
        QueryRequest.Builder request = range(JournalTable.activityPartition(activity), JournalTable.QUEUED + after)
                .limit(limit);
        return calls.query(request, meter).items().stream()
                .map(item -> TaskItems.readQueued(activity, item))
                .toList();
    }

    @Override
    public void dequeue(QueuedTask task, UnitMeter meter) {
        calls.delete(
                Attributes.key(JournalTable.activityPartition(task.activity()), JournalTable.QUEUED + task.key()),
                meter);
    }
}
