package dev.reprise.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
        orders,            orders,              true
        orders,            orders-2,            false
        *,                 ``,                  true
        *,                 anything,            true
        orders/*.csv,      orders/a.csv,        true
        orders/*.csv,      orders/.csv,         true
        orders/*.csv,      orders/a.csv.tmp,    false
        orders/*.csv,      other/a.csv,         false
        a*a,               a,                   false
        a*a,               aa,                  true
        a*b*c,             a-b-b-c,             true
        a*b*c,             a-c-b,               false
        a*bc*c,            abc,                 false
        *b*,               abc,                 true
        *b*,               ac,                  false
        **,                x,                   true
        """)
    void aStarStandsForAnythingOrNothing(String pattern, String text, boolean matches) {
        assertThat(Wildcard.of(pattern).matches(text)).isEqualTo(matches);
    }
}
