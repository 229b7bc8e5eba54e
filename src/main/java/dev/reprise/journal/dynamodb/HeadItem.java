package dev.reprise.journal.dynamodb;

import static dev.reprise.journal.dynamodb.Attributes.millis;
import static dev.reprise.journal.dynamodb.Attributes.number;
import static dev.reprise.journal.dynamodb.Attributes.text;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.store.Beginning;
import dev.reprise.journal.store.Caller;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.Ending;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Origin;
import dev.reprise.journal.store.Progress;
import dev.reprise.journal.store.Redrive;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnknownVersionException;
import java.time.Instant;
import java.time.Period;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A {@link Head} as an item. What is still as it was at the start is left out: a write is billed by its size. */
public final class HeadItem {

    private static final Logger LOG = Logger.getLogger(HeadItem.class);

    /** {@link Progress#stalledSince}. */
    static final String STALLED_SINCE = "stalledSince";

    private HeadItem() {}

    public static Map<String, AttributeValue> write(Head head) {
        Beginning beginning = head.beginning();
        Attributes item = Attributes.item(head.id().partition(), JournalTable.HEAD)
                .put("semantics", number(beginning.semantics()))
                .put("arn", text(beginning.executionArn()))
                .put("roleArn", text(beginning.roleArn()))
                .put("definition", text(beginning.definition()))
                .put("input", beginning.input())
                .put(JournalTable.STARTED_AT, millis(beginning.startedAt()))
                .put("retention", text(beginning.retention().toString()))
                .put(JournalTable.WORKFLOW, text(head.id().workflow()))
                .put("status", text(head.status().name()))
                .put("writer", text(head.writer()));
        writeOutside(item, beginning);
        writeLease(item, head);
        writeDue(item, head);
        if (head.inbox() > 0) {
            item.put("inbox", number(head.inbox()));
        }
        if (head.resumes() > 0) {
            item.put("resumes", number(head.resumes()));
        }
        writeProgress(item, head.progress());
        if (head.redrive() != null) {
            item.put("redrives", number(head.redrive().count()))
                    .put("redrivenAt", millis(head.redrive().at()));
        }
        if (head.ending() != null) {
            writeEnding(item, head.ending());
            if (head.status() != ExecutionStatus.SUCCEEDED) {
                item.put(JournalTable.LABEL, text(JournalTable.ended(head.id().workflow(), head.status())));
            }
        }
        return item.values();
    }

    /** What turning one head into the other consumes, indexes included. */
    public static double writeUnits(Head before, Head after) {
        Map<String, AttributeValue> old = write(before);
        Map<String, AttributeValue> item = write(after);
        return ItemSize.writeUnits(Math.max(ItemSize.of(old), ItemSize.of(item))) + IndexCost.writeUnits(old, item);
    }

    private static void writeOutside(Attributes item, Beginning beginning) {
        if (!beginning.body().isEmpty()) {
            item.put("body", text(beginning.body()));
        }
        if (beginning.tokenSecret() != null) {
            item.put("tokenSecret", text(beginning.tokenSecret()));
        }
        Caller caller = beginning.caller();
        if (caller != null) {
            item.put("callerArn", text(caller.executionArn()))
                    .put("startedBy", text(caller.task().toString()))
                    .put("awaits", text(caller.awaits().name()));
            if (caller.startedAt() != null) {
                item.put("callerStartedAt", millis(caller.startedAt()));
            }
        }
        Origin origin = beginning.origin();
        writeText("version", origin.version(), item);
        writeText("alias", origin.alias(), item);
        writeText("revision", origin.revision(), item);
        writeText("traceHeader", origin.traceHeader(), item);
        if (!origin.labels().isEmpty()) {
            Map<String, AttributeValue> labels = new HashMap<>();
            origin.labels().forEach((name, value) -> labels.put(name, text(value)));
            item.put("labels", AttributeValue.fromM(labels));
        }
    }

    private static void writeText(String name, @Nullable String value, Attributes item) {
        if (value != null) {
            item.put(name, text(value));
        }
    }

    private static Origin readOrigin(Attributes item) {
        return new Origin(
                item.textOrNull("version"),
                item.textOrNull("alias"),
                item.textOrNull("revision"),
                item.textOrNull("traceHeader"),
                item.textsAt("labels"));
    }

    private static @Nullable Caller readCaller(Attributes item) {
        if (!item.has("callerArn")) {
            return null;
        }
        return new Caller(
                item.textAt("callerArn"),
                item.instantOrNull("callerStartedAt"),
                EffectId.parse(item.textAt("startedBy")),
                Caller.Awaits.valueOf(item.textAt("awaits")));
    }

    private static void writeLease(Attributes item, Head head) {
        if (head.lease() != null) {
            item.put("owner", text(head.lease().owner()));
            item.put("leaseUntil", millis(head.lease().until()));
        }
    }

    private static void writeDue(Attributes item, Head head) {
        Instant dueAt = head.dueAt();
        Instant retainedUntil = head.retainedUntil();
        if (dueAt != null) {
            String kind = head.isToBeResumed() ? JournalTable.RESUME : JournalTable.SWEEP;
            item.put(JournalTable.DUE, text(JournalTable.due(kind, head.id())));
            item.put(JournalTable.DUE_AT, millis(dueAt));
        } else if (retainedUntil != null) {
            item.put(JournalTable.EXPIRES_AT, expiresAt(retainedUntil));
        }
    }

