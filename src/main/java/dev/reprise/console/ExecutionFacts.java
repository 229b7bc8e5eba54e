package dev.reprise.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.Redaction;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.RequestException;
import dev.reprise.history.EventWriter;
import dev.reprise.journal.StoredJournal;
import dev.reprise.journal.store.ConsumedUnits;
import dev.reprise.journal.store.Page;
import dev.reprise.operations.JournalInsight;
import dev.reprise.testing.WorkflowTest;
import dev.reprise.testing.suite.RecordedExecution;
import dev.reprise.testing.suite.Replay;
import dev.reprise.testing.suite.ReplayJson;
import dev.reprise.testing.suite.ReplayResult;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * What the console shows of the facts of an execution: its journal as it is stored, what another definition would have
 * made of it, and what its tasks logged. For where there is the table, and the process that ran it. Thread-safe.
 */
public final class ExecutionFacts {

    /** Entries of a page; a batch that begins on it is told whole. */
    private static final int PAGE = 200;

    /** A longer history is not replayed here. */
    private static final int MOST_EVENTS = 100_000;

    /** Replays at once: each takes a processor. */
    private static final int REPLAYS = 2;

    private final JournalInsight insight;
    private final TaskLogs logs;
    private final Semaphore replays = new Semaphore(REPLAYS);

    public ExecutionFacts(JournalInsight insight, TaskLogs logs) {
        this.insight = insight;
        this.logs = logs;
    }

    // ---- the journal

    /**
     * A page of the journal; the first one with what all comes to.
     *
     * @param from {@code next} of the page before; null for the first
     * @throws RequestException when there is no such execution, or no such page
     */
    ObjectNode journal(String executionArn, @Nullable String from) {
        StoredJournal journal = insight.journal(executionArn);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (from == null) {
            json.set("totals", totals(journal));
        }
        ArrayNode entries = json.putArray("entries");
        String next = from == null ? "0" : from;
        while (next != null && entries.size() < PAGE) {
            Page<StoredJournal.Batch> page = journal.batches(number(next));
            next = page.next();
            for (StoredJournal.Batch batch : page.items()) {
                if (entries.size() >= PAGE) {
                    next = Long.toString(batch.segment());
                    break;
                }
                write(batch, entries);
            }
        }
        if (next != null) {
            json.put("next", next);
        }
        return json;
    }

