package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.StatesError;
import dev.reprise.runtime.VirtualRunner;
import dev.reprise.task.TaskException;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Steps of durable cases: Tasks that carry in their arguments what each attempt gives, and that must not run again once
 * they have given it.
 */
final class DurableSteps implements VirtualRunner.World {

    private final Verdict verdict;
    private final Set<EffectId> run = new HashSet<>();

    DurableSteps(Verdict verdict) {
        this.verdict = verdict;
    }

    /**
     * A step's state.
     *
     * @param handler where the step's failure leads; null when it fails its body
     */
    static ObjectNode task(JsonNode step, @Nullable String handler) {
        ObjectNode task = DurableBody.state("Task").put("Resource", "task:step");
        ArrayNode attempts = task.putObject("Arguments").putArray("attempts");
        for (JsonNode attempt : step.path("attempts")) {
            if (!attempt.has("return") && !attempt.has("throw")) {
                throw new UnsupportedOperationException("Attempt " + attempt);
            }
            attempts.add(DurableExpressions.template(attempt));
        }
        if (step.has("serdes")) {
            Serdes serdes = Serdes.of(step.path("serdes").asText());
            task.put("Output", "{% " + serdes.deserialized(serdes.serialized("$states.result")) + " %}");
        }
        addRetriers(step.path("retry"), task.putArray("Retry"));
        return DurableBody.catching(task, handler);
    }

    /**
     * A retry strategy of the SDKs. What it does not say is as they have it: 6 attempts, 5 s, twice as long each time,
     * at most 60 s, full jitter.
     */
    private static void addRetriers(JsonNode strategy, ArrayNode retriers) {
        if (strategy.has("noRetryOn")) {
            retriers.addObject().put("MaxAttempts", 0).set("ErrorEquals", strategy.path("noRetryOn"));
        }
        ObjectNode retrier = retriers.addObject();
        int delay = strategy.path("initialDelaySeconds").asInt(5);
        retrier.put("MaxAttempts", strategy.path("maxAttempts").asInt(6) - 1)
                .put("IntervalSeconds", delay)
                .put("BackoffRate", strategy.path("backoffRate").asDouble(2))
                .put(
                        "MaxDelaySeconds",
                        Math.max(delay + 1, strategy.path("maxDelaySeconds").asInt(60)))
                .put("JitterStrategy", strategy.path("jitter").asText("FULL").equals("NONE") ? "NONE" : "FULL");
        retrier.set(
                "ErrorEquals",
                strategy.has("retryOn")
                        ? strategy.path("retryOn")
                        : object().arrayNode().add("States.ALL"));
    }

    @Override
    public Uni<JsonNode> run(Effect.RunTask task) {
        if (!run.add(task.id())) {
            verdict.wrong("run again although its result was durable: " + task.id());
        }
        JsonNode attempts = task.input().path("attempts");
        JsonNode attempt = attempts.path(Math.min(task.attempt(), attempts.size() - 1));
        if (attempt.has("throw")) {
            JsonNode thrown = attempt.path("throw");
            StatesError error = new StatesError(
                    thrown.path("errorType").asText(),
                    thrown.path("errorMessage").asText());
            return Uni.createFrom().failure(() -> new TaskException(error, null));
        }
        return Uni.createFrom().item(attempt.path("return"));
    }

    @Override
    public @Nullable Entry happensAt(Instant now) {
        return null;
    }

    @Override
    public String taskToken(EffectId task) {
        throw new UnsupportedOperationException("Callbacks");
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
