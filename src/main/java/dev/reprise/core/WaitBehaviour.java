package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.State;
import dev.reprise.query.Expression;
import java.time.Instant;
import java.util.function.Function;

/** Waits for a while, or until a time. A time that has passed is not waited for. */
final class WaitBehaviour extends Behaviour {

    private final boolean seconds;
    private final String field;
    private final Expression until;
    private final Target target;

    WaitBehaviour(State.Wait state, Compiler compiler) {
        super(state, compiler, HistoryEventType.WaitStateEntered, HistoryEventType.WaitStateExited);
        this.seconds = state.until() instanceof State.WaitUntil.Seconds;
        this.field = compiler.fieldName(seconds ? "Seconds" : "Timestamp", value(state));
        this.until = compiler.requiredValue(state, value(state), field);
        this.target = Target.of(state.transition());
    }

    private static dev.reprise.asl.Value value(State.Wait state) {
        return switch (state.until()) {
            case State.WaitUntil.Seconds given -> given.value();
            case State.WaitUntil.Timestamp given -> given.value();
        };
    }

    @Override
    void link(Function<String, Behaviour> states) {
        target.link(states);
    }

    @Override
    void enter(Scope scope, Execution execution) {
        JsonNode worked = flow.workOn(scope, execution);
        Instant due = due(until.evaluate(new StateEnvironment(scope, execution, worked)), execution);
        if (due.isAfter(execution.now())) {
            execution.await(scope, id -> new Effect.StartTimer(id, TimerKind.WAIT, due));
        } else {
            end(scope, worked, execution);
        }
    }

    private Instant due(JsonNode value, Execution execution) {
        return seconds
                ? execution.now().plusSeconds(FieldValues.seconds(value, field, flow))
                : FieldValues.timestamp(value, field, flow);
    }

    @Override
    void timerFired(Scope scope, Entry.TimerFired entry, Execution execution) {
        end(scope, flow.workOn(scope, execution), execution);
    }

    private void end(Scope scope, JsonNode worked, Execution execution) {
        execution.leave(scope, flow.withoutResult(scope, worked, execution), target);
    }
}
