package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.State;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.Effect;
import dev.reprise.execution.Entry;
import dev.reprise.execution.TimerKind;
import java.time.Instant;
import java.util.function.Function;

/** Waits for a while, or until a time. A time that has passed is not waited for. */
final class WaitBehaviour extends Behaviour {

    private final WaitField until;
    private final Target target;

    WaitBehaviour(State.Wait state, Compiler compiler) {
        super(state, compiler, HistoryEventType.WaitStateEntered, HistoryEventType.WaitStateExited);
        this.until = WaitField.of(state, flow.typeError(), compiler);
        this.target = Target.of(state.transition());
    }

    @Override
    void link(Function<String, Behaviour> states) {
        target.link(states);
    }

    @Override
    void enter(Scope scope, Execution execution) {
        JsonNode worked = flow.workOn(scope, execution);
        Instant due = until.due(new StateEnvironment(scope, execution, worked), execution.now());
        if (due.isAfter(execution.now())) {
            execution.await(scope, new Effect.StartTimer(execution.nextEffect(scope), TimerKind.WAIT, due));
        } else {
            end(scope, worked, execution);
        }
    }

    @Override
    void recordAborted(Scope scope) {
        scope.history.record(scope, HistoryEventType.WaitStateAborted);
    }

    @Override
    void handle(Scope scope, Effect effect, Entry.OfEffect entry, Execution execution) {
        end(scope, flow.workOn(scope, execution), execution);
    }

    private void end(Scope scope, JsonNode worked, Execution execution) {
        execution.leave(scope, flow.withoutResult(scope, worked, execution), target);
    }
}
