package dev.reprise.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.history.HistoryQuery;
import dev.reprise.http.HttpCall;
import dev.reprise.trigger.AwsEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an event asks for. */
sealed interface Request {

    /**
     * Start an execution.
     *
     * @param name null when the caller gives none
     * @param waits whether the answer comes when the execution has gone as far as it can, and not at once
     */
    record Start(String workflow, @Nullable String name, JsonNode input, boolean waits) implements Request {}

    /** Show the forms of requests. */
    record Help() implements Request {}

    /** List the workflows. */
    record ListWorkflows() implements Request {}

    /**
     * Carry an execution on.
     *
     * @param at when it is due, if the event comes a little ahead; null when it is to be resumed at once
     */
    record Resume(String executionArn, @Nullable Instant at) implements Request {}

    record Describe(String executionArn) implements Request {}

    /** Tell what an execution has done. */
    record History(String executionArn, HistoryQuery query) implements Request {}

    record Stop(
            String executionArn,
            @Nullable String error,
            @Nullable String cause) implements Request {}

    /** Have an execution go on that failed, timed out or was aborted. */
    record Redrive(String executionArn) implements Request {}

    record Sweep() implements Request {}

    /**
     * List a workflow's executions.
     *
     * @param next null for the first page
     */
    record ListExecutions(
            String workflow, int limit, @Nullable String next) implements Request {}

    /** End a task with its result. */
    record SendTaskSuccess(String taskToken, JsonNode output) implements Request {}

    /** End a task with an error. */
    record SendTaskFailure(
            String taskToken,
            @Nullable String error,
            @Nullable String cause) implements Request {}

    /** Tell that a task is being done. */
    record SendTaskHeartbeat(String taskToken) implements Request {}

    /** Give a worker an activity's task. */
    record GetActivityTask(String activityArn, @Nullable String workerName) implements Request {}

    /**
     * Answer a request of HTTP.
     *
     * @param throughGateway whether API Gateway brings it, which waits for half a minute; a Function URL waits as long
     *     as the function may run
     */
    record Http(HttpCall call, boolean throughGateway) implements Request {}

    /** Start what events of AWS are to start. */
    record Events(List<AwsEvent> events) implements Request {
        public Events {
            events = List.copyOf(events);
        }
    }

    /** Messages of queues: those of the wake-up queue, and those that start executions. */
    record Messages(List<Message> messages) implements Request {
        public Messages {
            messages = List.copyOf(messages);
        }
    }

    /**
     * One message of a queue.
     *
     * @param id by which the queue knows it
     * @param group within which messages of a FIFO queue have an order; null in other queues
     * @param body asks for something, as text
     * @param event the message as what may start an execution
     */
    record Message(String id, @Nullable String group, String body, AwsEvent event) {}
}
