package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One state of JSONPath, said in JSONata. The states in it are left as they are. */
final class ConvertedState {

    private static final String INPUT = "$states.input";
    private static final String RESULT = "$states.result";
    private static final String ERROR = "$states.errorOutput";

    /** What only JSONPath has; its place is taken by what has been worked out of it. */
    private static final Set<String> OF_JSONPATH = Set.of(
            "InputPath",
            "Parameters",
            "Result",
            "ResultSelector",
            "ResultPath",
            "OutputPath",
            "ItemsPath",
            "QueryLanguage");

    /** Fields with a form of their own for paths. */
    private static final Set<String> WITH_PATH = Set.of("TimestampPath", "ErrorPath", "CausePath");

    /** The same of numbers, which JSONPath takes as texts too. */
    private static final Set<String> NUMBERS_WITH_PATH = Set.of(
            "SecondsPath",
            "TimeoutSecondsPath",
            "HeartbeatSecondsPath",
            "MaxConcurrencyPath",
            "ToleratedFailureCountPath",
            "ToleratedFailurePercentagePath",
            "MaxItemsPath",
            "MaxItemsPerBatchPath",
            "MaxInputBytesPerBatchPath");

    /** What follows the computed fields, as people write states. */
    private static final List<String> LAST = List.of("Retry", "Catch", "Next", "Default", "End");

    /** Errors that JSONata has others for. */
    private static final Set<String> ERRORS_OF_JSONPATH = Set.of(
            "States.ParameterPathFailure",
            "States.ReferencePathConflict",
            "States.ResultPathMatchFailure",
            "States.IntrinsicFailure",
            "States.Runtime");

    private final ObjectNode state;
    private final String type;

    /** What {@code $} stands for after {@code InputPath}. */
    private final String input;

    private final ObjectNode computed = JsonNodeFactory.instance.objectNode();

    private ConvertedState(ObjectNode state) throws UncertainException {
        this.state = state;
        this.type = state.path("Type").asText();
        this.input = inField("InputPath", () -> input(state.get("InputPath")));
    }

    private static String input(@Nullable JsonNode inputPath) throws UncertainException {
        if (inputPath == null) {
            return INPUT;
        }
        return inputPath.isNull() ? "{}" : JsonataText.path(inputPath.asText(), INPUT);
    }

    /** @throws UncertainException when it is not certain that JSONata can say what it says */
    static ObjectNode of(ObjectNode state) throws UncertainException {
        return new ConvertedState(state).convert();
    }

    private interface Part<T> {
        T convert() throws UncertainException;
    }

    private static <T> T inField(String name, Part<T> part) throws UncertainException {
        try {
            return part.convert();
        } catch (UncertainException e) {
            throw e.below(name);
        }
    }

