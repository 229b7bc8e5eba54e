package dev.reprise.core;

import dev.reprise.asl.State;
import dev.reprise.asl.Transition;
import dev.reprise.core.event.HistoryEventType;
import java.util.function.Function;

/** Ends its body with success. */
final class SucceedBehaviour extends Behaviour {

    private static final Target END = Target.of(new Transition.End());

    SucceedBehaviour(State.Succeed state, Compiler compiler) {
        super(state, compiler, HistoryEventType.SucceedStateEntered, HistoryEventType.SucceedStateExited);
    }

    @Override
    void link(Function<String, Behaviour> states) {}

    @Override
    void enter(Scope scope, Execution execution) {
        execution.leave(scope, flow.withoutResult(scope, flow.workOn(scope, execution), execution), END);
    }
}
