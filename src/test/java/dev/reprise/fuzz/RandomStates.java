package dev.reprise.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** States of all types. */
final class RandomStates {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Makes the body of a branch or of an item. */
    interface Bodies {
        ObjectNode body(int depth, boolean jsonata);
    }

    /**
     * Where a state stands.
     *
     * @param following the next state; null for the last of its body
     * @param other a state that a choice or a catcher may lead to
     */
    record Place(int depth, boolean jsonata, @Nullable String following, String other) {}

    private final Dice dice;
    private final RandomJson json;
    private final RandomExpressions expressions;
    private final RandomRules rules;
    private final Bodies bodies;

    RandomStates(Dice dice, RandomJson json, RandomExpressions expressions, Bodies bodies) {
        this.dice = dice;
        this.json = json;
        this.expressions = expressions;
        this.rules = new RandomRules(dice, json, expressions);
        this.bodies = bodies;
    }

    ObjectNode state(Place place) {
        boolean nests = RandomDefinition.mayNest(place.depth());
        return switch (dice.below(nests ? 14 : 9)) {
            case 0, 1 -> leading("Pass", place, this::pass);
            case 2, 3, 4 -> leading("Task", place, this::task);
            case 5 -> leading("Wait", place, this::await);
            case 6, 7 -> place.following() == null ? ending(place) : choice(place);
            case 8 -> place.following() == null ? ending(place) : leading("Pass", place, this::pass);
            case 9, 10 -> leading("Parallel", place, this::parallel);
            default -> leading("Map", place, this::map);
        };
    }

    private interface Fields {
        void put(ObjectNode state, Place place);
    }

    private ObjectNode leading(String type, Place place, Fields fields) {
        ObjectNode state = JSON.objectNode().put("Type", type);
        if (place.following() == null) {
            state.put("End", true);
        } else {
            state.put("Next", place.following());
        }
        fields.put(state, place);
        return state;
    }

    private ObjectNode ending(Place place) {
        ObjectNode state = JSON.objectNode();
        if (dice.percent(60)) {
            state.put("Type", "Succeed");
            inAndOut(state, place);
            return state;
        }
        state.put("Type", "Fail");
        if (dice.percent(70)) {
            boolean path = !place.jsonata() && dice.percent(40);
            state.put(path ? "ErrorPath" : "Error", path ? expressions.pathOrCall() : text(place, rules.error()));
        }
        if (dice.percent(70)) {
            boolean path = !place.jsonata() && dice.percent(40);
            state.put(path ? "CausePath" : "Cause", path ? expressions.pathOrCall() : text(place, "the cause"));
        }
        return state;
    }

    private String text(Place place, String literal) {
        return place.jsonata() && dice.percent(40) ? expressions.jsonata() : literal;
    }

    private void inAndOut(ObjectNode state, Place place) {
        if (place.jsonata()) {
            if (dice.percent(30)) {
                state.set("Output", expressions.template());
            }
            return;
        }
        if (dice.percent(15)) {
            state.put("InputPath", dice.percent(90) ? expressions.path() : null);
        }
        if (dice.percent(10)) {
            state.put("OutputPath", dice.percent(90) ? expressions.path() : null);
        }
    }

    private void assign(ObjectNode state, Place place) {
        if (dice.percent(15)) {
            ObjectNode assign = state.putObject("Assign");
            if (place.jsonata()) {
                assign.put(dice.oneOf("v", "w"), expressions.jsonata());
            } else {
                assign.put(dice.oneOf("v.$", "w.$"), expressions.pathOrCall());
            }
        }
    }

    private void pass(ObjectNode state, Place place) {
        inAndOut(state, place);
        assign(state, place);
        if (!place.jsonata()) {
            if (dice.percent(20)) {
                state.set("Result", json.any());
            } else if (dice.percent(40)) {
                state.set("Parameters", expressions.payload());
            }
            resultPath(state);
        }
    }

    private void resultPath(ObjectNode state) {
        if (dice.percent(30)) {
            state.put("ResultPath", dice.percent(85) ? dice.oneOf("$.r", "$.a.r", "$", "$.items[0]", "$.s.x") : null);
        }
    }

    private void await(ObjectNode state, Place place) {
        inAndOut(state, place);
        assign(state, place);
        if (place.jsonata()) {
            if (dice.percent(50)) {
                state.put("Seconds", "{% " + dice.oneOf("1", "$states.input.n", "0.5", "-1", "'a'") + " %}");
            } else {
                state.put("Timestamp", "{% " + dice.oneOf("$states.input.t", "$now()", "'soon'") + " %}");
            }
            return;
        }
        switch (dice.below(4)) {
            case 0 -> state.put("Seconds", dice.between(0, 60));
            case 1 -> state.put("SecondsPath", dice.oneOf("$.n", "$.s", "$.none"));
            case 2 -> state.put("Timestamp", dice.oneOf("2026-11-20T12:00:03Z", "2016-03-14T01:59:00+01:00"));
            default -> state.put("TimestampPath", dice.oneOf("$.t", "$.s"));
        }
    }

