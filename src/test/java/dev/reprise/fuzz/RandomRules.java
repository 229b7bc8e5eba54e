package dev.reprise.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.fuzz.RandomStates.Place;

/** Retriers, catchers, choice rules and completion rules. */
final class RandomRules {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final String[] ERRORS = {
        "States.ALL",
        "States.TaskFailed",
        "States.Timeout",
        "States.HeartbeatTimeout",
        "Oops",
        "States.QueryEvaluationError",
        "States.DataLimitExceeded",
        "States.Permissions",
        "States.ExceedToleratedFailureThreshold",
        "States.Runtime",
        "States.ItemReaderFailed"
    };

    private final Dice dice;
    private final RandomJson json;
    private final RandomExpressions expressions;

    RandomRules(Dice dice, RandomJson json, RandomExpressions expressions) {
        this.dice = dice;
        this.json = json;
        this.expressions = expressions;
    }

    String error() {
        return dice.oneOf(ERRORS);
    }

    void guard(ObjectNode state, Place place) {
        if (dice.percent(25)) {
            ObjectNode retrier = state.putArray("Retry").addObject();
            retrier.putArray("ErrorEquals").add(error());
            retrier.put("MaxAttempts", dice.below(3)).put("IntervalSeconds", dice.between(1, 3));
            if (dice.percent(20)) {
                retrier.put("BackoffRate", dice.oneOf(1.0, 1.5, 1e10))
                        .put("JitterStrategy", dice.oneOf("FULL", "NONE"));
            }
            if (dice.percent(10)) {
                retrier.put("MaxDelaySeconds", 5);
            }
        }
        if (dice.percent(30)) {
            ObjectNode catcher = state.putArray("Catch").addObject();
            catcher.putArray("ErrorEquals").add(error());
            catcher.put("Next", place.other());
            if (place.jsonata() && dice.percent(40)) {
                catcher.put("Output", dice.percent(60) ? "{% $states.errorOutput %}" : expressions.jsonata());
            } else if (!place.jsonata() && dice.percent(40)) {
                catcher.put("ResultPath", dice.oneOf("$.error", "$", "$.a.e"));
            }
        }
    }

    ObjectNode choice(Place place) {
        ObjectNode rule = place.jsonata()
                ? JSON.objectNode()
                        .put(
                                "Condition",
                                "{% "
                                        + dice.oneOf(
                                                "$states.input.n > 1",
                                                "$states.input.b",
                                                "$states.input.s = 'a'",
                                                "true",
                                                "'a'")
                                        + " %}")
                : condition(2);
        return rule.put("Next", place.other());
    }

    private ObjectNode condition(int depth) {
        if (depth > 0 && dice.percent(20)) {
            ArrayNode parts = JSON.arrayNode().add(condition(depth - 1)).add(condition(depth - 1));
            return dice.percent(30)
                    ? JSON.objectNode().set("Not", condition(depth - 1))
                    : JSON.objectNode().set(dice.oneOf("And", "Or"), parts);
        }
        ObjectNode rule = JSON.objectNode().put("Variable", expressions.referencePath());
        switch (dice.below(8)) {
            case 0 -> rule.put("NumericGreaterThan", 1);
            case 1 -> rule.put("StringEquals", json.text());
            case 2 -> rule.put("BooleanEquals", true);
            case 3 ->
                rule.put(
                        dice.oneOf("IsPresent", "IsNull", "IsNumeric", "IsTimestamp", "IsString", "IsBoolean"),
                        dice.percent(50));
            case 4 -> rule.put("StringMatches", dice.oneOf("*", "te*t", "\\*", "a\\\\*"));
            case 5 -> rule.put("TimestampLessThan", "2027-01-01T00:00:00Z");
            case 6 -> rule.put("NumericEqualsPath", expressions.referencePath());
            default -> rule.put("StringLessThanPath", expressions.referencePath());
        }
        return rule;
    }

    /** @param branches how many a Parallel has; 0 for a Map */
    ObjectNode completion(int branches) {
        ObjectNode reprise = JSON.objectNode();
        if (dice.percent(40)) {
            reprise.put("MinSuccessful", 1);
        }
        if (dice.percent(30) && branches > 0) {
            reprise.put("MaxConcurrency", dice.between(0, 2));
        }
        if (dice.percent(30)) {
            reprise.put("ToleratedFailureCount", dice.below(3));
        } else if (dice.percent(30)) {
            reprise.put("CaptureErrors", true);
        }
        if (dice.percent(30)) {
            reprise.put("Result", "BATCH");
        }
        if (dice.percent(30)) {
            reprise.put("Nesting", dice.oneOf("NESTED", "FLAT"));
        }
        return reprise;
    }
}
