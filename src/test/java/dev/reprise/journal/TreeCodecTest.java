package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.journal.codec.Fidelity;
import dev.reprise.journal.codec.Json;
import dev.reprise.journal.codec.TreeReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is read as it was. */
class TreeCodecTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static Stream<JsonNode> exact() {
        return Stream.of(
                json("{}"),
                json("[]"),
                json("{'a': [1, {'b': null}, [], {}, [[true, false]]], '': 'x'}"),
                NODES.textNode(""),
                NODES.textNode("quotes \" \\ \n \u0000 \u2028 ü 日本 😀"),
                NODES.numberNode(0),
                NODES.numberNode(Integer.MIN_VALUE),
                NODES.numberNode(Long.MAX_VALUE),
                NODES.numberNode(BigInteger.TWO.pow(200)),
                NODES.numberNode(0.1),
                NODES.numberNode(-0.0),
                NODES.numberNode(1e300),
                NODES.numberNode(Double.MIN_VALUE),
                NODES.numberNode(1.0),
                DecimalNode.valueOf(new BigDecimal("0.1")),
                DecimalNode.valueOf(new BigDecimal("1.50")),
                DecimalNode.valueOf(new BigDecimal("1E+5")),
                DecimalNode.valueOf(new BigDecimal("-123456789012345678901234567890.123456789")),
                NODES.booleanNode(true),
                NODES.nullNode());
    }

    @ParameterizedTest
    @MethodSource("exact")
    void isReadAsItWas(JsonNode tree) throws IOException {
        Json.Encoded json = Json.encode(tree);

        assertThat(json.fidelity()).isEqualTo(Fidelity.EXACT);
        assertThat(TreeReader.read(json.json())).isEqualTo(tree);
    }

    static Stream<Arguments> nearestKin() {
        return Stream.of(
                arguments(NODES.numberNode(5L), NODES.numberNode(5), Fidelity.SAME_VALUES),
                arguments(NODES.numberNode((short) 5), NODES.numberNode(5), Fidelity.SAME_VALUES),
                arguments(NODES.numberNode(BigInteger.TEN), NODES.numberNode(10), Fidelity.SAME_VALUES),
                arguments(NODES.numberNode(1.1f), NODES.numberNode(1.1), Fidelity.LOSSY),
                arguments(NODES.numberNode(Double.NaN), NODES.textNode("NaN"), Fidelity.LOSSY),
                arguments(NODES.binaryNode(new byte[] {1, 2, 3}), NODES.textNode("AQID"), Fidelity.LOSSY),
                arguments(MissingNode.getInstance(), NODES.nullNode(), Fidelity.LOSSY),
                arguments(NODES.textNode("a\ud83db"), NODES.textNode("a\ufffdb"), Fidelity.LOSSY),
                arguments(NODES.objectNode().put("\udc00", 1), json("{'\ufffd': 1}"), Fidelity.LOSSY),
                arguments(NODES.arrayNode().add(5L).add(1.1f), json("[5, 1.1]"), Fidelity.LOSSY));
    }

    @ParameterizedTest
    @MethodSource("nearestKin")
    void whatHasNoJsonIsReadAsItsNearestKinAndIsSaidToBe(JsonNode tree, JsonNode kin, Fidelity fidelity)
            throws IOException {
        Json.Encoded json = Json.encode(tree);

        assertThat(json.fidelity()).isEqualTo(fidelity);
        assertThat(TreeReader.read(json.json())).isEqualTo(kin);
        assertThat(Json.encode(kin).fidelity()).isEqualTo(Fidelity.EXACT);
    }

    @Test
    void anObjectThatIsNoJsonIsRefused() {
        JsonNode tree = NODES.arrayNode().addPOJO(new Random());

        assertThatThrownBy(() -> Json.encode(tree))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.util.Random");
    }

    @Test
    void depthCostsNoStack() throws IOException {
        int depth = 200_000;
        JsonNode tree = NODES.numberNode(1);
        for (int i = 0; i < depth; i++) {
            tree = i % 2 == 0 ? NODES.arrayNode().add(tree) : NODES.objectNode().set("a", tree);
        }

        JsonNode read = TreeReader.read(Json.encode(tree).json());

        int seen = 0;
        while (read.isContainerNode()) {
            read = read.iterator().next();
            seen++;
        }
        assertThat(seen).isEqualTo(depth);
    }

    @Test
    void anyTreeIsReadAsItWas() throws IOException {
        Random random = new Random(42);
        for (int i = 0; i < 2_000; i++) {
            JsonNode tree = tree(random, 4);
            Json.Encoded json = Json.encode(tree);
            assertThat(TreeReader.read(json.json())).as("tree " + i).isEqualTo(tree);
            assertThat(json.fidelity()).isEqualTo(Fidelity.EXACT);
        }
    }

    private static JsonNode tree(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> NODES.numberNode(random.nextInt());
            case 1 -> NODES.numberNode((random.nextLong() >>> 1) | (1L << 40));
            case 2 -> NODES.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
            case 3 -> NODES.textNode(word(random));
            case 4 -> NODES.booleanNode(random.nextBoolean());
            case 5 -> DecimalNode.valueOf(BigDecimal.valueOf(random.nextLong(), random.nextInt(30) - 10));
            case 6 -> {
                ArrayNode array = NODES.arrayNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    array.add(tree(random, depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = NODES.objectNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    object.set(word(random), tree(random, depth - 1));
                }
                yield object;
            }
        };
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            word.appendCodePoint(random.nextInt(0xd800));
        }
        return word.toString();
    }
}
