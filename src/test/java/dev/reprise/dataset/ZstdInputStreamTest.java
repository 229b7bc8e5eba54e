package dev.reprise.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the {@code zstd} command, version 1.5.4, made of a table at several levels, with and without size and checksum.
 */
class ZstdInputStreamTest {

    private static final String WORDS = "some words that come again ";

    private static final String ROWS = IntStream.range(0, 6_000)
            .mapToObj(i -> i + ",name-" + (i * 7919 % 1000) + "," + text(i) + "\n")
            .collect(Collectors.joining("", "id,name,text\n", ""));

    private static String text(int i) {
        String text = WORDS.repeat(i % 4);
        return text.substring(0, Math.min(text.length(), 40 + i % 17));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rows-1", "rows-3", "rows-19", "rows-streamed"})
    void eachLevelGivesWhatWasCompressed(String name) throws IOException {
        assertThat(plain(compressed(name))).isEqualTo(ROWS);
    }

    @Test
    void framesThatFollowEachOtherAreOneContentAndThoseToBeSkippedAreNone() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(compressed("rows-1"));
        all.write(HexFormat.of().parseHex("502a4d1803000000aabbcc"));
        all.write(compressed("rows-streamed"));

        assertThat(plain(all.toByteArray())).isEqualTo(ROWS + ROWS);
    }

    /** A frame of one block that is stored as it is, one that is one byte repeated, and one that is empty. */
    @Test
    void blocksThatAreNotCompressedAreReadToo() throws IOException {
        assertThat(plain(HexFormat.of().parseHex("28b52ffd2003190000616263"))).isEqualTo("abc");
        assertThat(plain(HexFormat.of().parseHex("28b52ffd20052b000078"))).isEqualTo("xxxxx");
        assertThat(plain(HexFormat.of().parseHex("28b52ffd2000010000"))).isEmpty();
    }

    @Test
    void contentThatIsCutOffIsNotTakenForWhole() {
        byte[] whole = compressed("rows-3");
        for (int length : new int[] {5, 9, 100, whole.length / 2, whole.length - 1}) {
            assertThatThrownBy(() -> plain(Arrays.copyOf(whole, length)))
                    .isInstanceOf(EOFException.class)
                    .hasMessage("it ends in the middle of its Zstandard compression");
        }
    }

    @Test
    void contentThatIsDamagedIsRefusedAndNothingElseGoesWrong() {
        byte[] whole = compressed("rows-3");
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = whole.clone();
            damaged[4 + random.nextInt(whole.length - 4)] ^= (byte) (1 + random.nextInt(255));
            try {
                // A bit of the header may mean nothing to the content.
                assertThat(plain(damaged)).isEqualTo(ROWS);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("Zstandard");
            }
        }
    }

    @Test
    void aDictionaryAndAWindowThatIsTooLargeAreRefused() {
        assertThatThrownBy(() -> plain(HexFormat.of().parseHex("28b52ffd2107030100006162")))
                .hasMessage("it is compressed with a Zstandard dictionary, which is not supported");
        assertThatThrownBy(() -> plain(HexFormat.of().parseHex("28b52ffd0090010000")))
                .hasMessageStartingWith("its Zstandard compression needs a window of more than 134217728 bytes");
    }

    @Test
    void theHashIsThatOfItsAlgorithm() {
        XxHash64 nothing = new XxHash64();
        XxHash64 some = new XxHash64();
        byte[] text = "abc".getBytes(StandardCharsets.UTF_8);
        some.update(text, 0, 1);
        some.update(text, 1, 2);

        assertThat(nothing.hash()).isEqualTo(0xEF46DB3751D8E999L);
        assertThat(some.hash()).isEqualTo(0x44BC2CF5AD770999L);
    }

    private static byte[] compressed(String name) {
        try (InputStream in = ZstdInputStreamTest.class.getResourceAsStream("/dataset/" + name + ".csv.zst")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String plain(byte[] content) throws IOException {
        try (InputStream in = new ZstdInputStream(new ByteArrayInputStream(content))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
