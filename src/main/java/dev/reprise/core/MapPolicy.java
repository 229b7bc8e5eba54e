package dev.reprise.core;

import dev.reprise.asl.State;
import org.jspecify.annotations.Nullable;

/** How many of a Map's items run at once, and how many may fail. */
final class MapPolicy {

    private final @Nullable NumberField maxConcurrency;
    private final @Nullable NumberField toleratedFailureCount;
    private final @Nullable NumberField toleratedFailurePercentage;

    MapPolicy(State.Map state, String typeError, Compiler compiler) {
        this.maxConcurrency = NumberField.of(state, state.maxConcurrency(), "MaxConcurrency", typeError, compiler);
        this.toleratedFailureCount =
                NumberField.of(state, state.toleratedFailureCount(), "ToleratedFailureCount", typeError, compiler);
        this.toleratedFailurePercentage = NumberField.of(
                state, state.toleratedFailurePercentage(), "ToleratedFailurePercentage", typeError, compiler);
    }

    /** At most so many at once; 0 without a bound. */
    int concurrency(StateEnvironment environment) {
        if (maxConcurrency == null) {
            return 0;
        }
        long items = maxConcurrency.integer(environment);
        if (items < 0) {
            throw maxConcurrency.wrong(
                    "Expected non-negative integer for MaxConcurrency, got '" + items + "' instead.");
        }
        return (int) Math.min(items, Integer.MAX_VALUE);
    }

    /** How many may fail. */
    CompletionPolicy completion(StateEnvironment environment) {
        if (toleratedFailureCount == null && toleratedFailurePercentage == null) {
            return CompletionPolicy.ALL_SUCCESSFUL;
        }
        return new CompletionPolicy(
                null,
                toleratedFailureCount == null ? null : count(toleratedFailureCount, environment),
                toleratedFailurePercentage == null ? null : percentage(toleratedFailurePercentage, environment));
    }

    private static long count(NumberField field, StateEnvironment environment) {
        long count = field.integer(environment);
        if (count < 0) {
            throw field.wrong("ToleratedFailureCount cannot be negative.");
        }
        return count;
    }

    private static double percentage(NumberField field, StateEnvironment environment) {
        double percentage = field.decimal(environment);
        if (!(percentage >= 0 && percentage <= 100)) {
            throw field.wrong("ToleratedFailurePercentage must be between 0 and 100.");
        }
        return percentage;
    }
}
