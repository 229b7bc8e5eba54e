package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonArgumentTest {

    @Test
    void aTextHoldsTheValueAndAnyOtherValueIsIt() {
        JsonNodeFactory json = JsonNodeFactory.instance;

        assertThat(JsonArgument.read(TextNode.valueOf("[1]")))
                .isEqualTo(json.arrayNode().add(1));
        assertThat(JsonArgument.read(json.numberNode(1))).isEqualTo(json.numberNode(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "1 2", "1e400", "{\"a\": [-1e400]}"})
    void whatIsNoValueIsRefused(String text) {
        assertThatThrownBy(() -> JsonArgument.read(TextNode.valueOf(text)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
