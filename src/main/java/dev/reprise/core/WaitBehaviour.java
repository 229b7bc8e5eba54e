package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.State;
import dev.reprise.asl.Value;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Waits for a while, or until a time. A time that has passed is not waited for. */
final class WaitBehaviour extends Behaviour {

    private final @Nullable SecondsField seconds;
    private final @Nullable TimestampField timestamp;
    private final Target target;

    WaitBehaviour(State.Wait state, Compiler compiler) {
        super(state, compiler, HistoryEventType.WaitStateEntered, HistoryEventType.WaitStateExited);
        switch (state.until()) {
            case State.WaitUntil.Seconds(Value value) -> {
                this.seconds = SecondsField.of(state, value, flow.typeError(), compiler);
                this.timestamp = null;
            }
            case State.WaitUntil.Timestamp(Value value) -> {
                this.seconds = null;
                this.timestamp = TimestampField.of(state, value, flow.typeError(), compiler);
            }
        }
        this.target = Target.of(state.transition());
    }

    @Override
    void link(Function<String, Behaviour> states) {
        target.link(states);
    }

    @Override
    void enter(Scope scope, Execution execution) {
        JsonNode worked = flow.workOn(scope, execution);
        Instant due = due(new StateEnvironment(scope, execution, worked), execution);
        if (due.isAfter(execution.now())) {
            execution.await(scope, new Effect.StartTimer(execution.nextEffect(scope), TimerKind.WAIT, due));
        } else {
            end(scope, worked, execution);
        }
    }

    private Instant due(StateEnvironment environment, Execution execution) {
        return timestamp == null
                ? execution.now().plus(Objects.requireNonNull(seconds).duration(environment))
                : timestamp.instant(environment);
    }

    @Override
    void recordAborted(Scope scope) {
        scope.history.record(scope, HistoryEventType.WaitStateAborted);
    }

    @Override
    void hear(Scope scope, Effect effect, Entry.OfEffect entry, Execution execution) {
        end(scope, flow.workOn(scope, execution), execution);
    }

    private void end(Scope scope, JsonNode worked, Execution execution) {
        execution.leave(scope, flow.withoutResult(scope, worked, execution), target);
    }
}
