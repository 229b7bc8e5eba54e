package dev.reprise.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/** JSON of every kind, with the field names that the expressions look for. */
final class RandomJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final String[] TEXTS = {
        "",
        "a",
        "text",
        "2026-11-20T12:00:00Z",
        "2026-02-30",
        "é",
        "\uD83D\uDE00",
        "\uD83D",
        "\u0000",
        "'",
        "\"",
        "\\",
        "{}",
        "{\"a\": 1}",
        "[1",
        "1",
        "-0",
        "1e400",
        "null",
        "$.a",
        "{% 1 %}",
        "States.ALL",
        "x".repeat(300),
        " ",
        "\n",
        "UTC",
        "MD5",
        "SHA-256",
        "YQ=="
    };

    private static final String[] NAMES = {
        "a", "b", "items", "n", "s", "", "Error", "Cause", "$", "a.b", "x y", "Payload"
    };

    private final Dice dice;

    RandomJson(Dice dice) {
        this.dice = dice;
    }

    /** What executions mostly work on: an object whose fields are of the expected types. */
    ObjectNode likely() {
        ObjectNode value = JSON.objectNode();
        value.put("n", dice.between(0, 3))
                .put("s", dice.oneOf("a", "b", "text"))
                .put("t", "2026-11-20T12:00:05Z");
        ArrayNode items = value.putArray("items");
        for (int i = dice.below(4); i > 0; i--) {
            items.add(dice.percent(80) ? JSON.numberNode(i) : any());
        }
        value.set("a", dice.percent(50) ? JSON.objectNode().put("b", 1).put("s", "in") : any());
        value.put("b", dice.percent(50));
        return value;
    }

    JsonNode any() {
        return any(3);
    }

    private JsonNode any(int depth) {
        return switch (dice.below(depth > 0 ? 12 : 9)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(dice.percent(50));
            case 2 -> JSON.numberNode(dice.between(-2, 10));
            case 3 -> JSON.numberNode(dice.oneOf(0L, -1L, 99_999_999L, 2_147_483_648L, Long.MAX_VALUE, Long.MIN_VALUE));
            case 4 -> JSON.numberNode(dice.oneOf(0.5, -0.0, 1e308, 1e-320, 100.0, 0.1));
            case 5 -> JSON.numberNode(new BigInteger("123456789012345678901234567890"));
            case 6 -> JSON.numberNode(new BigDecimal(dice.oneOf("1e300", "0.1234567890123456789012345", "-1E-300")));
            case 7, 8 -> JSON.textNode(text());
            case 9 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    private ArrayNode array(int depth) {
        ArrayNode array = JSON.arrayNode();
        for (int i = dice.below(4); i > 0; i--) {
            array.add(any(depth));
        }
        return array;
    }

    private ObjectNode object(int depth) {
        ObjectNode object = JSON.objectNode();
        for (int i = dice.below(4); i > 0; i--) {
            object.set(dice.oneOf(NAMES), any(depth));
        }
        return object;
    }

    String text() {
        return dice.oneOf(TEXTS);
    }
}
