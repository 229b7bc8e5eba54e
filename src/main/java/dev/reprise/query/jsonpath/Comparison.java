package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ComparisonOperator;
import dev.reprise.asl.Timestamps;
import dev.reprise.query.Fuel;
import java.time.Instant;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * A value's test against an operand that is known. A value of another type than the operator's is never equal, less or
 * greater.
 */
@FunctionalInterface
interface Comparison {

    boolean holds(JsonNode value, Fuel fuel);

    /**
     * The test that {@code operator} makes with {@code operand}; one that never holds when the operand is of another
     * type than the operator's.
     */
    static Comparison with(ComparisonOperator operator, JsonNode operand) {
        return switch (operator) {
            case BooleanEquals -> (value, fuel) -> value.isBoolean() && value.equals(operand);
            case NumericEquals -> numeric(operand, order -> order == 0);
            case NumericGreaterThan -> numeric(operand, order -> order > 0);
            case NumericGreaterThanEquals -> numeric(operand, order -> order >= 0);
            case NumericLessThan -> numeric(operand, order -> order < 0);
            case NumericLessThanEquals -> numeric(operand, order -> order <= 0);
            case StringEquals -> string(operand, order -> order == 0);
            case StringGreaterThan -> string(operand, order -> order > 0);
            case StringGreaterThanEquals -> string(operand, order -> order >= 0);
            case StringLessThan -> string(operand, order -> order < 0);
            case StringLessThanEquals -> string(operand, order -> order <= 0);
            case StringMatches -> matches(operand);
            case TimestampEquals -> timestamp(operand, order -> order == 0);
            case TimestampGreaterThan -> timestamp(operand, order -> order > 0);
            case TimestampGreaterThanEquals -> timestamp(operand, order -> order >= 0);
            case TimestampLessThan -> timestamp(operand, order -> order < 0);
            case TimestampLessThanEquals -> timestamp(operand, order -> order <= 0);
            case IsBoolean -> is(operand, JsonNode::isBoolean);
            case IsNull -> is(operand, JsonNode::isNull);
            case IsNumeric -> is(operand, JsonNode::isNumber);
            case IsString -> is(operand, JsonNode::isTextual);
            case IsTimestamp -> is(operand, value -> Timestamps.parse(value) != null);
            case IsPresent -> is(operand, value -> true);
        };
    }

    private static Comparison is(JsonNode operand, Predicate<JsonNode> type) {
        boolean wanted = operand.booleanValue();
        return (value, fuel) -> wanted == type.test(value);
    }

    private static Comparison numeric(JsonNode operand, IntPredicate wanted) {
        if (!operand.isNumber()) {
            return (value, fuel) -> false;
        }
        return (value, fuel) -> value.isNumber() && wanted.test(compare(value, operand));
    }

    private static int compare(JsonNode left, JsonNode right) {
        if (isInfinite(left) || isInfinite(right)) {
            return Double.compare(left.doubleValue(), right.doubleValue());
        }
        return left.isIntegralNumber()
                        && right.isIntegralNumber()
                        && left.canConvertToLong()
                        && right.canConvertToLong()
                ? Long.compare(left.longValue(), right.longValue())
                : left.decimalValue().compareTo(right.decimalValue());
    }

    /** Whether it was written with a larger exponent than a number has. */
    private static boolean isInfinite(JsonNode number) {
        return number.isDouble() && Double.isInfinite(number.doubleValue());
    }

    private static Comparison string(JsonNode operand, IntPredicate wanted) {
        String other = operand.textValue();
        if (other == null) {
            return (value, fuel) -> false;
        }
        return (value, fuel) -> {
            if (!value.isTextual()) {
                return false;
            }
            fuel.burn(Work.characters(Math.min(other.length(), value.textValue().length())));
            return wanted.test(value.textValue().compareTo(other));
        };
    }

    private static Comparison timestamp(JsonNode operand, IntPredicate wanted) {
        Instant other = Timestamps.parse(operand);
        if (other == null) {
            return (value, fuel) -> false;
        }
        return (value, fuel) -> {
            Instant instant = Timestamps.parse(value);
            return instant != null && wanted.test(instant.compareTo(other));
        };
    }

    private static Comparison matches(JsonNode operand) {
        if (!operand.isTextual()) {
            return (value, fuel) -> false;
        }
        StringPattern pattern = StringPattern.compile(operand.textValue());
        return (value, fuel) -> value.isTextual() && pattern.matches(value.textValue(), fuel);
    }
}
