package dev.reprise.asl;

import java.util.List;

/**
 * What a choice rule asks.
 *
 * @see <a href="https://states-language.net/#choice-state">ASL, Choice state</a>
 */
public sealed interface Condition {

    /** All of {@code conditions} hold. */
    record And(List<Condition> conditions) implements Condition {
        public And {
            conditions = List.copyOf(conditions);
        }
    }

    /** Any of {@code conditions} holds. */
    record Or(List<Condition> conditions) implements Condition {
        public Or {
            conditions = List.copyOf(conditions);
        }
    }

    /** {@code condition} does not hold. */
    record Not(Condition condition) implements Condition {}

    /**
     * A JSONPath data-test expression.
     *
     * @param variable the {@code Variable} field: a path
     * @param operator what is asked of it
     * @param operand what it is compared with: a {@link Value.Literal}, or the {@link Value.Path} of an operator's
     *     {@code …Path} form
     */
    record Comparison(String variable, ComparisonOperator operator, Value operand) implements Condition {}

    /** A JSONata {@code Condition}: an expression, or a literal boolean. */
    record Jsonata(Value value) implements Condition {}
}
