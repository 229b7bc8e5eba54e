package dev.reprise.task.aws.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.task.aws.model.Shape.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;

/** Numbers and flags of a workflow, which may be written as text too. */
final class Numbers {

    private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

    /** No service has numbers with more: the largest double has 309. */
    private static final int MOST_DIGITS = 400;

    private Numbers() {}

    /** @throws InvalidRequestException when the value is no number, or has a fraction where none may be */
    static JsonNode ofWorkflow(Scalar scalar, JsonNode value) {
        String kind = scalar == Scalar.INTEGER ? "must be a whole number, but was " : "must be a number, but was ";
        if (scalar == Scalar.DECIMAL && value.isNumber()) {
            return value;
        }
        if (value.isIntegralNumber()) {
            return value;
        }
        if (scalar == Scalar.DECIMAL && value.isTextual() && NO_NUMBERS.contains(value.textValue())) {
            return value;
        }
        try {
            if (value.isNumber()) {
                return plain(whole(value.decimalValue()));
            }
            if (value.isTextual()) {
                BigDecimal number = new BigDecimal(bounded(value.textValue().strip()));
                return scalar == Scalar.INTEGER ? plain(whole(number)) : JsonNodeFactory.instance.numberNode(number);
            }
        } catch (NumberFormatException e) {
            throw new InvalidRequestException(kind + value);
        } catch (ArithmeticException e) {
            throw new InvalidRequestException(kind + value);
        }
        throw new InvalidRequestException(kind + value);
    }

    private static String bounded(String text) {
        if (text.length() > MOST_DIGITS) {
            throw new NumberFormatException("longer than any number of a service");
        }
        return text;
    }

    /** An exponent of a few letters may stand for more digits than there is memory. */
    private static BigInteger whole(BigDecimal number) {
        if (Math.abs((long) number.scale()) > MOST_DIGITS) {
            throw new ArithmeticException("no whole number of a service");
        }
        return number.toBigIntegerExact();
    }

    /** The node that the same number would have after it was written and read. */
    static JsonNode plain(BigInteger number) {
        int bits = number.bitLength();
        if (bits < Integer.SIZE) {
            return JsonNodeFactory.instance.numberNode(number.intValue());
        }
        return bits < Long.SIZE
                ? JsonNodeFactory.instance.numberNode(number.longValue())
                : JsonNodeFactory.instance.numberNode(number);
    }

    /** @throws InvalidRequestException when the value is neither true nor false */
    static boolean flagOfWorkflow(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isTextual()
                && (value.textValue().equals("true") || value.textValue().equals("false"))) {
            return Boolean.parseBoolean(value.textValue());
        }
        throw new InvalidRequestException("must be true or false, but was " + value);
    }
}
