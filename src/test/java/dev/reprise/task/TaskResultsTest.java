package dev.reprise.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaskResultsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final TaskResults results = new TaskResults(JSON);

    static List<Object> values() {
        return List.of(
                5L,
                5_000_000_000L,
                (short) 5,
                0.1f,
                new BigDecimal("1.50"),
                BigInteger.TEN,
                BigInteger.TEN.pow(30),
                new byte[] {1, 2, 3},
                List.of("a", 1, true),
                JsonNodeFactory.instance.pojoNode(List.of(1)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aResultEqualsWhatTheJournalWouldGiveBack(Object value) throws Exception {
        JsonNode result = results.toJson(value);

        assertThat(JSON.readTree(JSON.writeValueAsBytes(result))).isEqualTo(result);
    }

    @Test
    void plainJsonIsNotCopied() {
        JsonNode plain = JSON.createObjectNode().put("a", 1).put("b", "x");

        assertThat(results.toJson(plain)).isSameAs(plain);
    }

    @Test
    void whatNothingCouldReadBackIsRefused() {
        JsonNode deep = JSON.createArrayNode();
        for (int i = 0; i < 2_000; i++) {
            deep = JSON.createArrayNode().add(deep);
        }
        JsonNode tooDeep = deep;

        assertThatThrownBy(() -> results.toJson(tooDeep)).hasMessage("nested more than 1000 levels deep");
    }
}
