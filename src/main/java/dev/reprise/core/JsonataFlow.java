package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Catcher;
import dev.reprise.asl.DataFlow;
import dev.reprise.asl.State;
import dev.reprise.execution.ErrorNames;
import dev.reprise.query.Expression;
import org.jspecify.annotations.Nullable;

/** {@code Arguments} and {@code Output}; one that is absent changes nothing. */
final class JsonataFlow implements Flow {

    private final @Nullable Expression arguments;
    private final @Nullable Expression output;
    private final @Nullable Expression assign;

    JsonataFlow(State state, DataFlow.JsonataFlow fields, Compiler compiler) {
        this.arguments = compiler.template(state, fields.arguments(), "Arguments");
        this.output = compiler.template(state, fields.output(), "Output");
        this.assign = compiler.template(state, fields.assign(), "Assign");
    }

    @Override
    public JsonNode workOn(Scope scope, Execution execution) {
        if (arguments == null) {
            return scope.input;
        }
        JsonNode worked = arguments.evaluate(new StateEnvironment(scope, execution, scope.input));
        execution.show(Stage.ARGUMENTS, worked);
        return worked;
    }

    @Override
    public StateEnvironment ofResult(Scope scope, JsonNode result, Execution execution) {
        return new StateEnvironment(scope, execution, scope.input, result, null);
    }

    @Override
    public Exit withResult(Scope scope, JsonNode result, Execution execution) {
        return exit(ofResult(scope, result, execution), result, output, assign);
    }

    @Override
    public Exit withoutResult(Scope scope, JsonNode worked, Execution execution) {
        return exit(new StateEnvironment(scope, execution, scope.input), worked, output, assign);
    }

    @Override
    public Exit chosen(
            Scope scope,
            JsonNode worked,
            @Nullable Expression ruleOutput,
            @Nullable Expression ruleAssign,
            Execution execution) {
        return exit(new StateEnvironment(scope, execution, scope.input), worked, ruleOutput, ruleAssign);
    }

    private static Exit exit(
            StateEnvironment environment,
            JsonNode otherwise,
            @Nullable Expression output,
            @Nullable Expression assign) {
        return new Exit(
                output == null ? otherwise : output.evaluate(environment),
                assign == null ? null : (ObjectNode) assign.evaluate(environment));
    }

    @Override
    public String typeError() {
        return ErrorNames.QUERY_EVALUATION_ERROR;
    }

    /** What goes on with an error. */
    private record JsonataHandler(
            @Nullable Expression output, @Nullable Expression assign) implements Handler {

        @Override
        public Exit caught(Scope scope, ObjectNode errorOutput, Execution execution) {
            StateEnvironment environment = new StateEnvironment(scope, execution, scope.input, null, errorOutput);
            return exit(environment, errorOutput, output, assign);
        }
    }

    @Override
    public Handler handler(Catcher catcher, String location, Compiler compiler, State state) {
        return new JsonataHandler(
                compiler.template(state, catcher.output(), location + "Output"),
                compiler.template(state, catcher.assign(), location + "Assign"));
    }
}
