package dev.reprise.query.jsonata;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** An operator between two operands that has no other meaning. */
enum Operator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    REMAINDER("%"),
    EQUAL("="),
    UNEQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    CONCATENATE("&"),
    RANGE(".."),
    IN("in"),
    AND("and"),
    OR("or");

    private static final Map<String, Operator> BY_SYMBOL =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Operator::symbol, operator -> operator));

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    String symbol() {
        return symbol;
    }

    /** The operator that is written as {@code symbol}. */
    static Operator of(String symbol) {
        Operator operator = BY_SYMBOL.get(symbol);
        if (operator == null) {
            throw new IllegalArgumentException("No operator is written as '" + symbol + "'");
        }
        return operator;
    }
}
