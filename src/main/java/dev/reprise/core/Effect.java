package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing that the interpreter asks the outside to do. It must not begin before the entry that caused it is durable. */
public sealed interface Effect {

    /** Its name; entries that answer it carry the same. */
    EffectId id();

    /**
     * Run a task and answer with {@link Entry.TaskSucceeded} or {@link Entry.TaskFailed}.
     *
     * @param state the Task state's name
     * @param resource URI of what runs it
     * @param input what the task gets ({@code Parameters} or {@code Arguments} evaluated, else the state's input)
     * @param attempt 0 for the first attempt, 1 for the first retry, …
     * @param timeoutAt when a {@link TimerKind#TIMEOUT} is due; null when there is no bound
     * @param heartbeat the longest silence allowed before a {@link TimerKind#HEARTBEAT}; null when there is no bound
     * @param credentials evaluated {@code Credentials}; null when absent
     */
    record RunTask(
            EffectId id,
            String state,
            String resource,
            JsonNode input,
            int attempt,
            @Nullable Instant timeoutAt,
            @Nullable Duration heartbeat,
            @Nullable JsonNode credentials)
            implements Effect {}

    /** Answer with {@link Entry.TimerFired} once {@code due} has come. */
    record StartTimer(EffectId id, TimerKind kind, Instant due) implements Effect {}

    /** Nobody waits for this effect any more: cancel its task and its timers. */
    record Abandon(EffectId id) implements Effect {}

    /** The execution has ended. Always the last effect. */
    record End(EffectId id, Outcome outcome) implements Effect {}
}
