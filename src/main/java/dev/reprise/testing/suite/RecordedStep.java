package dev.reprise.testing.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.StatesError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state that an execution of the past entered, and what became of it. Filled while its history is read; not
 * thread-safe.
 */
public final class RecordedStep {

    private final String type;
    private final String state;
    private final long event;
    private final Instant enteredAt;
    private final List<Attempt> attempts = new ArrayList<>();
    private int items = -1;
    private boolean isLast;
    private long exitEvent = Long.MAX_VALUE;
    private @Nullable Instant exitedAt;
    private @Nullable JsonNode output;

    /**
     * A state was entered.
     *
     * @param type of the event that tells so, such as {@code TaskStateEntered}
     * @param event its number
     */
    RecordedStep(String type, String state, long event, Instant enteredAt) {
        this.type = type;
        this.state = state;
        this.event = event;
        this.enteredAt = enteredAt;
    }

    /** How a task ended. */
    sealed interface End {

        /** The number of the event that tells so. */
        long event();

        Instant at();

        record Succeeded(long event, Instant at, JsonNode output) implements End {}

        record Failed(long event, Instant at, StatesError error) implements End {}

        /** It took longer than it may. */
        record TimedOut(long event, Instant at, StatesError error) implements End {}
    }

    /**
     * How far somebody else had come who does a task.
     *
     * @param event the number of the event that tells so
     * @param isBegun whether a worker has begun; else the task was taken on
     * @param response what the request was answered with; null where there is none
     * @param worker null where none is named
     */
    record Phase(
            long event,
            Instant at,
            boolean isBegun,
            @Nullable JsonNode response,
            @Nullable String worker) {}

    /** One call of a task. */
    static final class Attempt {

        private final long event;
        private final Instant at;
        private final String target;
        private final @Nullable JsonNode asked;
        private final @Nullable Duration timeout;
        private final @Nullable Duration heartbeat;
        private final List<Phase> phases = new ArrayList<>();
        private @Nullable End end;

        /**
         * A task was called.
         *
         * @param event the number of the event that tells so
         * @param target {@link RecordedStep#target}
         * @param asked what it was given; null where that is not told
         * @param timeout how long it might last; null where nothing is said
         * @param heartbeat the longest silence allowed; null where nothing is said
         */
        Attempt(
                long event,
                Instant at,
                String target,
                @Nullable JsonNode asked,
                @Nullable Duration timeout,
                @Nullable Duration heartbeat) {
            this.event = event;
            this.at = at;
            this.target = target;
            this.asked = asked;
            this.timeout = timeout;
            this.heartbeat = heartbeat;
        }

        long event() {
            return event;
        }

        Instant at() {
            return at;
        }

        String target() {
            return target;
        }

        @Nullable
        JsonNode asked() {
            return asked;
        }

        @Nullable
        Duration timeout() {
            return timeout;
        }

        @Nullable
        Duration heartbeat() {
            return heartbeat;
        }

        /** What is told of who does it, in order; added to while it is read. */
        List<Phase> phases() {
            return phases;
        }

        /** Null for one that nobody knows to have ended. */
        @Nullable
        End end() {
            return end;
        }

        void succeeded(long id, Instant time, JsonNode given) {
            end = new End.Succeeded(id, time, given);
        }

        void failed(long id, Instant time, StatesError error) {
            end = new End.Failed(id, time, error);
        }

        void timedOut(long id, Instant time, StatesError error) {
            end = new End.TimedOut(id, time, error);
        }
    }

    /**
     * What a task calls, in the words of histories.
     *
     * @param type such as {@code task} or {@code dynamodb}; null for a Lambda function or an activity named by its ARN
     */
    static String target(@Nullable String type, String resource) {
        return type == null ? resource : type + ":" + resource;
    }

    void counted(int length) {
        items = length;
    }

    /** Its body of states came to its end in it. */
    void ended() {
        isLast = true;
    }

    boolean isLast() {
        return isLast;
    }

    void exited(long id, Instant at, JsonNode given) {
        exitEvent = id;
        exitedAt = at;
        output = given;
    }

    String type() {
        return type;
    }

    String state() {
        return state;
    }

    /** The number of the event with which it was entered. */
    long event() {
        return event;
    }

    Instant enteredAt() {
        return enteredAt;
    }

    /** How many items a Map had; -1 for a state that is none. */
    int items() {
        return items;
    }

    /** The number of the event with which it was left; beyond all others when it never was. */
    long exitEvent() {
        return exitEvent;
    }

    /** Null when it was never left. */
    @Nullable
    Instant exitedAt() {
        return exitedAt;
    }

    /** Null when it was never left. */
    @Nullable
    JsonNode output() {
        return output;
    }

    /** The calls of its task, in order. */
    List<Attempt> attempts() {
        return attempts;
    }
}
