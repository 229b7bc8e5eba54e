package dev.reprise.query;

/** A choice rule's question, compiled once. Immutable and safe for use by any thread. */
@FunctionalInterface
public interface CompiledCondition {

    /**
     * Whether the condition holds.
     *
     * @throws EvaluationException when it cannot be decided, for instance because a path selects nothing
     */
    boolean holds(Environment environment);
}
