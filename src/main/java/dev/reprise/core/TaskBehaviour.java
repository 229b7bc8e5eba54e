package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.State;
import dev.reprise.query.Expression;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Has something outside do work, and goes on with its result. */
final class TaskBehaviour extends GuardedBehaviour {

    private final String resource;
    private final TaskEvents events;
    private final @Nullable Expression timeout;
    private final @Nullable Expression heartbeat;
    private final @Nullable Expression credentials;

    TaskBehaviour(State.Task state, Compiler compiler) {
        super(state, compiler, HistoryEventType.TaskStateEntered, HistoryEventType.TaskStateExited);
        this.resource = state.resource();
        this.events = TaskEvents.of(resource);
        this.timeout = compiler.value(state, state.timeout(), "TimeoutSeconds");
        this.heartbeat = compiler.value(state, state.heartbeat(), "HeartbeatSeconds");
        this.credentials = compiler.template(state, state.credentials(), "Credentials");
    }

    @Override
    void work(Scope scope, Execution execution) {
        JsonNode worked = flow.workOn(scope, execution);
        execution.limit(worked, scope, resource);
        StateEnvironment environment = new StateEnvironment(scope, execution, scope.input);
        Duration bound = duration(timeout, "TimeoutSeconds", environment);
        Duration silence = duration(heartbeat, "HeartbeatSeconds", environment);
        JsonNode rights = credentials == null ? null : credentials.evaluate(environment);
        Instant timeoutAt = bound == null ? null : execution.now().plus(bound);
        events.scheduled(scope, worked, bound, silence, rights);
        execution.await(scope, id -> request(id, scope, worked, timeoutAt, silence, rights));
    }

    Effect.RunTask request(
            EffectId id,
            Scope scope,
            JsonNode input,
            @Nullable Instant timeoutAt,
            @Nullable Duration silence,
            @Nullable JsonNode rights) {
        return new Effect.RunTask(id, name, resource, input, scope.retryCount, timeoutAt, silence, rights);
    }

    private @Nullable Duration duration(@Nullable Expression expression, String field, StateEnvironment environment) {
        return expression == null
                ? null
                : Duration.ofSeconds(FieldValues.seconds(expression.evaluate(environment), field, flow));
    }

    @Override
    void taskSucceeded(Scope scope, Entry.TaskSucceeded entry, Execution execution) {
        if (execution.exceedsLimit(entry.output())) {
            taskFailed(scope, execution.dataLimitExceeded(resource), execution);
            return;
        }
        events.succeeded(scope, entry.output());
        succeed(scope, entry.output(), execution);
    }

    @Override
    void taskFailed(Scope scope, Entry.TaskFailed entry, Execution execution) {
        taskFailed(scope, entry.error(), execution);
    }

    private void taskFailed(Scope scope, StatesError error, Execution execution) {
        events.failed(scope, error);
        fail(scope, error, execution);
    }

    @Override
    void timerFired(Scope scope, Entry.TimerFired entry, Execution execution) {
        switch (entry.kind()) {
            case TIMEOUT -> timedOut(scope, ErrorNames.TIMEOUT, execution);
            case HEARTBEAT -> timedOut(scope, ErrorNames.HEARTBEAT_TIMEOUT, execution);
            case RETRY, WAIT -> super.timerFired(scope, entry, execution);
        }
    }

    /** The task may still run: nobody waits for it any more. */
    private void timedOut(Scope scope, String errorName, Execution execution) {
        execution.abandonPending(scope);
        StatesError error = new StatesError(errorName, null);
        events.timedOut(scope, error);
        fail(scope, error, execution);
    }
}
