package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ChoiceRule;
import dev.reprise.asl.State;
import dev.reprise.core.event.Decision;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.ErrorNames;
import dev.reprise.query.CompiledCondition;
import dev.reprise.query.Expression;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Goes on where the first rule that holds says, else to the default. */
final class ChoiceBehaviour extends Behaviour {

    /** One rule, compiled; its output and variables stand in place of the state's, and are null when absent. */
    private record Rule(
            CompiledCondition condition,
            Target target,
            @Nullable Expression output,
            @Nullable Expression assign) {}

    private final List<Rule> rules;
    private final @Nullable Target otherwise;

    ChoiceBehaviour(State.Choice state, Compiler compiler) {
        super(state, compiler, HistoryEventType.ChoiceStateEntered, HistoryEventType.ChoiceStateExited);
        this.rules = IntStream.range(0, state.choices().size())
                .mapToObj(i -> compile(state.choices().get(i), "Choices[" + i + "]/", state, compiler))
                .toList();
        this.otherwise = state.defaultState() == null ? null : Target.of(state.defaultState());
    }

    private static Rule compile(ChoiceRule rule, String location, State.Choice state, Compiler compiler) {
        return new Rule(
                compiler.condition(state, rule.condition(), location + "Condition"),
                Target.of(rule.next()),
                compiler.template(state, rule.output(), location + "Output"),
                compiler.template(state, rule.assign(), location + "Assign"));
    }

    @Override
    void link(Function<String, Behaviour> states) {
        rules.forEach(rule -> rule.target().link(states));
        if (otherwise != null) {
            otherwise.link(states);
        }
    }

    @Override
    void enter(Scope scope, Execution execution) {
        JsonNode worked = flow.workOn(scope, execution);
        StateEnvironment environment = new StateEnvironment(scope, execution, worked);
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (rule.condition().holds(environment)) {
                scope.history.decided(scope, this, Decision.Kind.CHOICE_RULE, i);
                execution.leave(
                        scope, flow.chosen(scope, worked, rule.output(), rule.assign(), execution), rule.target());
                return;
            }
        }
        if (otherwise == null) {
            throw ErrorNames.noChoiceMatched();
        }
        scope.history.decided(scope, this, Decision.Kind.CHOICE_DEFAULT, 0);
        execution.leave(scope, flow.withoutResult(scope, worked, execution), otherwise);
    }
}
