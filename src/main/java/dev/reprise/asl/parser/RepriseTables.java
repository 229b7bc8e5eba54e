package dev.reprise.asl.parser;

import static dev.reprise.asl.parser.Field.optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.RedactedPath;
import dev.reprise.asl.StateMachine;
import java.time.DateTimeException;
import java.time.Period;

/**
 * The fields of the {@code Reprise} blocks of a machine and of a Task: what only this engine has.
 * {@link CompletionTables} has those of a Map and a Parallel.
 */
final class RepriseTables {

    static final FieldTable MACHINE = FieldTable.of(
            optional("Durability", Values.oneOf("JOURNALED", "NONE")),
            optional("Retention", RepriseTables::checkPeriod),
            optional("Labels", RepriseTables::checkLabels),
            optional("Redact", Values.nonEmptyArrayOf(RepriseTables::checkRedacted)));

    static final FieldTable TASK = FieldTable.of(
            optional("Semantics", Values.oneOf("AT_LEAST_ONCE_PER_RETRY", "AT_MOST_ONCE_PER_RETRY")),
            optional(RateLimits.FIELD, RateLimits.TABLE));

    /** Characters of a label's name: with its value it is the key of an item in DynamoDB, which bounds keys. */
    private static final int LONGEST_LABEL_NAME = 80;

    private RepriseTables() {}

    static void checkLabels(JsonNode value, Place place, Checking checking) {
        Templates.OBJECT.check(value, place, checking);
        if (value.size() > StateMachine.MOST_LABELS) {
            checking.problems()
                    .error(
                            place,
                            "Labels has " + value.size() + " members, which may be " + StateMachine.MOST_LABELS
                                    + " at most",
                            "keep those that somebody looks for");
        }
        value.fieldNames().forEachRemaining(member -> {
            String name = member.endsWith(".$") ? member.substring(0, member.length() - 2) : member;
            if (name.isEmpty()
                    || name.length() > LONGEST_LABEL_NAME
                    || name.chars().anyMatch(Character::isISOControl)) {
                checking.problems()
                        .error(
                                place.member(member),
                                "A label's name has 1 to " + LONGEST_LABEL_NAME
                                        + " characters, none of them a control character",
                                "give it a shorter name, such as order");
            }
        });
    }

    private static void checkRedacted(JsonNode value, Place place, Checking checking) {
        if (!value.isTextual() || RedactedPath.parse(value.textValue()) == null) {
            checking.problems()
                    .error(
                            place,
                            "Redact has paths of names and [*]",
                            "write one as in $.card.number, $.cards[*].number or $['card number']");
        }
    }

    private static void checkPeriod(JsonNode value, Place place, Checking checking) {
        if (!value.isTextual() || !isPeriod(value.textValue())) {
            checking.problems()
                    .error(
                            place,
                            "Retention must be a positive ISO-8601 period of days, weeks, months or years",
                            "write it as in P14D");
        }
    }

    private static boolean isPeriod(String text) {
        try {
            Period period = Period.parse(text);
            return !period.isNegative() && !period.isZero();
        } catch (DateTimeException e) {
            return false;
        }
    }
}
