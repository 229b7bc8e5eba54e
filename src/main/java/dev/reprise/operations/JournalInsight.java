package dev.reprise.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.Redaction;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.RequestException;
import dev.reprise.execution.StatesError;
import dev.reprise.history.HistoryPage;
import dev.reprise.history.HistoryQuery;
import dev.reprise.history.PageToken;
import dev.reprise.journal.Journals;
import dev.reprise.journal.StoredJournal;
import dev.reprise.journal.codec.ByteSink;
import dev.reprise.journal.codec.EntryWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind what executions show: their journals as they are stored, and their facts as they are, for whoever
 * looks after the function itself. What {@code Reprise.Redact} names is hidden in all that is to be shown. Thread-safe.
 */
public final class JournalInsight {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Journals journals;
    private final ExecutionViews all;
    private final ExecutionViews shown;

    public JournalInsight(ExecutionServices services) {
        this.journals = services.journals();
        this.all = new ExecutionViews(services, false);
        this.shown = new ExecutionViews(services, true);
    }

    /**
     * An execution's journal.
     *
     * @throws RequestException when there is no such execution
     */
    public StoredJournal journal(String executionArn) {
        ExecutionId id = id(executionArn);
        StoredJournal journal = journals.stored(id);
        if (journal == null) {
            throw ExecutionViews.doesNotExist(id);
        }
        return journal;
    }

    /**
     * What is to be hidden of an execution, wherever its data are shown.
     *
     * @throws RequestException when there is no such execution
     */
    public Redaction redaction(String executionArn) {
        return shown.redaction(shown.head(id(executionArn)));
    }

    /**
     * All events of an execution with nothing hidden: to work with, not to be shown.
     *
     * @param most so many are told at most
     * @return null when there are more
     * @throws RequestException when there is no such execution
     */
    public @Nullable List<HistoryEvent> events(String executionArn, int most) {
        List<HistoryEvent> events = new ArrayList<>();
        PageToken from = null;
        do {
            HistoryPage page = all.history(
                    id(executionArn), new HistoryQuery(HistoryQuery.LARGEST_MAX_RESULTS, false, true, from));
            events.addAll(page.events());
            from = page.next();
        } while (from != null && events.size() <= most);
        return events.size() > most ? null : events;
    }

    /** An entry as it stands in the journal, without what is to be hidden. */
    public static ObjectNode json(Entry entry, Redaction redaction) {
        if (entry instanceof Entry.Started started) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("at", started.at().toEpochMilli());
            json.set("input", redaction.value(started.input()));
            return json;
        }
        ByteSink text = new ByteSink(512);
        EntryWriter.write(shown(entry, redaction), null, text);
        try {
            return (ObjectNode) JSON.readTree(text.toString(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An entry that was written is no JSON", e);
        }
    }

    private static Entry shown(Entry entry, Redaction redaction) {
        return switch (entry) {
            case Entry.Started started -> new Entry.Started(started.at(), redaction.value(started.input()));
            case Entry.TaskSubmitted(var effect, var at, JsonNode response) ->
                new Entry.TaskSubmitted(effect, at, response == null ? null : redaction.value(response));
            case Entry.TaskSucceeded(var effect, var at, var output) ->
                new Entry.TaskSucceeded(effect, at, redaction.value(output));
            case Entry.TaskFailed(var effect, var at, var error) ->
                new Entry.TaskFailed(effect, at, redaction.error(error));
            case Entry.Stopped(var at, String error, String cause) ->
                new Entry.Stopped(at, redaction.quoted(error), redaction.quoted(cause));
            case Entry.GivenUp(var at, StatesError error) -> new Entry.GivenUp(at, redaction.error(error));
            case Entry.Interrupted(long transitions, Entry end) ->
                new Entry.Interrupted(transitions, shown(end, redaction));
            case Entry.TaskStarted started -> started;
            case Entry.TaskHeard heard -> heard;
            case Entry.ItemsRead read -> read;
            case Entry.TimerFired fired -> fired;
            case Entry.Redriven redriven -> redriven;
        };
    }

    private static ExecutionId id(String executionArn) {
        try {
            return ExecutionId.ofArn(executionArn);
        } catch (IllegalArgumentException e) {
            throw new RequestException("InvalidArn", String.valueOf(e.getMessage()));
        }
    }
}
