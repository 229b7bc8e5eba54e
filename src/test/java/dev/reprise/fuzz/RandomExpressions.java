package dev.reprise.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Paths, intrinsic functions, JSONata and templates of both languages; most of them sound, some not. */
final class RandomExpressions {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final String[] REFERENCE_PATHS = {
        "$",
        "$.a",
        "$.b",
        "$.n",
        "$.s",
        "$.t",
        "$.items",
        "$.a.b",
        "$.items[0]",
        "$['a']['b']",
        "$.none",
        "$.r",
        "$.a.s",
        "$.items[2]",
        "$.error"
    };

    private static final String[] PATHS = {
        "$..b", "$.items[*]", "$.items[0:2]", "$.items[-1]", "$.items[?(@ > 1)]", "$.items.length()", "$.*",
                "$.items[?(@.a == 'x')]", "$..*", "$.a['b','s']", "$$",
        "$$.Execution.Input.n", "$$.Execution.Name", "$$.State.EnteredTime", "$$.State.RetryCount", "$$.Map.Item.Index",
                "$$.Map.Item.Value", "$$.Task.Token", "$$.none", "$v", "$v.a", "$w[0]"
    };

    private static final String[] CALLS = {
        "States.Array($.a, 1, 'x')",
        "States.ArrayLength($.items)",
        "States.ArrayGetItem($.items, $.n)",
        "States.ArrayPartition($.items, $.n)",
        "States.ArrayRange(0, $.n, 1)",
        "States.ArrayContains($.items, 1)",
        "States.ArrayUnique($.items)",
        "States.Format('{}-{}', $.s, $.n)",
        "States.Format('{', $.s)",
        "States.JsonToString($)",
        "States.StringToJson($.s)",
        "States.JsonMerge($.a, $.a, false)",
        "States.MathAdd($.n, 1)",
        "States.MathRandom(0, $.n)",
        "States.UUID()",
        "States.Hash($.s, 'MD5')",
        "States.Base64Encode($.s)",
        "States.Base64Decode($.s)",
        "States.StringSplit($.s, 'e')",
        "States.Array(States.UUID(), States.MathAdd($.n, $.none))"
    };

    private static final String[] JSONATA = {
        "$states.input",
        "$states.input.a",
        "$states.input.n",
        "$states.input.s",
        "$states.input.items",
        "$states.input.none",
        "$states.context.Execution.Name",
        "$states.context.State",
        "$states.context.Map.Item.Value",
        "$v",
        "$w",
        "$states.input.n + 1",
        "$states.input.s & '-' & $states.input.n",
        "$sum($states.input.items)",
        "$count($states.input.items)",
        "$states.input.items[$ > 1]",
        "$map($states.input.items, function($i) { $i })",
        "$states.input.n > 1 ? 'more' : 'less'",
        "{'k': $states.input.a, 'l': [1..3]}",
        "$uuid()",
        "$random()",
        "$now()",
        "$millis()",
        "$string($states.input)",
        "$number($states.input.s)",
        "1/0",
        "$error('by hand')",
        "$merge([$states.input, {'r': 1}])",
        "$exists($states.input.a)",
        "$states.input.b = true",
        "$partition($states.input.items, 2)",
        "$range(0, 3, 1)",
        "$hash($states.input.s, 'MD5')",
        "$parse('{\"a\": 1}')",
        "$sort($states.input.items)",
        "$states.input.*",
        "$states.input.**.b",
        "$keys($states.input)",
        "($x := $states.input.n; $x * $x)",
        "null",
        "[]",
        "''",
        "$split($states.input.s, 'e')",
        "$toMillis($states.input.t)",
        "$states.input.items ~> $reverse()",
        "$f(1)",
        "$states.context.Task.Token"
    };

    private static final String[] BROKEN = {
        "",
        "$.",
        "$[",
        "a",
        "$.a[",
        "{% 1",
        "{% %}",
        "{%  ( %}",
        "States.Array(",
        "$.a.b.",
        "$$$",
        "$.items[?(]",
        "{% $states %}",
        "{% $eval('1') %}",
        "\uD83D",
        "$.a\u0000"
    };

    private final Dice dice;
    private final RandomJson json;

    RandomExpressions(Dice dice, RandomJson json) {
        this.dice = dice;
        this.json = json;
    }

    String referencePath() {
        return dice.percent(98) ? dice.oneOf(REFERENCE_PATHS) : broken();
    }

    String path() {
        return dice.percent(70) ? referencePath() : dice.oneOf(PATHS);
    }

    /** A path, or a call of an intrinsic function. */
    String pathOrCall() {
        return dice.percent(70) ? path() : dice.oneOf(CALLS);
    }

    String jsonata() {
        return dice.percent(99) ? "{% " + dice.oneOf(JSONATA) + " %}" : broken();
    }

    private String broken() {
        return dice.oneOf(BROKEN);
    }

    /** A payload template of JSONPath. */
    ObjectNode payload() {
        ObjectNode payload = JSON.objectNode();
        for (int i = dice.between(1, 3); i > 0; i--) {
            String name = dice.oneOf("a", "b", "n", "s", "items", "r");
            switch (dice.below(6)) {
                case 0 -> payload.set(name, json.any());
                case 1 ->
                    payload.set(name, JSON.arrayNode().add(JSON.objectNode().put("x.$", pathOrCall())));
                default -> payload.put(name + ".$", pathOrCall());
            }
        }
        return payload;
    }

    /** A template of JSONata. */
    JsonNode template() {
        return switch (dice.below(4)) {
            case 0 -> json.any();
            case 1 -> JSON.textNode(jsonata());
            case 2 ->
                JSON.objectNode()
                        .put("n", jsonata())
                        .put("s", "{% $states.input.s %}")
                        .set("items", JSON.arrayNode().add(jsonata()));
            default ->
                JSON.objectNode().put("a", jsonata()).put("n", dice.below(3)).put("s", "text");
        };
    }
}
