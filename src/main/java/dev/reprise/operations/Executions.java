package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.RequestException;
import dev.reprise.history.HistoryPage;
import dev.reprise.history.HistoryQuery;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with executions. Each call carries one as far as its invocation allows, on the calling thread.
 *
 * <p>A call that asks for something that is not there, or not allowed, throws a {@link RequestException}; one that
 * could not be carried out, because the table is out of reach for instance, throws a {@link
 * dev.reprise.journal.store.JournalException}, and may be repeated.
 */
public interface Executions {

    /**
     * Starts an execution. When there is one of that name with the same input, that one is answered for instead; it
     * runs on here if nobody else runs it.
     *
     * @param name null for the invocation's request id: a retry of the request does not start a second execution
     */
    ExecutionDescription start(String workflow, @Nullable String name, JsonNode input, Invocation invocation);

    /**
     * Starts an execution that is carried on from elsewhere: the answer does not wait for it. When there is one of that
     * name with the same input, that one is answered for.
     *
     * @param name null for the invocation's request id
     * @param labels business keys that it is found by, beside those that its definition says
     * @throws RequestException also when its definition wants no journal: then nobody could carry it on
     */
    ExecutionDescription submit(
            String workflow, @Nullable String name, JsonNode input, Map<String, String> labels, Invocation invocation);

    /** Carries an execution on, if it is due and nobody else runs it. */
    ExecutionDescription resume(String executionArn, Invocation invocation);

    /**
     * Carries an execution on at a time that is near: at once if it has come, else by a wake-up that is more exact than
     * the one that asks for it.
     *
     * @param at when it is due
     */
    ExecutionDescription resumeAt(String executionArn, Instant at, Invocation invocation);

    /** How an execution stands. */
    ExecutionDescription describe(String executionArn);

    /** How an execution stands, and where it is while it runs. This reads its journal from its last snapshot on. */
    ExecutionProgress progress(String executionArn);

    /** What an execution has done so far, event by event. */
    HistoryPage history(String executionArn, HistoryQuery query);

    /**
     * Ends an execution as {@code ABORTED}; one that has ended already stays as it is.
     *
     * @param error null when there is none
     * @param cause null when there is none
     */
    ExecutionDescription stop(
            String executionArn, @Nullable String error, @Nullable String cause, Invocation invocation);

    /**
     * Has an execution that failed, timed out or was aborted go on from where it did.
     *
     * @throws RequestException {@code ExecutionNotRedrivable} when it {@linkplain Redrivability cannot}, or somebody
     *     else was quicker
     */
    ExecutionDescription redrive(String executionArn, Invocation invocation);

    /**
     * A workflow's executions, newest first.
     *
     * @param limit 1 to 100
     * @param next {@link ExecutionList#next} of the page before; null for the first
     */
    ExecutionList list(String workflow, int limit, @Nullable String next);
}
