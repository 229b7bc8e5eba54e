package dev.reprise.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionIdTest {

    @Test
    void isReadFromAnArn() {
        assertThat(ExecutionId.ofArn("arn:aws:states:eu-west-1:123456789012:execution:orders:2f6c"))
                .isEqualTo(new ExecutionId("orders", "2f6c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "orders",
                "arn:aws:states:eu-west-1:123456789012:stateMachine:orders",
                "arn:aws:lambda:eu-west-1:123456789012:execution:orders:1",
                "arn:aws:states:eu-west-1:123456789012:execution:orders:1:2"
            })
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> ExecutionId.ofArn(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("It looks like");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a#b", "a/b", "a:b", "a\u0000b", "a\ud83d\ude00", "a*"})
    void aNameWithIllegalCharactersIsRefused(String name) {
        assertThatThrownBy(() -> new ExecutionId("orders", name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ExecutionId(name, "one")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameHasEightyCharactersAtMost() {
        new ExecutionId("orders", "x".repeat(80));

        assertThatThrownBy(() -> new ExecutionId("orders", "x".repeat(81)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 80 characters, this one has 81");
    }

    @Test
    void namesItsPartition() {
        ExecutionId id = new ExecutionId("orders-v2.1", "über_2f6c");

        assertThat(id.partition()).isEqualTo("EXEC#orders-v2.1#über_2f6c");
        assertThat(ExecutionId.ofPartition(id.partition())).isEqualTo(id);
    }
}
