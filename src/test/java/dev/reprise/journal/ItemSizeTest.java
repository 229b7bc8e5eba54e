package dev.reprise.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.journal.dynamodb.ItemSize;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What DynamoDB counts for an item: a number takes a byte for two significant digits, one more, and one for its sign.
 */
class ItemSizeTest {

    private static final int NAME = 1;

    @ParameterizedTest
    @CsvSource({
        "0, 2",
        "-0, 2",
        "000, 2",
        "7, 2",
        "-7, 3",
        "15, 2",
        "1500, 2",
        "00120, 2",
        "123, 3",
        "1772366455007, 8",
        "-1772366455000, 7",
        "1e3, 2",
        "0.50, 2",
        "-12.5, 4"
    })
    void aNumber(String number, int bytes) {
        assertThat(ItemSize.of(Map.of("n", AttributeValue.fromN(number)))).isEqualTo(NAME + bytes);
    }

    @Test
    void aMapTakesThreeBytesAndOneForEachElementBesideThem() {
        Map<String, AttributeValue> map = Map.of("order", AttributeValue.fromS("4711"), "n", AttributeValue.fromN("7"));

        assertThat(ItemSize.of(Map.of("m", AttributeValue.fromM(Map.of())))).isEqualTo(NAME + 3);
        assertThat(ItemSize.of(Map.of("m", AttributeValue.fromM(map)))).isEqualTo(NAME + 3 + 2 + 5 + 4 + 1 + 2);
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "abc, 3", "ü, 2", "€uro, 6"})
    void aText(String text, int bytes) {
        assertThat(ItemSize.of(Map.of("s", AttributeValue.fromS(text)))).isEqualTo(NAME + bytes);
    }
}
