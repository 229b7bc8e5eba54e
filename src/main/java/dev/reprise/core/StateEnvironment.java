package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.Environment;
import dev.reprise.query.Fuel;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What one evaluation in one scope may see. */
final class StateEnvironment implements Environment {

    private final Scope scope;
    private final Execution execution;
    private final JsonNode input;
    private final @Nullable JsonNode result;
    private final @Nullable JsonNode errorOutput;
    private final @Nullable MapItem item;

    StateEnvironment(Scope scope, Execution execution, JsonNode input) {
        this(scope, execution, input, null, null);
    }

    StateEnvironment(
            Scope scope,
            Execution execution,
            JsonNode input,
            @Nullable JsonNode result,
            @Nullable JsonNode errorOutput) {
        this(scope, execution, input, result, errorOutput, null);
    }

    /** @param item the item that {@code ItemSelector} shapes, which has no scope yet; null to take the scope's own */
    StateEnvironment(
            Scope scope,
            Execution execution,
            JsonNode input,
            @Nullable JsonNode result,
            @Nullable JsonNode errorOutput,
            @Nullable MapItem item) {
        this.scope = scope;
        this.execution = execution;
        this.input = input;
        this.result = result;
        this.errorOutput = errorOutput;
        this.item = item;
    }

    @Override
    public JsonNode input() {
        return input;
    }

    @Override
    public @Nullable JsonNode result() {
        return result;
    }

    @Override
    public @Nullable JsonNode errorOutput() {
        return errorOutput;
    }

    @Override
    public JsonNode context() {
        return execution.context(scope, item == null ? scope.item() : item);
    }

    @Override
    public @Nullable JsonNode variable(String name) {
        return scope.variable(name);
    }

    @Override
    public Instant now() {
        return execution.now();
    }

    @Override
    public RandomGenerator random() {
        return execution.random(scope);
    }

    @Override
    public Fuel fuel() {
        return execution.fuel;
    }
}