    private ObjectNode convert() throws UncertainException {
        refuse("Assign", "what $ stands for there");
        switch (type) {
            case "Pass" -> output(made(), INPUT);
            case "Task", "Parallel" -> {
                arguments();
                output(result(), RESULT);
            }
            case "Map" -> {
                items();
                output(result(), RESULT);
            }
            case "Choice", "Wait", "Succeed" -> output(JsonataText.of(input), INPUT);
            default -> {
                // A Fail state has no output.
            }
        }
        ObjectNode converted = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : state.properties()) {
            if (!OF_JSONPATH.contains(field.getKey()) && !LAST.contains(field.getKey())) {
                inField(field.getKey(), () -> copy(field.getKey(), field.getValue(), converted));
            }
        }
        converted.setAll(computed);
        for (String last : LAST) {
            if (state.has(last)) {
                inField(last, () -> copy(last, state.get(last), converted));
            }
        }
        return converted;
    }

    private void refuse(String field, String why) throws UncertainException {
        if (state.has(field)) {
            throw new UncertainException("/" + field, "it is not certain " + why);
        }
    }

    /** What a Pass makes. */
    private JsonataText made() throws UncertainException {
        if (state.has("Result")) {
            return inField("Result", () -> JsonataText.literal(state.get("Result")));
        }
        return state.has("Parameters") ? parameters() : JsonataText.of(input);
    }

    private JsonataText parameters() throws UncertainException {
        return inField("Parameters", () -> JsonataText.template(state.get("Parameters"), input));
    }

    private void arguments() throws UncertainException {
        if (state.has("Parameters")) {
            computed.set("Arguments", parameters().template());
        } else if (!input.equals(INPUT)) {
            computed.set("Arguments", JsonataText.of(input).template());
        }
    }

    private void items() throws UncertainException {
        if (state.has("ItemReader")) {
            refuse("ItemsPath", "what it means beside ItemReader");
        } else {
            String items = inField(
                    "ItemsPath", () -> JsonataText.path(state.path("ItemsPath").asText("$"), input));
            computed.set("Items", JsonataText.of(items).template());
        }
        if (state.has("Parameters")) {
            computed.set("ItemSelector", parameters().template());
        }
    }

    /** What a state that does work makes of its result, before it goes anywhere. */
    private JsonataText result() throws UncertainException {
        return state.has("ResultSelector")
                ? inField("ResultSelector", () -> JsonataText.template(state.get("ResultSelector"), RESULT))
                : JsonataText.of(RESULT);
    }

    /** @param usual what the output is where none is said */
    private void output(JsonataText value, String usual) throws UncertainException {
        JsonataText whole = inField("ResultPath", () -> placed(value, state.get("ResultPath")));
        JsonNode outputPath = state.get("OutputPath");
        JsonataText output = outputPath == null || outputPath.asText().equals("$")
                ? whole
                : inField(
                        "OutputPath",
                        () -> JsonataText.of(
                                outputPath.isNull() ? "{}" : JsonataText.path(outputPath.asText(), whole.inline())));
        if (!usual.equals(output.text())) {
            computed.set("Output", output.template());
        }
    }

    private static JsonataText placed(JsonataText value, @Nullable JsonNode resultPath) throws UncertainException {
        if (resultPath == null || resultPath.asText().equals("$")) {
            return value;
        }
        return resultPath.isNull() ? JsonataText.of(INPUT) : JsonataText.put(INPUT, resultPath.asText(), value);
    }

    private JsonNode copy(String name, JsonNode value, ObjectNode to) throws UncertainException {
        switch (name) {
            case "Iterator" -> to.set("ItemProcessor", value);
            case "Branches", "ItemProcessor", "Comment" -> to.set(name, value);
            case "ItemSelector" ->
                to.set(name, JsonataText.template(value, input).template());
            case "ItemReader", "ResultWriter", "ItemBatcher", "ReaderConfig" -> to.set(name, configuration(value));
            case "Choices" -> to.set(name, choices());
            case "Catch" -> to.set(name, catchers());
            case "Retry" -> {
                refuseErrors(value);
                to.set(name, value);
            }
            case "Reprise", "Credentials" -> {
                refusePaths(value);
                to.set(name, value);
            }
            default -> {
                if (WITH_PATH.contains(name)) {
                    to.set(
                            withoutPath(name),
                            JsonataText.expression(value.asText(), input).template());
                } else if (NUMBERS_WITH_PATH.contains(name)) {
                    String number = "$number(" + JsonataText.path(value.asText(), input) + ")";
                    to.set(withoutPath(name), JsonataText.of(number).template());
                } else {
                    to.set(name, JsonataText.literal(value).template());
                }
            }
        }
        return to;
    }

    private static String withoutPath(String name) {
        return name.substring(0, name.length() - "Path".length());
    }

    /** What a distributed Map reads and writes. */
    private ObjectNode configuration(JsonNode block) throws UncertainException {
        ObjectNode converted = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : block.properties()) {
            inField(field.getKey(), () -> switch (field.getKey()) {
                case "Parameters" ->
                    converted.set(
                            "Arguments",
                            JsonataText.template(field.getValue(), input).template());
                case "BatchInput" ->
                    converted.set(
                            "BatchInput",
                            JsonataText.template(field.getValue(), input).template());
                default -> copy(field.getKey(), field.getValue(), converted);
            });
        }
        return converted;
    }

    private ArrayNode choices() throws UncertainException {
        ConvertedConditions conditions = new ConvertedConditions(input);
        ArrayNode rules = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < state.path("Choices").size(); i++) {
            JsonNode rule = state.path("Choices").get(i);
            ObjectNode converted = rules.addObject();
            inField(String.valueOf(i), () -> {
                if (rule.has("Assign")) {
                    throw new UncertainException("/Assign", "it is not certain what $ stands for there");
                }
                if (rule.has("Comment")) {
                    converted.set("Comment", rule.get("Comment"));
                }
                return converted.set(
                        "Condition", JsonataText.of(conditions.of(rule)).template());
            });
            if (computed.has("Output")) {
                converted.set("Output", computed.get("Output"));
            }
            converted.set("Next", rule.get("Next"));
        }
        return rules;
    }

    private ArrayNode catchers() throws UncertainException {
        JsonNode all = state.path("Catch");
        refuseErrors(all);
        ArrayNode catchers = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < all.size(); i++) {
            JsonNode catcher = all.get(i);
            ObjectNode converted = catchers.addObject();
            inField(String.valueOf(i), () -> {
                if (catcher.has("Assign")) {
                    throw new UncertainException("/Assign", "it is not certain what $ stands for there");
                }
                for (Map.Entry<String, JsonNode> field : catcher.properties()) {
                    if (!field.getKey().equals("ResultPath")) {
                        converted.set(field.getKey(), field.getValue());
                    }
                }
                JsonataText output =
                        inField("ResultPath", () -> placed(JsonataText.of(ERROR), catcher.get("ResultPath")));
                return ERROR.equals(output.text()) ? converted : converted.set("Output", output.template());
            });
        }
        return catchers;
    }

    private static void refuseErrors(JsonNode failures) throws UncertainException {
        for (int i = 0; i < failures.size(); i++) {
            for (JsonNode error : failures.get(i).path("ErrorEquals")) {
                if (ERRORS_OF_JSONPATH.contains(error.asText())) {
                    throw new UncertainException("/" + i + "/ErrorEquals", error.asText() + " is an error of JSONPath");
                }
            }
        }
    }

    private static void refusePaths(JsonNode value) throws UncertainException {
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            inField(member.getKey(), () -> {
                if (member.getKey().endsWith(".$") || member.getKey().endsWith("Path")) {
                    throw new UncertainException("", "is a path");
                }
                refusePaths(member.getValue());
                return member;
            });
        }
    }
}
