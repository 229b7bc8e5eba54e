package dev.reprise.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.operations.Invocation;
import dev.reprise.process.ExhaustedMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.BiFunction;

/**
 * Where an event of Lambda comes in and its answer goes out, and where everything ends that is thrown on the way. An
 * exception fails the invocation, and Lambda or the queue repeats it where they can. So does an error, which leaves
 * here as an exception: the loop that asks for events outlives exceptions only. When memory is exhausted the process
 * ends.
 *
 * <p>Nothing is written before all of the answer is there, so a failure is never half an answer.
 */
public final class EventHandler {

    private final BiFunction<byte[], Invocation, JsonNode> answers;
    private final InstantSource clock;

    /**
     * Answers events.
     *
     * @param answers gives an event's answer
     */
    public EventHandler(BiFunction<byte[], Invocation, JsonNode> answers, InstantSource clock) {
        this.answers = answers;
        this.clock = clock;
    }

    /**
     * Answers an event.
     *
     * @throws RuntimeException when the invocation failed
     */
    public void handle(InputStream event, OutputStream answer, Context context) throws IOException {
        try {
            JsonNode json = answers.apply(event.readAllBytes(), Invocations.of(context, clock));
            answer.write(json.toString().getBytes(StandardCharsets.UTF_8));
        } catch (Throwable e) {
            ExhaustedMemory.haltOn(e);
            if (e instanceof Error error) {
                throw new FailedInvocationException(String.valueOf(context.getAwsRequestId()), error);
            }
            throw e;
        }
    }
}
