package dev.reprise.testing.teststate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.DataFlow;
import dev.reprise.asl.State;
import dev.reprise.core.Stage;
import dev.reprise.core.StateTrial.Handling;
import dev.reprise.core.StateTrial.Result;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a state's data went through, as far as Step Functions shows it for a state of its type.
 *
 * @param input the state's input
 * @param stages what became of it
 * @param variables all that are set after the state; empty when none is
 * @param handling who handled its error
 * @param exchange the request and response of an HTTP task; null when there is none to show
 */
public record InspectionData(
        JsonNode input,
        Map<Stage, JsonNode> stages,
        Map<String, JsonNode> variables,
        Handling handling,
        TaskCalls.@Nullable HttpExchange exchange) {

    private static final Set<Stage> WHOLE_FLOW = EnumSet.of(
            Stage.INPUT_PATH,
            Stage.PARAMETERS,
            Stage.ARGUMENTS,
            Stage.RESULT,
            Stage.RESULT_SELECTOR,
            Stage.RESULT_PATH);

    private static final Set<Stage> COUNTS =
            EnumSet.of(Stage.MAX_CONCURRENCY, Stage.TOLERATED_FAILURE_COUNT, Stage.TOLERATED_FAILURE_PERCENTAGE);

    public InspectionData {
        Map<Stage, JsonNode> ordered = new EnumMap<>(Stage.class);
        ordered.putAll(stages);
        stages = Collections.unmodifiableMap(ordered);
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    static InspectionData of(State state, JsonNode input, Result result, TaskCalls.@Nullable HttpExchange exchange) {
        Map<Stage, JsonNode> stages = new EnumMap<>(Stage.class);
        stages.putAll(result.stages());
        if (state instanceof State.Fail && state.dataFlow() instanceof DataFlow.JsonPathFlow) {
            stages.put(Stage.INPUT_PATH, input);
        }
        stages.keySet().retainAll(shown(state));
        return new InspectionData(input, stages, result.variables(), result.handling(), exchange);
    }

    /** What Step Functions shows: of some states less than there is. */
    private static Set<Stage> shown(State state) {
        return switch (state) {
            case State.Task task -> WHOLE_FLOW;
            case State.Pass pass
            when pass.result() != null -> EnumSet.of(Stage.RESULT, Stage.RESULT_SELECTOR, Stage.RESULT_PATH);
            case State.Pass pass -> WHOLE_FLOW;
            case State.Parallel parallel -> EnumSet.of(Stage.RESULT_SELECTOR, Stage.RESULT_PATH);
            case State.Map map -> shown(map);
            case State.Choice choice -> EnumSet.of(Stage.INPUT_PATH);
            case State.Wait wait -> EnumSet.of(Stage.INPUT_PATH);
            case State.Succeed succeed -> EnumSet.of(Stage.INPUT_PATH);
            case State.Fail fail -> EnumSet.of(Stage.INPUT_PATH);
        };
    }

    private static Set<Stage> shown(State.Map map) {
        Set<Stage> all = EnumSet.complementOf(EnumSet.of(Stage.PARAMETERS, Stage.ARGUMENTS, Stage.RESULT));
        if (map.dataFlow() instanceof DataFlow.JsonataFlow) {
            all.remove(Stage.ITEMS_PATH);
        }
        return all;
    }

    /** As the API has it: data is text, counts are numbers. */
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("input", input.toString());
        stages.forEach((stage, data) -> {
            if (COUNTS.contains(stage)) {
                json.set(name(stage), data);
            } else {
                json.put(name(stage), data.toString());
            }
        });
        if (!variables.isEmpty()) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            all.setAll(variables);
            json.put("variables", all.toString());
        }
        ObjectNode error = errorDetails();
        if (!error.isEmpty()) {
            json.set("errorDetails", error);
        }
        if (exchange != null) {
            json.set("request", exchange.request());
            json.set("response", exchange.response());
        }
        return json;
    }

    private ObjectNode errorDetails() {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        if (handling.catcher() != null) {
            error.put("catchIndex", handling.catcher());
        }
        if (handling.retrier() != null) {
            error.put("retryIndex", handling.retrier());
        }
        if (handling.delay() != null) {
            error.put("retryBackoffIntervalSeconds", handling.delay().toSeconds());
        }
        return error;
    }

    private static String name(Stage stage) {
        return switch (stage) {
            case INPUT_PATH -> "afterInputPath";
            case PARAMETERS -> "afterParameters";
            case ARGUMENTS -> "afterArguments";
            case RESULT -> "result";
            case RESULT_SELECTOR -> "afterResultSelector";
            case RESULT_PATH -> "afterResultPath";
            case ITEMS_PATH -> "afterItemsPath";
            case ITEMS_POINTER -> "afterItemsPointer";
            case ITEM_SELECTOR -> "afterItemSelector";
            case ITEM_BATCHER -> "afterItemBatcher";
            case MAX_CONCURRENCY -> "maxConcurrency";
            case TOLERATED_FAILURE_COUNT -> "toleratedFailureCount";
            case TOLERATED_FAILURE_PERCENTAGE -> "toleratedFailurePercentage";
        };
    }
}
