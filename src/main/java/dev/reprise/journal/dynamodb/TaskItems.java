package dev.reprise.journal.dynamodb;

import static dev.reprise.journal.dynamodb.Attributes.millis;
import static dev.reprise.journal.dynamodb.Attributes.number;
import static dev.reprise.journal.dynamodb.Attributes.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.codec.ByteSink;
import dev.reprise.journal.codec.ContentHash;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.QueuedTask;
import dev.reprise.journal.store.WaitingTask;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Waiting and queued tasks as items. */
public final class TaskItems {

    /** DynamoDB takes sort keys of up to 1,024 bytes; a task in a deep nest may have a longer name. */
    private static final int LONGEST_NAME = 512;

    private TaskItems() {}

    /** Sort key of a waiting task. */
    public static String key(EffectId task) {
        String name = task.toString();
        if (ItemSize.utf8Length(name) <= LONGEST_NAME) {
            return JournalTable.WAITING + name;
        }
        ByteSink bytes = new ByteSink(name.length());
        bytes.writeBytes(name.getBytes(UTF_8));
        return JournalTable.WAITING + '#' + ContentHash.of(bytes);
    }

    public static Map<String, AttributeValue> write(ExecutionId id, WaitingTask waiting) {
        Attributes item = Attributes.item(id.partition(), key(waiting.task()))
                .put("task", text(waiting.task().toString()))
                .put(JournalTable.VERSION, number(waiting.version()));
        WaitingTask.Work work = waiting.work();
        if (work != null) {
            item.put("input", work.input());
            if (work.bounded()) {
                item.put("bounded", AttributeValue.fromBool(true));
            }
            write(work.taken(), item);
        }
        if (waiting.child() != null) {
            item.put("child", text(waiting.child()));
        }
        if (waiting.heardAt() != null) {
            item.put("heardAt", millis(waiting.heardAt()));
        }
        if (waiting.answer() != null) {
            item.put("answer", text(waiting.answer()));
        }
        if (waiting.settledAt() != null) {
            item.put("settledAt", millis(waiting.settledAt()));
        }
        return item.values();
    }

    /** The same, to be deleted by DynamoDB's time to live some time after {@code until}. */
    public static Map<String, AttributeValue> write(ExecutionId id, WaitingTask waiting, Instant until) {
        Map<String, AttributeValue> item = new HashMap<>(write(id, waiting));
        item.put(JournalTable.EXPIRES_AT, HeadItem.expiresAt(until));
        return item;
    }

    private static void write(WaitingTask.@Nullable Taken taken, Attributes item) {
        if (taken == null) {
            return;
        }
        item.put("claim", text(taken.claim())).put("takenAt", millis(taken.at()));
        if (taken.worker() != null) {
            item.put("worker", text(taken.worker()));
        }
    }

    public static WaitingTask readWaiting(ExecutionId id, Map<String, AttributeValue> values) {
        Attributes item = new Attributes(values);
        try {
            item.requireKnownFormat("Execution " + id + ": a waiting task");
            return new WaitingTask(
                    EffectId.parse(item.textAt("task")),
                    item.longAt(JournalTable.VERSION),
                    item.hasPayload("input") ? readWork(item) : null,
                    item.textOrNull("child"),
                    item.instantOrNull("heardAt"),
                    item.textOrNull("answer"),
                    item.instantOrNull("settledAt"));
        } catch (UnreadableItemException | IllegalArgumentException | ArithmeticException e) {
            throw new CorruptJournalException(
                    id.toString(), item.textAt(JournalTable.SK), String.valueOf(e.getMessage()), e);
        }
    }

    private static WaitingTask.Work readWork(Attributes item) {
        WaitingTask.Taken taken = item.has("claim")
                ? new WaitingTask.Taken(item.textAt("claim"), item.textOrNull("worker"), item.instantAt("takenAt"))
                : null;
        return new WaitingTask.Work(item.payloadAt("input"), item.has("bounded"), taken);
    }

    public static Map<String, AttributeValue> write(QueuedTask task) {
        return Attributes.item(JournalTable.activityPartition(task.activity()), JournalTable.QUEUED + task.key())
                .put("execution", text(task.execution().partition()))
                .put("task", text(task.task().toString()))
                .values();
    }

    public static QueuedTask readQueued(String activity, Map<String, AttributeValue> values) {
        Attributes item = new Attributes(values);
        String key = item.textAt(JournalTable.SK).substring(JournalTable.QUEUED.length());
        try {
            item.requireKnownFormat("Activity " + activity + ": task " + key);
            return new QueuedTask(
                    activity,
                    key,
                    ExecutionId.ofPartition(item.textAt("execution")),
                    EffectId.parse(item.textAt("task")));
        } catch (UnreadableItemException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new CorruptJournalException(
                    "of activity " + activity, "queued task " + key, String.valueOf(e.getMessage()), e);
        }
    }
}
