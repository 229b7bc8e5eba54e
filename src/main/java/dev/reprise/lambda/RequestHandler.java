package dev.reprise.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.execution.RequestException;
import dev.reprise.http.HttpCall;
import dev.reprise.http.HttpEndpoint;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.operations.Executions;
import dev.reprise.operations.Invocation;
import dev.reprise.operations.Sweeper;
import dev.reprise.operations.TaskCallbacks;
import dev.reprise.trigger.AwsEvent;
import dev.reprise.trigger.RefusedEventException;
import dev.reprise.trigger.Triggers;
import dev.reprise.workflow.WorkflowCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Has carried out what an event asks for.
 *
 * <p>A request that can't be met is answered with {@code {"error": …, "message": …}}: repeating it would be of no use,
 * so it is no failure of the invocation. When the table is out of reach, the invocation fails, and Lambda or the queue
 * repeats it where they can. So it does when an event of AWS should start an execution and cannot: nobody reads an
 * answer to it.
 */
public final class RequestHandler implements BiFunction<byte[], Invocation, JsonNode> {

    /** API Gateway gives up an answer after 29 seconds. */
    private static final Duration GATEWAY_PATIENCE = Duration.ofSeconds(28);

    private final Executions executions;
    private final WorkflowCatalogue workflows;
    private final TaskCallbacks callbacks;
    private final Sweeper sweeper;
    private final Triggers triggers;
    private final MessageBatches batches;
    private final Function<Invocation, HttpEndpoint> http;
    private final InstantSource clock;

    /**
     * By means of these.
     *
     * @param http answers requests of HTTP in an invocation
     */
    public RequestHandler(
            Executions executions,
            WorkflowCatalogue workflows,
            TaskCallbacks callbacks,
            Sweeper sweeper,
            Triggers triggers,
            Function<Invocation, HttpEndpoint> http,
            InstantSource clock) {
        this.http = http;
        this.executions = executions;
        this.workflows = workflows;
        this.callbacks = callbacks;
        this.sweeper = sweeper;
        this.triggers = triggers;
        this.batches = new MessageBatches(this::carryOut, clock);
        this.clock = clock;
    }

    @Override
    public JsonNode apply(byte[] event, Invocation invocation) {
        try {
            return carryOut(RequestReader.read(event), invocation);
        } catch (RequestException e) {
            return AnswerWriter.write(e);
        }
    }

    /**
     * The same, for a caller that tells refusals from answers.
     *
     * @throws RequestException when the request can't be met
     */
    public JsonNode carryOut(byte[] event, Invocation invocation) {
        try {
            return carryOut(RequestReader.read(event), invocation);
        } catch (RefusedEventException e) {
            throw e.refusal();
        }
    }

    /** A message for which there is a trigger may say anything; another says what Reprise is to do. */
    private void carryOut(Request.Message message, Invocation invocation) {
        if (triggers.haveOneFor(message.event())) {
            triggers.start(message.event(), invocation);
            return;
        }
        Request request;
        try {
            request = RequestReader.read(message);
        } catch (RequestException e) {
            throw triggers.noneFor(message.event(), e.message());
        }
        carryOut(request, invocation);
    }

    /**
     * Each by itself: one that fails does not keep the others from being started. Should the event come again because
     * of it, they are not started twice.
     */
    private JsonNode start(List<AwsEvent> events, Invocation invocation) {
        List<ExecutionDescription> started = new ArrayList<>();
        RuntimeException failure = null;
        for (AwsEvent event : events) {
            try {
                ExecutionDescription execution = triggers.start(event, invocation);
                if (execution != null) {
                    started.add(execution);
                }
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return AnswerWriter.writeStarted(started);
    }

    private JsonNode carryOut(Request request, Invocation invocation) {
        return switch (request) {
            case Request.Start start ->
                AnswerWriter.write(
                        start.waits()
                                ? executions.start(start.workflow(), start.name(), start.input(), invocation)
                                : executions.submit(
                                        start.workflow(), start.name(), start.input(), Map.of(), invocation));
            case Request.Help help -> Forms.help();
            case Request.ListWorkflows list ->
                AnswerWriter.write(workflows.all(), triggers.errors(), triggers.warnings());
            case Request.Resume(String executionArn, Instant at) ->
                AnswerWriter.write(
                        at == null
                                ? executions.resume(executionArn, invocation)
                                : executions.resumeAt(executionArn, at, invocation));
            case Request.Describe describe -> AnswerWriter.write(executions.progress(describe.executionArn()));
            case Request.History history ->
                AnswerWriter.write(executions.history(history.executionArn(), history.query()));
            case Request.Stop stop ->
                AnswerWriter.write(executions.stop(stop.executionArn(), stop.error(), stop.cause(), invocation));
            case Request.Redrive redrive -> AnswerWriter.write(executions.redrive(redrive.executionArn(), invocation));
            case Request.ListExecutions list ->
                AnswerWriter.write(executions.list(list.workflow(), list.limit(), list.next()));
            case Request.Sweep sweep -> AnswerWriter.write(sweeper.sweep(invocation));
            case Request.SendTaskSuccess(String taskToken, JsonNode output) -> {
                callbacks.sendTaskSuccess(taskToken, output);
                yield JsonNodeFactory.instance.objectNode();
            }
            case Request.SendTaskFailure(String taskToken, String error, String cause) -> {
                callbacks.sendTaskFailure(taskToken, error, cause);
                yield JsonNodeFactory.instance.objectNode();
            }
            case Request.SendTaskHeartbeat(String taskToken) -> {
                callbacks.sendTaskHeartbeat(taskToken);
                yield JsonNodeFactory.instance.objectNode();
            }
            case Request.GetActivityTask(String activityArn, String workerName) ->
                AnswerWriter.write(callbacks.getActivityTask(activityArn, workerName));
            case Request.Http(HttpCall call, boolean throughGateway) ->
                HttpEvents.write(http.apply(throughGateway && isPoll(call) ? shortened(invocation) : invocation)
                        .answer(call));
            case Request.Events(List<AwsEvent> events) -> start(events, invocation);
            case Request.Messages(List<Request.Message> messages) ->
                AnswerWriter.write(batches.carryOut(messages, invocation));
        };
    }

    /** A worker's question for a task: an answer that nobody takes would leave the task with no worker. */
    private static boolean isPoll(HttpCall call) {
        String target = call.header("X-Amz-Target");
        return target != null && target.endsWith(".GetActivityTask");
    }

    private Invocation shortened(Invocation invocation) {
        Instant end = clock.instant().plus(GATEWAY_PATIENCE);
        return invocation.deadline() != null && invocation.deadline().isBefore(end)
                ? invocation
                : new Invocation(invocation.requestId(), invocation.functionArn(), end);
    }
}
