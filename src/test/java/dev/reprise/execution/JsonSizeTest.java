package dev.reprise.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSizeTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JsonSize sizes = new JsonSize();

    private static ArrayNode numbers(int count) {
        ArrayNode numbers = JSON.arrayNode();
        for (int i = 0; i < count; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    private static ArrayNode nested(int levels) {
        ArrayNode value = JSON.arrayNode();
        for (int i = 1; i < levels; i++) {
            value = JSON.arrayNode().add(value);
        }
        return value;
    }

    @Test
    void knowingALargeValueAgainChangesNoSize() {
        ArrayNode large = numbers(5_000);
        for (int i = 0; i < 20; i++) {
            ObjectNode around = JSON.objectNode();
            around.set("all", large);
            around.set("also", numbers(1_000 + i));
            around.putArray("deep").addArray().add(large).add("Ein ü und \n");

            long bytes = around.toString().getBytes(StandardCharsets.UTF_8).length;

            assertThat(sizes.bytes(around, Integer.MAX_VALUE)).isEqualTo(bytes);
            assertThat(JsonSize.of(around)).isEqualTo(bytes);
            assertThat(sizes.exceeds(around, bytes)).isFalse();
            assertThat(sizes.exceeds(around, bytes - 1)).isTrue();
        }
    }

    @Test
    void aLargeValueIsLookedAtOnceHoweverManyHoldItBesideLargeValuesOfTheirOwn() {
        ArrayNode large = numbers(50_000);
        sizes.bytes(large, Integer.MAX_VALUE);
        sizes.takeWork();

        for (int i = 0; i < 20; i++) {
            ObjectNode item = JSON.objectNode();
            item.set("own", numbers(2_000));
            item.set("all", large);
            sizes.bytes(item, Integer.MAX_VALUE);
        }

        assertThat(sizes.takeWork()).isLessThan(20 * 2_100);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 999, 1_000, 1_001, 5_000})
    void aThousandLevelsAreNotTooMany(int levels) {
        assertThat(sizes.exceeds(nested(levels), 1_000_000)).isEqualTo(levels > 1_000);
    }

    @Test
    void theLevelsOfAValueThatIsKnownCount() {
        ObjectNode deep = JSON.objectNode();
        deep.set("large", numbers(5_000));
        deep.set("deep", nested(990));
        assertThat(sizes.exceeds(deep, 1_000_000)).isFalse();

        JsonNode around = deep;
        for (int i = 991; i < 1_000; i++) {
            around = JSON.arrayNode().add(around);
        }

        assertThat(sizes.exceeds(around, 1_000_000)).isFalse();
        assertThat(sizes.exceeds(JSON.arrayNode().add(around), 1_000_000)).isTrue();
    }
}
