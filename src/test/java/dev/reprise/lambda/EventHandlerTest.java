package dev.reprise.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.reprise.journal.store.StoreUnavailableException;
import dev.reprise.operations.Invocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class EventHandlerTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

    @Test
    void anEventIsHandedOverWithWhatLambdaSaysOfTheInvocation() throws IOException {
        handle((event, invocation) -> JsonNodeFactory.instance
                .objectNode()
                .put("event", new String(event, StandardCharsets.UTF_8))
                .put("request", invocation.requestId())
                .put("deadline", String.valueOf(invocation.deadline())));

        assertThat(answer.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"event\":\"an event\",\"request\":\"r-1\",\"deadline\":\"2026-11-20T12:00:05Z\"}");
    }

    @Test
    void anErrorFailsTheInvocationAsAnExceptionDoes() {
        assertThatThrownBy(() -> handle((event, invocation) -> endlessly(0)))
                .isInstanceOf(FailedInvocationException.class)
                .hasMessage(
                        "The invocation r-1 failed: java.lang.StackOverflowError. Nothing that was recorded is lost:"
                                + " the same request may be repeated, and an execution that it carried is resumed")
                .hasCauseInstanceOf(StackOverflowError.class);
        assertThatThrownBy(() -> handle((event, invocation) -> {
                    throw new NoClassDefFoundError("Gone");
                }))
                .isInstanceOf(FailedInvocationException.class)
                .hasMessageContaining("java.lang.NoClassDefFoundError: Gone");
        assertThat(answer.size()).isZero();
    }

    @SuppressWarnings("InfiniteRecursion") // That is what it is for.
    private static JsonNode endlessly(int depth) {
        return endlessly(depth + 1);
    }

    @Test
    void anErrorAmidWritingTheAnswerFailsTheInvocationAndNothingOfTheAnswerIsOut() {
        assertThatThrownBy(() -> handle((event, invocation) -> JsonNodeFactory.instance
                        .objectNode()
                        .put("first", 1)
                        .set("second", new POJONode(new Unwritable()))))
                .isInstanceOf(RuntimeException.class);
        assertThat(answer.size()).isZero();
    }

    /** Jackson meets it amid an answer. */
    public static final class Unwritable {
        /** Cannot be read. */
        @SuppressWarnings("DoNotCallSuggester") // Only Jackson calls it.
        public String getText() {
            throw new AssertionError("unwritable");
        }
    }

    @Test
    void anExceptionFailsTheInvocationAsItIs() {
        StoreUnavailableException unavailable = new StoreUnavailableException("reprise", "down", null);

        assertThatThrownBy(() -> handle((event, invocation) -> {
                    throw unavailable;
                }))
                .isSameAs(unavailable);
    }

    private void handle(BiFunction<byte[], Invocation, JsonNode> answers) throws IOException {
        new EventHandler(answers, InstantSource.fixed(NOW))
                .handle(
                        new ByteArrayInputStream("an event".getBytes(StandardCharsets.UTF_8)),
                        answer,
                        new StubContext("r-1", 5_000));
    }
}
