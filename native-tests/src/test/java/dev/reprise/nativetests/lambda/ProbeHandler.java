package dev.reprise.nativetests.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A function that tells what it sees: it answers with its process, its context and its event. An event that contains
 * the word {@code fail} makes it fail, {@code hang} makes it hang.
 */
public final class ProbeHandler implements RequestStreamHandler {

    /** Counts milliseconds in which this process ran, on a thread that works between invocations too. */
    private static final AtomicLong TICKS = new AtomicLong();

    static {
        if (System.getenv("REFUSE_TO_START") != null) {
            throw new IllegalStateException("told not to start");
        }
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                LockSupport.parkNanos(1_000_000);
                TICKS.incrementAndGet();
            }
        });
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        if (event.contains("fail")) {
            throw new IllegalArgumentException("told to fail");
        }
        while (event.contains("hang")) {
            LockSupport.park();
        }
        String answer = """
            {"pid": %d, "ticks": %d, "requestId": "%s", "remaining": %d, "arn": "%s", "event": %s}\
            """.formatted(
                        ProcessHandle.current().pid(),
                        TICKS.get(),
                        context.getAwsRequestId(),
                        context.getRemainingTimeInMillis(),
                        context.getInvokedFunctionArn(),
                        event);
        output.write(answer.getBytes(StandardCharsets.UTF_8));
    }
}
