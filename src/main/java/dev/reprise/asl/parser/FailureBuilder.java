package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Catcher;
import dev.reprise.asl.Retrier;
import dev.reprise.asl.Retrier.JitterStrategy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the elements of {@code Retry} and {@code Catch}. */
final class FailureBuilder {

    private static final int DEFAULT_ATTEMPTS = 3;
    private static final double DEFAULT_BACKOFF = 2.0;

    private FailureBuilder() {}

    static List<Retrier> retriers(Fields state) {
        return state.elements("Retry").stream().map(FailureBuilder::retrier).toList();
    }

    static List<Catcher> catchers(Fields state) {
        return state.elements("Catch").stream().map(FailureBuilder::catcher).toList();
    }

    private static Retrier retrier(Fields fields) {
        Duration interval = seconds(fields.json("IntervalSeconds"));
        JsonNode attempts = fields.json("MaxAttempts");
        JsonNode backoff = fields.json("BackoffRate");
        return new Retrier(
                fields.texts("ErrorEquals"),
                interval == null ? Duration.ofSeconds(1) : interval,
                attempts == null ? DEFAULT_ATTEMPTS : attempts.intValue(),
                backoff == null ? DEFAULT_BACKOFF : backoff.doubleValue(),
                seconds(fields.json("MaxDelaySeconds")),
                fields.choice("JitterStrategy", JitterStrategy.NONE));
    }

    private static @Nullable Duration seconds(@Nullable JsonNode value) {
        return value == null ? null : Duration.ofSeconds(value.longValue());
    }

    private static Catcher catcher(Fields fields) {
        return new Catcher(
                fields.texts("ErrorEquals"),
                fields.requiredText("Next"),
                fields.path("ResultPath", "$"),
                fields.json("Output"),
                fields.objectNode("Assign"));
    }
}
