package dev.reprise.asl;

/**
 * The comparison operators of a JSONPath Choice, without their {@code …Path} forms.
 *
 * @see <a href="https://states-language.net/#choice-state">ASL, Choice state</a>
 */
public enum ComparisonOperator {
    BooleanEquals,
    IsBoolean,
    IsNull,
    IsNumeric,
    IsPresent,
    IsString,
    IsTimestamp,
    NumericEquals,
    NumericGreaterThan,
    NumericGreaterThanEquals,
    NumericLessThan,
    NumericLessThanEquals,
    StringEquals,
    StringGreaterThan,
    StringGreaterThanEquals,
    StringLessThan,
    StringLessThanEquals,
    StringMatches,
    TimestampEquals,
    TimestampGreaterThan,
    TimestampGreaterThanEquals,
    TimestampLessThan,
    TimestampLessThanEquals;

    /** Whether the operator also has a {@code …Path} form, which compares with a value selected from the data. */
    public boolean hasPathForm() {
        return switch (this) {
            case IsBoolean, IsNull, IsNumeric, IsPresent, IsString, IsTimestamp, StringMatches -> false;
            default -> true;
        };
    }
}
