package dev.reprise.testing.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.query.Environment;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import dev.reprise.query.Fuel;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.testing.WorkflowTest;
import java.time.Instant;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An answer that a JSONata template gives: {@code $states.input} is what the task got, {@code $states.context.Task}
 * tells its {@code Attempt}, {@code Scope} and {@code Token}.
 */
record ComputedAnswer(TaskCall call, Fuel fuel, RandomGenerator random) implements Environment {

    static JsonNode of(Expression expression, TaskCall call) {
        try {
            return expression.evaluate(new ComputedAnswer(
                    call, new Fuel(), new Random(call.context().idempotencyKey().hashCode())));
        } catch (EvaluationException e) {
            throw new TaskException(e.error(), e.causeText());
        }
    }

    @Override
    public JsonNode input() {
        return call.input();
    }

    @Override
    public @Nullable JsonNode result() {
        return null;
    }

    @Override
    public @Nullable JsonNode errorOutput() {
        return null;
    }

    @Override
    public JsonNode context() {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        ObjectNode task = context.putObject("Task");
        task.put("Attempt", call.context().attempt());
        task.put("Scope", call.context().scope());
        if (call.context().taskToken() != null) {
            task.put("Token", call.context().taskToken());
        }
        return context;
    }

    @Override
    public @Nullable JsonNode variable(String name) {
        return null;
    }

    @Override
    public Instant now() {
        return WorkflowTest.START;
    }
}
