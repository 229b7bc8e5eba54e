package dev.reprise.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.query.Environment;
import dev.reprise.query.Fuel;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the expressions of a trigger see: {@code $states.input} is what the event says, {@code $states.context.Event} is
 * all of it. Time and random values are the event's, so that another delivery gives the same.
 */
record EventEnvironment(JsonNode input, JsonNode event, Instant now, RandomGenerator random, Fuel fuel)
        implements Environment {

    static EventEnvironment of(AwsEvent event, JsonNode input, Instant now) {
        return new EventEnvironment(
                input, event.whole(), now, new SplittableRandom(event.name().hashCode()), new Fuel());
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
        return JsonNodeFactory.instance.objectNode().set("Event", event);
    }

    @Override
    public @Nullable JsonNode variable(String name) {
        return null;
    }
}