    private static long number(String text) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new RequestException("ValidationException", "A segment's number is expected, not '" + text + "'");
    }

    private static ObjectNode totals(StoredJournal journal) {
        StoredJournal.Totals totals = journal.totals();
        ConsumedUnits units = journal.head().progress().consumed();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("entries", totals.entries());
        json.put("segments", totals.segments());
        json.put("bytes", totals.bytes());
        json.put("storedBytes", totals.storedBytes());
        json.put("values", totals.values());
        json.put("inbox", totals.inbox());
        json.put("resumes", journal.head().resumes());
        json.put("redrives", journal.head().redrives());
        json.put("writeUnits", units.write());
        json.put("readUnits", units.read());
        json.put("isRunning", journal.head().ending() == null);
        json.put("isCut", totals.isCut());
        ArrayNode snapshots = json.putArray("snapshots");
        for (StoredJournal.Mark mark : totals.snapshots()) {
            snapshots
                    .addObject()
                    .put("segment", mark.segment())
                    .put("items", mark.items())
                    .put("storedBytes", mark.storedBytes());
        }
        return json;
    }

    private static void write(StoredJournal.Batch batch, ArrayNode entries) {
        for (StoredJournal.Stored stored : batch.entries()) {
            Entry entry = stored.entry();
            ObjectNode json = entries.addObject();
            json.put("position", stored.position());
            json.put("kind", kind(entry));
            json.put("at", entry.at().toEpochMilli() / 1e3);
            if (entry instanceof Entry.OfEffect about) {
                json.put("scope", about.effect().scope().toString())
                        .put("step", about.effect().step());
            }
            json.put("bytes", stored.bytes());
            if (stored.blob() != null) {
                json.put("elsewhere", true);
            }
            json.put("segment", batch.segment());
            json.put("inHead", batch.isInHead());
            json.put("resume", batch.resume());
            json.put("writer", batch.writer());
        }
        if (batch.entries().isEmpty()) {
            entries.addObject()
                    .put("kind", "mark")
                    .put("segment", batch.segment())
                    .put("inHead", batch.isInHead())
                    .put("resume", batch.resume())
                    .put("writer", batch.writer())
                    .put("bytes", 0);
        }
    }

    private static String kind(Entry entry) {
        return switch (entry) {
            case Entry.Started started -> "started";
            case Entry.TaskSubmitted submitted -> "taskSubmitted";
            case Entry.TaskStarted started -> "taskStarted";
            case Entry.TaskHeard heard -> "taskHeard";
            case Entry.ItemsRead read -> "itemsRead";
            case Entry.TaskSucceeded succeeded -> "taskSucceeded";
            case Entry.TaskFailed failed -> "taskFailed";
            case Entry.TimerFired fired -> "timerFired";
            case Entry.Stopped stopped -> "stopped";
            case Entry.GivenUp givenUp -> "givenUp";
            case Entry.Redriven redriven -> "redriven";
            case Entry.Interrupted interrupted -> kind(interrupted.end());
        };
    }

    /**
     * One entry whole, without what is to be hidden.
     *
     * @throws RequestException when there is none
     */
    ObjectNode entry(String executionArn, @Nullable String segment, @Nullable String position) {
        StoredJournal journal = insight.journal(executionArn);
        StoredJournal.Stored stored = journal.entry(number(String.valueOf(segment)), number(String.valueOf(position)));
        if (stored == null) {
            throw new RequestException(
                    "EntryDoesNotExist", "The journal has no entry " + position + " in segment " + segment);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("entry", JournalInsight.json(stored.entry(), insight.redaction(executionArn)));
        return json;
    }

    // ---- another definition

    /**
     * What a definition would have done with the facts of an execution.
     *
     * @throws RequestException when there is no such execution, its history is too long, or the definition is not valid
     */
    ObjectNode replay(String executionArn, String definition) {
        if (!replays.tryAcquire()) {
            throw new RequestException(
                    "TooManyReplays", "At most " + REPLAYS + " replays are made at once; ask again in a moment");
        }
        try {
            List<HistoryEvent> events = insight.events(executionArn, MOST_EVENTS);
            if (events == null) {
                throw new RequestException(
                        "HistoryTooLong",
                        "The execution has more than " + MOST_EVENTS
                                + " events. Replay it on the command line: reprise test FILE --replay EXPORT");
            }
            Redaction redaction = insight.redaction(executionArn);
            ObjectNode export = JsonNodeFactory.instance.objectNode().put("executionArn", executionArn);
            ArrayNode list = export.putArray("events");
            events.forEach(event -> list.add(EventWriter.write(event)));
            WorkflowTest test =
                    WorkflowTest.ofDefinition(ExecutionId.ofArn(executionArn).workflow(), definition);
            ReplayResult result = Replay.of(RecordedExecution.read(export), test, redaction);
            ObjectNode json = ReplayJson.write(result);
            json.put("eventCount", result.eventCount());
            ArrayNode replayed = json.putArray("events");
            result.events().forEach(event -> {
                ObjectNode each = EventWriter.write(event);
                replayed.add(each.put("timestamp", event.timestamp().toEpochMilli() / 1e3));
            });
            return json;
        } catch (IllegalArgumentException e) {
            throw new RequestException("InvalidDefinition", String.valueOf(e.getMessage()));
        } finally {
            replays.release();
        }
    }

    // ---- logs

    /**
     * What the tasks of an execution have logged in this process.
     *
     * @throws RequestException when there is no such execution
     */
    ObjectNode logs(String executionArn) {
        TaskLogs.Kept kept = logs.of(executionArn);
        Redaction redaction = insight.redaction(executionArn);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("areCut", kept.areCut());
        ArrayNode lines = json.putArray("lines");
        for (TaskLogs.Line line : kept.lines()) {
            ObjectNode each = lines.addObject();
            each.put("number", line.number());
            each.put("at", line.at().toEpochMilli() / 1e3);
            each.put("level", line.level());
            each.put("logger", line.logger());
            each.put("message", redaction.quoted(line.message()));
            each.put("state", line.state());
            each.put("scope", line.scope());
            each.put("attempt", line.attempt());
            if (line.stackTrace() != null) {
                each.put("stackTrace", redaction.quoted(line.stackTrace()));
            }
        }
        return json;
    }
}
