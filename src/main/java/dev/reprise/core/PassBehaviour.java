package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.State;
import dev.reprise.core.event.HistoryEventType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Passes its input on, or a fixed result. */
final class PassBehaviour extends Behaviour {

    private final @Nullable JsonNode result;
    private final Target target;

    PassBehaviour(State.Pass state, Compiler compiler) {
        super(state, compiler, HistoryEventType.PassStateEntered, HistoryEventType.PassStateExited);
        this.result = state.result();
        this.target = Target.of(state.transition());
    }

    @Override
    void link(Function<String, Behaviour> states) {
        target.link(states);
    }

    @Override
    void enter(Scope scope, Execution execution) {
        JsonNode worked = flow.workOn(scope, execution);
        if (result != null) {
            execution.show(Stage.RESULT, result);
            worked = result;
        }
        execution.leave(scope, flow.withoutResult(scope, worked, execution), target);
    }
}
