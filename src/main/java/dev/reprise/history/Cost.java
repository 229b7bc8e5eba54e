package dev.reprise.history;

import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.execution.JsonSize;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an execution costs, as its history tells, by list prices of us-east-1 in 2026, in dollars. Tasks themselves, and
 * the memory and time of Lambda functions, are left out everywhere but for Express, which bills its own.
 *
 * @param transitions starts, states entered, and tasks tried again
 * @param results tasks that were asked for
 * @param bytes of what they gave, as JSON
 * @param duration from the first event to the last
 */
public record Cost(long transitions, long results, long bytes, Duration duration) {

    /** Step Functions Standard, a state transition. */
    private static final double TRANSITION = 25.0 / 1_000_000;

    /** Step Functions Express, a request. */
    private static final double EXPRESS_REQUEST = 1.0 / 1_000_000;

    /** Express, a GB second; its memory is billed in chunks of 64 MB. */
    private static final double EXPRESS_GB_SECOND = 0.00001667;

    private static final double EXPRESS_GB = 64.0 / 1_024;

    /** Lambda durable functions, an operation. */
    private static final double DURABLE_OPERATION = 8.0 / 1_000_000;

    /** DynamoDB on demand, a write unit of 1 KB. */
    private static final double WRITE_UNIT = 0.625 / 1_000_000;

    /** DynamoDB on demand, a read unit of 4 KB. */
    private static final double READ_UNIT = 0.125 / 1_000_000;

    private static final double KILOBYTE = 1_024;

    /** A journal's start and end, and what an entry takes beside the result. */
    private static final int HEAD_UNITS = 2;

    private static final int ENTRY_BYTES = 100;

    /** Adds up what events tell. */
    public static final class Meter implements ExecutionObserver {

        private long started;
        private long entered;
        private long tasks;
        private long asked;
        private long bytes;
        private @Nullable Instant first;
        private @Nullable Instant last;

        /**
         * Takes in the next event.
         *
         * @param type as GetExecutionHistory calls it
         * @param at when it happened; null when that is not known
         * @param bytesOfOutput of its output as JSON; 0 when it has none
         */
        public void add(String type, @Nullable Instant at, long bytesOfOutput) {
            first = first == null ? at : first;
            last = at == null ? last : at;
            if (type.equals("ExecutionStarted")) {
                started++;
            } else if (type.endsWith("StateEntered")) {
                entered++;
                tasks += type.startsWith("Task") ? 1 : 0;
            } else if (isOfTask(type) && type.endsWith("Scheduled")) {
                asked++;
            } else if (isOfTask(type) && type.endsWith("Succeeded")) {
                bytes += bytesOfOutput;
            }
        }

        private static boolean isOfTask(String type) {
            return type.startsWith("Task") || type.startsWith("LambdaFunction") || type.startsWith("Activity");
        }

        @Override
        public void on(HistoryEvent event) {
            boolean isResult = event.type().name().endsWith("Succeeded");
            add(
                    event.type().name(),
                    event.timestamp(),
                    isResult && event.details().has("output")
                            ? JsonSize.of(event.details().path("output"))
                            : 0);
        }

        /** A child of a distributed Map is an execution of its own, and costs what others do. */
        @Override
        public ExecutionObserver ofChildren() {
            return this;
        }

        /** What they come to. A task that is asked for once more than its state was entered is tried again. */
        public Cost total() {
            Duration duration = first == null || last == null ? Duration.ZERO : Duration.between(first, last);
            return new Cost(started + entered + Math.max(0, asked - tasks), asked, bytes, duration);
        }
    }

    /** What so many units of DynamoDB cost, whose figures its answers tell. */
    public static double ofUnits(double read, double write) {
        return read * READ_UNIT + write * WRITE_UNIT;
    }

    /** Write units of the journal, estimated where nobody has counted them: its start and end, and the results. */
    public double writeUnits() {
        return HEAD_UNITS + Math.ceil((bytes + results * ENTRY_BYTES) / KILOBYTE);
    }

    /** Here, by that estimate. */
    public double here() {
        return ofUnits(0, writeUnits());
    }

    /** On Step Functions, as a Standard workflow. */
    public double standard() {
        return transitions * TRANSITION;
    }

    /** On Step Functions, as an Express workflow. */
    public double express() {
        double chunks = Math.max(1, Math.ceil(duration.toMillis() / 100.0));
        return EXPRESS_REQUEST + chunks / 10 * EXPRESS_GB * EXPRESS_GB_SECOND;
    }

    /** As a durable function of Lambda. */
    public double durableFunction() {
        return (results + 1) * DURABLE_OPERATION;
    }
}
