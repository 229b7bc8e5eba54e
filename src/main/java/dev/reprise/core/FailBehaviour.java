package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.State;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.StatesError;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ends its body with an error. */
final class FailBehaviour extends Behaviour {

    private final @Nullable Expression error;
    private final @Nullable Expression cause;

    FailBehaviour(State.Fail state, Compiler compiler) {
        super(state, compiler, HistoryEventType.FailStateEntered, null);
        this.error = compiler.value(state, state.error(), "Error");
        this.cause = compiler.value(state, state.cause(), "Cause");
    }

    @Override
    void link(Function<String, Behaviour> states) {}

    @Override
    void enter(Scope scope, Execution execution) {
        StateEnvironment environment = new StateEnvironment(scope, execution, scope.input);
        StatesError failure = new StatesError(text(error, "Error", environment), text(cause, "Cause", environment));
        execution.tellFailed(scope, failure);
        execution.scopeFailed(scope, failure);
    }

    private @Nullable String text(@Nullable Expression expression, String field, StateEnvironment environment) {
        if (expression == null) {
            return null;
        }
        JsonNode value = expression.evaluate(environment);
        if (!value.isTextual()) {
            throw new EvaluationException(
                    flow.typeError(), "The field '" + field + "' must be a string but was: " + value, field);
        }
        return value.textValue();
    }
}
