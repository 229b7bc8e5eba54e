package dev.reprise.query.jsonpath;

/** A sign that compares two values in a filter. */
enum ComparisonSign {
    EQUAL("=="),
    AT_LEAST(">="),
    AT_MOST("<="),
    NOT_EQUAL("!="),
    LESS("<"),
    GREATER(">");

    private final String sign;

    ComparisonSign(String sign) {
        this.sign = sign;
    }

    String sign() {
        return sign;
    }

    /** Whether it asks for an order, in which null and another value have none. */
    boolean orders() {
        return this != EQUAL && this != NOT_EQUAL;
    }

    /** Whether it holds where what is expected is less (negative), equal (0) or greater (positive) than the value. */
    boolean accepts(int expectedToValue) {
        return switch (this) {
            case EQUAL -> expectedToValue == 0;
            case NOT_EQUAL -> expectedToValue != 0;
            case AT_LEAST -> expectedToValue <= 0;
            case AT_MOST -> expectedToValue >= 0;
            case GREATER -> expectedToValue < 0;
            case LESS -> expectedToValue > 0;
        };
    }
}
