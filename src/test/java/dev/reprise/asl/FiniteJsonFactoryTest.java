package dev.reprise.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteJsonFactoryTest {

    private final ObjectMapper json = new ObjectMapper(new FiniteJsonFactory());

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1E400", "{\"a\": [1, 2e308]}", "1e2147483648", "17976931348623159e300"})
    void refusesWhatNoDoubleHoldsHoweverItIsRead(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> json.readTree(text))
                .isInstanceOf(InputCoercionException.class)
                .hasMessageContaining("out of range of double");
        assertThatThrownBy(() -> json.readTree(bytes)).isInstanceOf(InputCoercionException.class);
        assertThatThrownBy(() -> json.readTree(new StringReader(text))).isInstanceOf(InputCoercionException.class);
        assertThatThrownBy(() -> json.readTree(new ByteArrayInputStream(bytes)))
                .isInstanceOf(InputCoercionException.class);
        assertThatThrownBy(() -> json.readTree(" ".repeat(40_000) + text)).isInstanceOf(InputCoercionException.class);
    }

    /** Whole numbers of any size, and the smallest and largest fractions. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "-0.0", "1.7976931348623157E308", "4.9E-324", "12345678901234567890123456789"})
    void keepsEveryOtherNumber(String text) throws Exception {
        assertThat(json.readTree(text)).hasToString(text);
    }

    @Test
    void whatIsTooSmallIsNothing() throws Exception {
        JsonNode number = json.readTree("1e-400");

        assertThat(number.doubleValue()).isZero();
    }

    @Test
    void aParserOfItsOwnSaysTheSame() throws Exception {
        try (JsonParser parser = new FiniteJsonFactory().createParser("1e400")) {
            parser.nextToken();

            assertThatThrownBy(parser::getNumberValue).isInstanceOf(InputCoercionException.class);
        }
    }
}
