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

    /** The same fact as if it had happened at another time. */
    default Entry movedTo(Instant time) {
        return switch (this) {
            case Started entry -> new Started(time, entry.input());
            case TaskSucceeded entry -> new TaskSucceeded(entry.effect(), time, entry.output());
            case TaskFailed entry -> new TaskFailed(entry.effect(), time, entry.error());
            case TimerFired entry -> new TimerFired(entry.effect(), time, entry.kind());
            case Stopped entry -> new Stopped(time, entry.error(), entry.cause());
        };
    }

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
