package dev.reprise.telemetry.trace;

import java.io.IOException;
import java.time.Duration;

/** Where spans are sent. Called by one thread at a time. */
@FunctionalInterface
public interface Collector {

    /**
     * Sends a request of OpenTelemetry's protocol, in JSON.
     *
     * @param patience for the whole answer
     * @throws IOException when the spans are not taken, or not all of them, with what to say of it
     * @throws InterruptedException when this thread was interrupted
     */
    void send(byte[] body, Duration patience) throws IOException, InterruptedException;
}
