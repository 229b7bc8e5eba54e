package dev.reprise.journal.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.journal.codec.Body;
import dev.reprise.journal.codec.Compressor;
import dev.reprise.journal.seal.Seal.BrokenSealException;
import dev.reprise.journal.seal.Seal.Place;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.DataFormatException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sealed can be read with its key, at its place and unaltered, and not otherwise. */
class SealTest {

    private static final DataKeyId ID = DataKeyId.of(Instant.parse("2026-11-20T23:59:59Z"), "arn:key");
    private static final SecretKey KEY = key(1);
    private static final Place PLACE = new Place("EXEC#orders/one", "SEG#000000000001");

    private static SecretKey key(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return new SecretKeySpec(bytes, "HmacSHA256");
    }

    private static byte[] sealed(Body body) {
        return Seal.close(body, new DataKeys.Named(ID, KEY), PLACE, new SecureRandom())
                .sealed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"card\": \"4711\"}", "\"ü €\uD83D\uDE00\""})
    void aTextComesBackAsItWas(String text) throws Exception {
        byte[] sealed = sealed(Body.text(text));

        assertThat(Seal.keyOf(sealed)).isEqualTo(ID);
        assertThat(Seal.open(sealed, KEY, PLACE).text()).isEqualTo(text);
    }

    @Test
    void whatWasCompressedStaysSo() throws Exception {
        byte[] json = "{\"card\": \"4711\"}".repeat(1_000).getBytes(UTF_8);
        Body deflated = Compressor.body(json, 0, json.length, 100);
        assertThat(deflated.deflated()).isNotNull();

        Body opened = Seal.open(sealed(deflated), KEY, PLACE);

        assertThat(opened.deflated()).isEqualTo(deflated.deflated());
        assertThat(opened.bytes()).isEqualTo(json);
    }

    /** Else who reads the table would see which values are the same. */
    @Test
    void theSameTextIsNeverSealedAlike() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            assertThat(seen.add(Arrays.toString(sealed(Body.text("\"yes\""))))).isTrue();
        }
    }

    @Test
    void anotherPlaceAnotherKeyAndAnotherPartitionDoNotOpenIt() {
        byte[] sealed = sealed(Body.text("1"));

        assertBroken(sealed, KEY, new Place(PLACE.partition(), "SEG#000000000002"));
        assertBroken(sealed, KEY, new Place("EXEC#orders/two", PLACE.item()));
        assertBroken(sealed, key(2), PLACE);
    }

    @Test
    void everyAlteredByteIsNoticed() {
        byte[] sealed = sealed(Body.text("{\"n\": 1}"));
        for (int i = 1; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            assertBroken(altered, KEY, PLACE);
        }
    }

    private static void assertBroken(byte[] sealed, SecretKey key, Place place) {
        assertThatThrownBy(() -> Seal.open(sealed, key, place))
                .isInstanceOf(BrokenSealException.class)
                .hasMessage("its seal is broken: it was altered, or written to another place");
    }

    @Test
    void whatDoesNotBeginAsASealIsNamed() {
        byte[] sealed = sealed(Body.text(""));
        assertThatThrownBy(() -> Seal.keyOf(Arrays.copyOf(sealed, sealed.length - 1)))
                .hasMessage("it is cut short");
        byte[] newer = sealed.clone();
        newer[0] = 9;
        assertThatThrownBy(() -> Seal.keyOf(newer))
                .hasMessage("it is sealed in form 9, this version of Reprise knows 1");
    }

    @Test
    void nobodyReadsItUnopened() {
        assertThatThrownBy(() -> Body.sealed(sealed(Body.text("1"))).bytes())
                .isInstanceOf(DataFormatException.class)
                .hasMessage("it is sealed, and was not opened");
    }
}
