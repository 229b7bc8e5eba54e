package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.asl.State;
import dev.reprise.asl.TaskSemantics;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ErrorNames;
import dev.reprise.execution.ErrorNames.Origin;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TaskPattern;
import dev.reprise.execution.TaskPhase;
import dev.reprise.execution.TimerKind;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Has something outside do work, and goes on with its result. */
final class TaskBehaviour extends GuardedBehaviour {

    private static final long MOST_SECONDS = 99_999_999;

    private final Resource resource;
    /** What the request stands in, in the state's query language. */
    private final String requestField;

    private final TaskEvents events;
    private final TaskSemantics semantics;
    private final @Nullable NumberField timeout;
    private final @Nullable NumberField heartbeat;
    private final @Nullable Expression credentials;

    TaskBehaviour(State.Task state, Compiler compiler) {
        super(state, compiler, HistoryEventType.TaskStateEntered, HistoryEventType.TaskStateExited);
        this.resource = state.resource();
        this.requestField = compiler.requestField(state);
        this.events = TaskEvents.of(resource);
        this.semantics = state.semantics();
        this.timeout = NumberField.of(state, state.timeout(), "TimeoutSeconds", flow.typeError(), compiler);
        this.heartbeat = NumberField.of(state, state.heartbeat(), "HeartbeatSeconds", flow.typeError(), compiler);
        this.credentials = compiler.template(state, state.credentials(), "Credentials");
    }

    /** Whether {@code $$.Task.Token} can be seen in this state. */
    boolean hasToken() {
        return resource.pattern() != Resource.Pattern.REQUEST_RESPONSE;
    }

    @Override
    void work(Scope scope, Execution execution) {
        EffectId id = execution.nextEffect(scope);
        JsonNode worked = flow.workOn(scope, execution);
        execution.payloads.check(worked, scope, resource.spokenName());
        TaskArguments.check(resource, worked, requestField);
        StateEnvironment environment = new StateEnvironment(scope, execution, scope.input);
        Duration bound = duration(timeout, environment);
        Duration silence = duration(heartbeat, environment);
        JsonNode rights = credentials == null ? null : credentials.evaluate(environment);
        Effect.RunTask task = request(id, scope, worked, execution.now(), bound, silence, rights);
        events.requested(scope, task);
        execution.await(scope, task);
    }

    Effect.RunTask request(
            EffectId id,
            Scope scope,
            JsonNode input,
            Instant requestedAt,
            @Nullable Duration bound,
            @Nullable Duration silence,
            @Nullable JsonNode rights) {
        return new Effect.RunTask(
                id,
                name,
                resource,
                TaskPattern.of(resource),
                semantics,
                input,
                scope.retryCount,
                requestedAt,
                bound,
                silence,
                rights,
                TaskPhase.Requested.INSTANCE);
    }

    private static @Nullable Duration duration(@Nullable NumberField field, StateEnvironment environment) {
        if (field == null) {
            return null;
        }
        long seconds = field.integer(environment);
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw field.wrong(field.name() + " must be between 1 and " + MOST_SECONDS + ".");
        }
        return Duration.ofSeconds(seconds);
    }

    @Override
    void recordAborted(Scope scope) {
        scope.history.record(scope, HistoryEventType.TaskStateAborted);
    }

    @Override
    void handle(Scope scope, Effect effect, Entry.OfEffect entry, Execution execution) {
        if (!(effect instanceof Effect.RunTask task)) {
            super.handle(scope, effect, entry, execution);
            return;
        }
        switch (entry) {
            case Entry.TaskSubmitted submitted -> submitted(scope, task, submitted);
            case Entry.TaskStarted started -> started(scope, task, started);
            case Entry.TaskHeard heard -> scope.pending = task.in(task.phase().heard(heard.heardAt()));
            case Entry.TaskSucceeded succeeded -> succeeded(scope, task, succeeded.output(), execution);
            case Entry.TaskFailed failed -> failed(scope, task, failed.error(), execution);
            case Entry.TimerFired fired -> timedOut(scope, task, fired.kind(), execution);
            case Entry.ItemsRead read -> throw unexpected(read);
        }
    }

    private void submitted(Scope scope, Effect.RunTask task, Entry.TaskSubmitted entry) {
        events.submitted(scope, task, entry.response());
        scope.pending = task.in(task.phase().submitted(entry.at(), entry.response()));
    }

    private void started(Scope scope, Effect.RunTask task, Entry.TaskStarted entry) {
        events.started(scope, task, entry.worker());
        scope.pending = task.in(task.phase().begun(entry.at(), entry.worker()));
    }

    private void succeeded(Scope scope, Effect.RunTask task, JsonNode output, Execution execution) {
        if (execution.payloads.isExceededBy(output)) {
            failed(scope, task, ErrorNames.resultTooLarge(resource.spokenName()), execution);
            return;
        }
        events.succeeded(scope, task, output);
        execution.spans.attemptEnded(scope, task, null);
        execution.show(Stage.RESULT, output);
        succeed(scope, output, execution);
    }

    /**
     * What cannot even be asked for, such as an activity that does not exist, is no failure of the task but one of the
     * state, as a path that leads nowhere is.
     */
    private void failed(Scope scope, Effect.RunTask task, StatesError error, Execution execution) {
        execution.spans.attemptEnded(scope, task, error);
        if (ErrorNames.RUNTIME.equals(error.error())) {
            throw new EvaluationException(ErrorNames.RUNTIME, Objects.requireNonNullElse(error.cause(), ""));
        }
        events.failed(scope, task, error);
        fail(scope, error, error.error(), Origin.TASK, execution);
    }

    /**
     * The task may still run: nobody waits for it any more. AWS shows either time-out under the name of the longer one.
     */
    private void timedOut(Scope scope, Effect.RunTask task, TimerKind kind, Execution execution) {
        StatesError error = new StatesError(ErrorNames.TIMEOUT, null);
        execution.spans.attemptEnded(scope, task, error);
        execution.dropPending(scope);
        events.timedOut(scope, task, error);
        String name = kind == TimerKind.HEARTBEAT ? ErrorNames.HEARTBEAT_TIMEOUT : ErrorNames.TIMEOUT;
        fail(scope, error, name, Origin.TASK, execution);
    }
}
