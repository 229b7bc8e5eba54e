package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Catcher;
import dev.reprise.asl.DataFlow;
import dev.reprise.asl.State;
import dev.reprise.asl.Value;
import dev.reprise.execution.ErrorNames;
import dev.reprise.query.Expression;
import dev.reprise.query.jsonpath.ReferencePath;
import org.jspecify.annotations.Nullable;

/**
 * {@code InputPath}, {@code Parameters}, {@code ResultSelector}, {@code ResultPath}, {@code OutputPath}, in this order.
 * A stage that is null changes nothing.
 */
final class JsonPathFlow implements Flow {

    private static final Expression NOTHING = environment -> JsonNodeFactory.instance.objectNode();

    private final @Nullable Expression inputPath;
    private final @Nullable Expression parameters;
    private final @Nullable Expression resultSelector;
    private final ResultPlace resultPlace;
    private final @Nullable Expression outputPath;
    private final @Nullable Expression assign;

    JsonPathFlow(State state, DataFlow.JsonPathFlow fields, Compiler compiler) {
        this.inputPath = path(state, fields.inputPath(), "InputPath", compiler);
        this.parameters = compiler.template(state, fields.parameters(), "Parameters");
        this.resultSelector = compiler.template(state, fields.resultSelector(), "ResultSelector");
        this.resultPlace = ResultPlace.of(fields.resultPath());
        this.outputPath = path(state, fields.outputPath(), "OutputPath", compiler);
        this.assign = compiler.template(state, fields.assign(), "Assign");
    }

    private static @Nullable Expression path(State state, @Nullable String path, String field, Compiler compiler) {
        if (path == null) {
            return NOTHING;
        }
        return path.equals("$") ? null : compiler.requiredValue(state, new Value.Path(path), field);
    }

    /** Where a result goes in the state's input: in its place, to a path in it, or nowhere. */
    private record ResultPlace(boolean dropped, @Nullable ReferencePath path) {

        static ResultPlace of(@Nullable String path) {
            return path == null
                    ? new ResultPlace(true, null)
                    : new ResultPlace(false, path.equals("$") ? null : ReferencePath.parse(path));
        }

        JsonNode put(JsonNode input, JsonNode result) {
            if (dropped) {
                return input;
            }
            return path == null ? result : path.write(input, result);
        }
    }

    @Override
    public JsonNode workOn(Scope scope, Execution execution) {
        JsonNode input = through(inputPath, scope.input, scope, execution);
        execution.show(Stage.INPUT_PATH, input);
        JsonNode worked = through(parameters, input, scope, execution);
        execution.show(Stage.PARAMETERS, worked);
        return worked;
    }

    /** A template finds the result at {@code $}, as {@code ResultSelector} does. */
    @Override
    public StateEnvironment ofResult(Scope scope, JsonNode result, Execution execution) {
        return new StateEnvironment(scope, execution, result);
    }

    @Override
    public Exit withResult(Scope scope, JsonNode result, Execution execution) {
        return exit(scope, through(resultSelector, result, scope, execution), assign, execution);
    }

    @Override
    public Exit withoutResult(Scope scope, JsonNode worked, Execution execution) {
        return exit(scope, worked, assign, execution);
    }

    @Override
    public Exit chosen(
            Scope scope,
            JsonNode worked,
            @Nullable Expression output,
            @Nullable Expression ruleAssign,
            Execution execution) {
        return exit(scope, worked, ruleAssign, execution);
    }

    private Exit exit(Scope scope, JsonNode result, @Nullable Expression assigns, Execution execution) {
        execution.show(Stage.RESULT_SELECTOR, result);
        ObjectNode assigned = assigns == null ? null : (ObjectNode) through(assigns, result, scope, execution);
        JsonNode placed = resultPlace.put(scope.input, result);
        execution.show(Stage.RESULT_PATH, placed);
        return new Exit(through(outputPath, placed, scope, execution), assigned);
    }

    private static JsonNode through(@Nullable Expression stage, JsonNode value, Scope scope, Execution execution) {
        return stage == null ? value : stage.evaluate(new StateEnvironment(scope, execution, value));
    }

    @Override
    public String typeError() {
        return ErrorNames.RUNTIME;
    }

    /** Where the error output goes, and which variables are set from it. */
    private record PathHandler(ResultPlace place, @Nullable Expression assign) implements Handler {

        @Override
        public Exit caught(Scope scope, ObjectNode errorOutput, Execution execution) {
            ObjectNode assigned = assign == null ? null : (ObjectNode) through(assign, errorOutput, scope, execution);
            return new Exit(place.put(scope.input, errorOutput), assigned);
        }
    }

    @Override
    public Handler handler(Catcher catcher, String location, Compiler compiler, State state) {
        return new PathHandler(
                ResultPlace.of(catcher.resultPath()), compiler.template(state, catcher.assign(), location + "Assign"));
    }
}