    private void task(ObjectNode state, Place place) {
        String arguments = place.jsonata() ? "Arguments" : "Parameters";
        switch (dice.below(12)) {
            case 0 -> state.put("Resource", "arn:aws:lambda:us-east-1:111111111111:function:f");
            case 1 -> state.put("Resource", "arn:aws:states:us-east-1:111111111111:activity:sign");
            case 2 -> {
                state.put("Resource", "arn:aws:states:::sqs:sendMessage.waitForTaskToken");
                ObjectNode message = state.putObject(arguments).put("QueueUrl", "q");
                message.put(
                        place.jsonata() ? "MessageBody" : "MessageBody.$",
                        place.jsonata() ? "{% $states.context.Task.Token %}" : "$$.Task.Token");
            }
            case 3 -> {
                state.put("Resource", "arn:aws:states:::lambda:invoke");
                state.putObject(arguments).put("FunctionName", "f").set("Payload", json.any());
            }
            default -> {
                state.put("Resource", dice.oneOf("task:a", "task:b"));
                if (dice.percent(40)) {
                    state.set(arguments, place.jsonata() ? expressions.template() : expressions.payload());
                }
            }
        }
        if (dice.percent(20)) {
            if (place.jsonata() || dice.percent(50)) {
                state.put("TimeoutSeconds", dice.between(1, 60));
            } else {
                state.put("TimeoutSecondsPath", dice.oneOf("$.n", "$.s"));
            }
        }
        if (dice.percent(10)) {
            state.put("HeartbeatSeconds", 1);
        }
        if (dice.percent(10)) {
            state.putObject("Credentials").put("RoleArn", "arn:aws:iam::111111111111:role/other");
        }
        working(state, place);
    }

    /** What Task, Parallel and Map have in common. */
    private void working(ObjectNode state, Place place) {
        inAndOut(state, place);
        assign(state, place);
        if (!place.jsonata()) {
            if (dice.percent(15)) {
                state.set("ResultSelector", expressions.payload());
            }
            resultPath(state);
        } else if (dice.percent(20)) {
            state.put(
                    "Output",
                    dice.oneOf("{% $states.result %}", "{% $merge([$states.input, {'r': $states.result}]) %}"));
        }
        rules.guard(state, place);
    }

    private ObjectNode choice(Place place) {
        ObjectNode state = JSON.objectNode().put("Type", "Choice");
        inAndOut(state, place);
        assign(state, place);
        ArrayNode choices = state.putArray("Choices");
        for (int i = dice.between(1, 2); i > 0; i--) {
            choices.add(rules.choice(place));
        }
        if (dice.percent(90)) {
            state.put("Default", place.following());
        }
        return state;
    }

    private void parallel(ObjectNode state, Place place) {
        ArrayNode branches = state.putArray("Branches");
        for (int i = dice.between(1, 3); i > 0; i--) {
            branches.add(bodies.body(place.depth() + 1, place.jsonata()));
        }
        if (dice.percent(20)) {
            state.set(
                    place.jsonata() ? "Arguments" : "Parameters",
                    place.jsonata() ? expressions.template() : expressions.payload());
        }
        if (dice.percent(20)) {
            state.set("Reprise", rules.completion(branches.size()));
        }
        working(state, place);
    }

    private void map(ObjectNode state, Place place) {
        ObjectNode processor = bodies.body(place.depth() + 1, place.jsonata());
        boolean distributed = dice.percent(25);
        if (distributed) {
            processor
                    .putObject("ProcessorConfig")
                    .put("Mode", "DISTRIBUTED")
                    .put("ExecutionType", dice.oneOf("STANDARD", "EXPRESS"));
            distributed(state, place);
        }
        if (!state.has("ItemReader")) {
            if (place.jsonata()) {
                state.put(
                        "Items",
                        dice.oneOf("{% $states.input.items %}", "{% [1..$states.input.n] %}", "{% $states.input %}"));
            } else {
                state.put("ItemsPath", dice.percent(85) ? "$.items" : expressions.path());
            }
        }
        state.set("ItemProcessor", processor);
        if (dice.percent(25)) {
            state.put("MaxConcurrency", dice.between(0, 2));
        }
        if (dice.percent(30)) {
            ObjectNode selector = state.putObject("ItemSelector");
            if (place.jsonata()) {
                selector.put("n", "{% $states.context.Map.Item.Index %}").put("s", expressions.jsonata());
            } else {
                selector.put("n.$", "$$.Map.Item.Index")
                        .put("a.$", "$$.Map.Item.Value")
                        .put("s.$", expressions.pathOrCall());
            }
        }
        if (dice.percent(distributed ? 30 : 10)) {
            state.put(dice.oneOf("ToleratedFailureCount", "ToleratedFailurePercentage"), dice.below(3));
        }
        if (dice.percent(15) && !state.has("ResultWriter")) {
            state.set("Reprise", rules.completion(0));
        }
        working(state, place);
    }

    private void distributed(ObjectNode state, Place place) {
        String arguments = place.jsonata() ? "Arguments" : "Parameters";
        if (dice.percent(40)) {
            ObjectNode reader = state.putObject("ItemReader").put("Resource", "arn:aws:states:::s3:getObject");
            reader.putObject("ReaderConfig").put("InputType", "JSON");
            reader.putObject(arguments).put("Bucket", "bucket").put("Key", "key");
        }
        if (dice.percent(25)) {
            state.putObject("ItemBatcher").put("MaxItemsPerBatch", dice.between(1, 3));
        }
        if (dice.percent(25)) {
            ObjectNode writer = state.putObject("ResultWriter").put("Resource", "arn:aws:states:::s3:putObject");
            writer.putObject(arguments).put("Bucket", "bucket").put("Prefix", "out");
        }
    }
}
