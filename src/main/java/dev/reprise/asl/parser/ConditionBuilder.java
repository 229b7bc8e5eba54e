package dev.reprise.asl.parser;

import dev.reprise.asl.ChoiceRule;
import dev.reprise.asl.ComparisonOperator;
import dev.reprise.asl.Condition;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.Value;
import java.util.List;
import java.util.Objects;

/** Makes the elements of {@code Choices}. */
final class ConditionBuilder {

    private ConditionBuilder() {}

    static List<ChoiceRule> rules(Fields state) {
        return state.elements("Choices").stream()
                .map(rule -> new ChoiceRule(
                        condition(rule), rule.requiredText("Next"), rule.json("Output"), rule.objectNode("Assign")))
                .toList();
    }

    private static Condition condition(Fields rule) {
        if (rule.language() == QueryLanguage.JSONATA) {
            return new Condition.Jsonata(Objects.requireNonNull(rule.value("Condition")));
        }
        if (rule.has("And")) {
            return new Condition.And(conditions(rule, "And"));
        }
        if (rule.has("Or")) {
            return new Condition.Or(conditions(rule, "Or"));
        }
        return rule.has("Not") ? new Condition.Not(condition(rule.inner("Not"))) : comparison(rule);
    }

    private static List<Condition> conditions(Fields rule, String connective) {
        return rule.elements(connective).stream()
                .map(ConditionBuilder::condition)
                .toList();
    }

    private static Condition comparison(Fields rule) {
        for (ComparisonOperator operator : ComparisonOperator.values()) {
            Value operand = rule.value(operator.name());
            if (operand != null) {
                return new Condition.Comparison(rule.requiredText("Variable"), operator, operand);
            }
        }
        throw new IllegalStateException("A checked condition compares something");
    }
}
