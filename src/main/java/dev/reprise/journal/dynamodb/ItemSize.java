package dev.reprise.journal.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How large DynamoDB counts an item, and what that costs, by <a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">its rules</a>.
 */
public final class ItemSize {

    /** DynamoDB refuses more. */
    public static final int LIMIT = 400 * 1024;

    private static final double WRITE_UNIT = 1024;
    private static final double READ_UNIT = 4096;

    /** Of a list or a map, beside what is in it. */
    private static final int NESTED = 3;

    /** Of each element of a list or a map, beside itself. */
    private static final int ELEMENT = 1;

    private ItemSize() {}

    /** Size in bytes: names and values. */
    public static int of(Map<String, AttributeValue> item) {
        int size = 0;
        for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
            size += utf8Length(attribute.getKey()) + of(attribute.getValue());
        }
        return size;
    }

    /** Write units of a put or an update, without indexes. */
    public static double writeUnits(int bytes) {
        return Math.max(1, Math.ceil(bytes / WRITE_UNIT));
    }

    /** Read units of a strongly consistent read. */
    public static double readUnits(int bytes) {
        return Math.max(1, Math.ceil(bytes / READ_UNIT));
    }

    private static int of(AttributeValue value) {
        if (value.s() != null) {
            return utf8Length(value.s());
        }
        if (value.n() != null) {
            return numberLength(value.n());
        }
        if (value.hasM()) {
            return NESTED + value.m().size() * ELEMENT + of(value.m());
        }
        return value.b() == null ? 1 : value.b().asByteArrayUnsafe().length;
    }

    /** About a byte for two significant digits, and one more. */
    private static int numberLength(String number) {
        boolean negative = number.startsWith("-");
        int from = negative ? 1 : 0;
        int to = number.length();
        for (int i = from; i < to; i++) {
            if (number.charAt(i) < '0' || number.charAt(i) > '9') {
                return lengthOf(new BigDecimal(number));
            }
        }
        while (to - from > 1 && number.charAt(to - 1) == '0') {
            to--;
        }
        while (to - from > 1 && number.charAt(from) == '0') {
            from++;
        }
        boolean isZero = number.charAt(from) == '0';
        return (to - from + 1) / 2 + 1 + (negative && !isZero ? 1 : 0);
    }

    private static int lengthOf(BigDecimal number) {
        BigDecimal exact = number.stripTrailingZeros();
        return (exact.precision() + 1) / 2 + 1 + (exact.signum() < 0 ? 1 : 0);
    }

    static int utf8Length(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return text.getBytes(UTF_8).length;
            }
        }
        return text.length();
    }
}
