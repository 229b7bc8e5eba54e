package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact that the interpreter could not have computed. The journal is a list of these, in the order in which they took effect.
 */
public sealed interface Entry {

    /** When it happened; the logical time of everything computed from it. Millisecond precision. */
    Instant at();

    /** A fact about one effect of one scope. */
    sealed interface OfEffect extends Entry {
        /** The effect that it answers. */
        EffectId effect();
    }

    /** The execution began. Always the first entry. */
    record Started(Instant at, JsonNode input) implements Entry {}

    /** A task gave its result. */
    record TaskSucceeded(EffectId effect, Instant at, JsonNode output) implements OfEffect {}

    /** A task failed. */
    record TaskFailed(EffectId effect, Instant at, StatesError error) implements OfEffect {}

    /** A timer's time came. */
    record TimerFired(EffectId effect, Instant at, TimerKind kind) implements OfEffect {}

    /** Somebody stopped the execution. */
    record Stopped(
            Instant at, @Nullable String error, @Nullable String cause) implements Entry {}
}
