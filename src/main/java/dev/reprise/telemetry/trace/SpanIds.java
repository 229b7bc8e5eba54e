package dev.reprise.telemetry.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The names of an execution's spans, which every invocation works out alike: from the execution's ARN and start, as the
 * ARN alone may be another one's after the retention; from how often it was redriven; and from the span's place. Used
 * by one thread at a time.
 */
final class SpanIds {

    private static final int SPAN_BYTES = 8;

    /** Of these, the first four are the seconds of the start: X-Ray reads them as such. */
    private static final int TRACE_BYTES = 16;

    private static final int TIME_BYTES = 4;
    private static final HexFormat HEX = HexFormat.of();

    private final MessageDigest digest = digest();
    private final String execution;
    private final Instant startedAt;

    SpanIds(String executionArn, Instant startedAt) {
        this.execution = executionArn + "\n" + startedAt.toEpochMilli() + "\n";
        this.startedAt = startedAt;
    }

    /** That of the trace which the execution begins. */
    String traceId() {
        int seconds = (int) startedAt.getEpochSecond();
        return HEX.toHexDigits(seconds) + hash("trace", TRACE_BYTES - TIME_BYTES);
    }

    /**
     * A span's.
     *
     * @param redrives how often the execution had been redriven
     * @param place which no other span of the execution has
     */
    String spanId(int redrives, String place) {
        return hash(redrives + "\n" + place, SPAN_BYTES);
    }

    private String hash(String what, int bytes) {
        byte[] hash = digest.digest((execution + what).getBytes(UTF_8));
        return HEX.formatHex(hash, 0, bytes);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
