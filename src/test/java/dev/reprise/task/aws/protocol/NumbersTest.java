package dev.reprise.task.aws.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.task.aws.model.Shape.Scalar;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({"12, 12", "' 1e3 ', 1000", "2.50e1, 25", "-7.0, -7"})
    void aWholeNumberMayBeWrittenInAnyForm(String text, String number) {
        assertThat(Numbers.ofWorkflow(Scalar.INTEGER, TextNode.valueOf(text)).asText())
                .isEqualTo(number);
    }

    /** Written out they would take more memory than there is. */
    @ParameterizedTest
    @ValueSource(strings = {"1e2147483647", "-1e2147483647", "1e-2147483647", "0e999999999"})
    void oneThatNoServiceHasIsRefusedBeforeItIsWrittenOut(String text) {
        assertThatThrownBy(() -> Numbers.ofWorkflow(Scalar.INTEGER, TextNode.valueOf(text)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageEndingWith("must be a whole number, but was \"" + text + "\"");
        assertThatThrownBy(() -> Numbers.ofWorkflow(Scalar.INTEGER, DecimalNode.valueOf(new BigDecimal(text))))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void soIsOneWithMoreDigitsThanAnyServiceHas() {
        assertThatThrownBy(() -> Numbers.ofWorkflow(Scalar.DECIMAL, TextNode.valueOf("9".repeat(1_000_000))))
                .isInstanceOf(InvalidRequestException.class);
    }
}