    /** DynamoDB's time to live counts whole seconds; an item must not go before its time. */
    static AttributeValue expiresAt(Instant retainedUntil) {
        return number(retainedUntil.plusMillis(999).getEpochSecond());
    }

    /** Only what is no longer as it was at the start: none of it but the last ever goes back to that. */
    static void writeProgress(Attributes item, Progress progress) {
        writeUnless(0, "segments", progress.segments(), item);
        writeUnless(1, "position", progress.position(), item);
        writeUnless(-1, "snapshot", progress.snapshot(), item);
        writeUnless(0, "fruitful", progress.fruitful(), item);
        ConsumedUnits consumed = progress.consumed();
        if (consumed.read() > 0) {
            item.put("readUnits", number(consumed.read()));
        }
        if (consumed.write() > 0) {
            item.put("writeUnits", number(consumed.write()));
        }
        if (progress.stalledSince() != null) {
            item.put(STALLED_SINCE, millis(progress.stalledSince()));
        }
    }

    private static void writeUnless(long initial, String name, long value, Attributes item) {
        if (value != initial) {
            item.put(name, number(value));
        }
    }

    static void writeEnding(Attributes item, Ending ending) {
        item.put("stoppedAt", millis(ending.stoppedAt()));
        if (ending.result() != null) {
            item.put("result", ending.result());
        }
        if (ending.unsettled()) {
            item.put("unsettled", AttributeValue.fromBool(true));
        }
        writeUnless(0, "lastEvent", ending.lastEvent(), item);
        Segment tail = ending.tail();
        if (tail != null) {
            item.put("tail", tail.body()).put("tailCount", number(tail.count()));
        }
    }

    /**
     * Reads an item as a head.
     *
     * @throws CorruptJournalException when it is no head that this engine can read
     */
    public static Head read(Map<String, AttributeValue> values) {
        Attributes item = new Attributes(values);
        ExecutionId id = ExecutionId.ofPartition(item.textAt(JournalTable.PK));
        try {
            item.requireKnownFormat("Execution " + id);
            Beginning beginning = new Beginning(
                    item.intAt("semantics"),
                    item.textAt("arn"),
                    item.textAt("roleArn"),
                    item.textAt("definition"),
                    Objects.requireNonNullElse(item.textOrNull("body"), ""),
                    item.payloadAt("input"),
                    item.instantAt(JournalTable.STARTED_AT),
                    Period.parse(item.textAt("retention")),
                    item.textOrNull("tokenSecret"),
                    readCaller(item),
                    readOrigin(item));
            ExecutionStatus status = ExecutionStatus.valueOf(item.textAt("status"));
            String writer = item.textAt("writer");
            long resumes = item.longAt("resumes", 0);
            Progress progress = readProgress(item);
            return new Head(
                    id,
                    beginning,
                    status,
                    writer,
                    item.has("leaseUntil") ? new Lease(item.textAt("owner"), item.instantAt("leaseUntil")) : null,
                    item.instantOrNull(JournalTable.DUE_AT),
                    item.longAt("inbox", 0),
                    resumes,
                    progress,
                    item.has("redrives") ? new Redrive(item.intAt("redrives"), item.instantAt("redrivenAt")) : null,
                    status == ExecutionStatus.RUNNING ? null : readEnding(item, status, writer, resumes, progress));
        } catch (UnreadableItemException | IllegalArgumentException | java.time.DateTimeException e) {
            throw new CorruptJournalException(id.toString(), "its head", String.valueOf(e.getMessage()), e);
        }
    }

    /** The same for who looks at many: null when it cannot be read, which the log tells. */
    public static @Nullable Head readAmongOthers(Map<String, AttributeValue> values) {
        try {
            return read(values);
        } catch (CorruptJournalException | UnknownVersionException e) {
            LOG.errorf("It is left out of a list: %s", e.getMessage());
            return null;
        }
    }

    private static Progress readProgress(Attributes item) {
        return new Progress(
                item.longAt("segments", 0),
                item.longAt("position", 1),
                item.longAt("snapshot", -1),
                item.longAt("fruitful", 0),
                new ConsumedUnits(item.doubleAt("readUnits", 0), item.doubleAt("writeUnits", 0)),
                item.instantOrNull(STALLED_SINCE));
    }

    private static Ending readEnding(
            Attributes item, ExecutionStatus status, String writer, long resumes, Progress progress) {
        return new Ending(
                status,
                item.instantAt("stoppedAt"),
                item.hasPayload("result") ? item.payloadAt("result") : null,
                item.has("unsettled"),
                item.has("tailCount") ? readTail(item, writer, resumes, progress) : null,
                item.longAt("lastEvent", 0));
    }

    /** The tail is the segment that would have come next, by the journal that closed the execution. */
    private static @Nullable Segment readTail(Attributes item, String writer, long resumes, Progress progress) {
        int count = item.intAt("tailCount");
        return new Segment(
                progress.segments() + 1, writer, progress.position() - count + 1, count, resumes, item.bodyAt("tail"));
    }
}
