package dev.reprise.core;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.reprise.asl.CompletionOptions;
import dev.reprise.asl.ItemProcessor;
import dev.reprise.asl.State;
import dev.reprise.asl.Value;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a Map or Parallel says about how many of its children run at once, how many have to succeed, and how many may
 * fail.
 */
final class CompletionRules {

    private final @Nullable NumberField maxConcurrency;
    private final @Nullable NumberField minSuccessful;
    private final @Nullable NumberField toleratedFailureCount;
    private final @Nullable NumberField toleratedFailurePercentage;
    private final CompletionOptions options;

    /** Whether a tolerance of 0 beside one that is more says nothing, as AWS has it of a distributed Map. */
    private final boolean zeroIsNone;

    /** What an error calls a child: {@code items} or {@code branches}. */
    private final String children;

    private CompletionRules(
            State state,
            @Nullable Value maxConcurrency,
            @Nullable Value toleratedFailureCount,
            @Nullable Value toleratedFailurePercentage,
            CompletionOptions options,
            boolean zeroIsNone,
            String children,
            String typeError,
            Compiler compiler) {
        this.maxConcurrency = NumberField.of(state, maxConcurrency, "MaxConcurrency", typeError, compiler);
        this.minSuccessful = NumberField.of(state, options.minSuccessful(), "MinSuccessful", typeError, compiler);
        this.toleratedFailureCount =
                NumberField.of(state, toleratedFailureCount, "ToleratedFailureCount", typeError, compiler);
        this.toleratedFailurePercentage =
                NumberField.of(state, toleratedFailurePercentage, "ToleratedFailurePercentage", typeError, compiler);
        this.options = options;
        this.zeroIsNone = zeroIsNone;
        this.children = children;
    }

    /** A Map's own tolerances are ASL's; those of its {@code Reprise} block mean the same. */
    static CompletionRules of(State.Map state, String typeError, Compiler compiler) {
        CompletionOptions options = state.completion();
        return new CompletionRules(
                state,
                state.maxConcurrency(),
                either(state.toleratedFailureCount(), options.toleratedFailureCount()),
                either(state.toleratedFailurePercentage(), options.toleratedFailurePercentage()),
                options,
                state.processor().mode() == ItemProcessor.Mode.DISTRIBUTED
                        && state.toleratedFailureCount() != null
                        && state.toleratedFailurePercentage() != null,
                "items",
                typeError,
                compiler);
    }

    static CompletionRules of(State.Parallel state, String typeError, Compiler compiler) {
        CompletionOptions options = state.completion();
        return new CompletionRules(
                state,
                options.maxConcurrency(),
                options.toleratedFailureCount(),
                options.toleratedFailurePercentage(),
                options,
                false,
                "branches",
                typeError,
                compiler);
    }

    private static @Nullable Value either(@Nullable Value own, @Nullable Value other) {
        return own == null ? other : own;
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

    /** When it is complete. Whoever gives any rule no longer stops at the first failure. */
    CompletionPolicy policy(StateEnvironment environment) {
        Long count = toleratedFailureCount == null ? null : count(toleratedFailureCount, environment);
        BigDecimal percentage =
                toleratedFailurePercentage == null ? null : percentage(toleratedFailurePercentage, environment);
        Integer least = minSuccessful == null ? null : least(minSuccessful, environment);
        if (options.captureErrors()) {
            return new CompletionPolicy(least, null, null);
        }
        if (zeroIsNone && count != null && percentage != null) {
            count = count == 0 && percentage.signum() > 0 ? null : count;
            percentage = percentage.signum() == 0 && count != null && count > 0 ? null : percentage;
        }
        return least == null && count == null && percentage == null
                ? CompletionPolicy.ALL_SUCCESSFUL
                : new CompletionPolicy(least, count, percentage);
    }

    /** Shows a trial what is stated, and the bound on children in flight in any case. */
    void show(StateEnvironment environment, Execution execution) {
        execution.show(Stage.MAX_CONCURRENCY, IntNode.valueOf(concurrency(environment)));
        if (toleratedFailureCount != null) {
            execution.show(Stage.TOLERATED_FAILURE_COUNT, LongNode.valueOf(count(toleratedFailureCount, environment)));
        }
        if (toleratedFailurePercentage != null) {
            execution.show(
                    Stage.TOLERATED_FAILURE_PERCENTAGE,
                    DecimalNode.valueOf(percentage(toleratedFailurePercentage, environment)));
        }
    }

    /**
     * Checks what can be known only once the children have been counted. Where there are none, nothing is asked of
     * them.
     *
     * @throws dev.reprise.query.EvaluationException when fewer children are there than have to succeed
     */
    void check(CompletionPolicy policy, int total) {
        Integer least = policy.minSuccessful();
        if (least != null && total > 0 && least > total) {
            throw Objects.requireNonNull(minSuccessful)
                    .wrong("MinSuccessful is " + least + ", but there are only " + total + " " + children + ".");
        }
    }

    /**
     * Whether the {@code Reprise} block says anything about failures; without that, the first one is the state's own.
     */
    boolean given() {
        return options.captureErrors()
                || options.result() == CompletionOptions.ResultForm.BATCH
                || options.minSuccessful() != null
                || options.toleratedFailureCount() != null
                || options.toleratedFailurePercentage() != null;
    }

    private static int least(NumberField field, StateEnvironment environment) {
        long least = field.integer(environment);
        if (least < 1) {
            throw field.wrong("MinSuccessful must be at least 1, was " + least + ".");
        }
        return (int) Math.min(least, Integer.MAX_VALUE);
    }

    private static long count(NumberField field, StateEnvironment environment) {
        long count = field.integer(environment);
        if (count < 0) {
            throw field.wrong("ToleratedFailureCount cannot be negative.");
        }
        return count;
    }

    private static BigDecimal percentage(NumberField field, StateEnvironment environment) {
        BigDecimal percentage = field.decimal(environment);
        if (percentage.signum() < 0 || percentage.compareTo(CompletionPolicy.WHOLE) > 0) {
            throw field.wrong("ToleratedFailurePercentage must be between 0 and 100.");
        }
        return percentage;
    }
}
