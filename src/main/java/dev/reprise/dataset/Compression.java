package dev.reprise.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Takes gzip and Zstandard off, wherever they are found, and refuses what would be read as nonsense.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html">AWS, ItemReader: the
 *     external compression types</a>
 */
final class Compression {

    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZSTANDARD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    private static final int BUFFER = 16 * 1024;
    private static final byte[] PARQUET = {'P', 'A', 'R', '1'};

    private Compression() {}

    static InputStream plain(InputStream content) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(content);
        buffered.mark(ZSTANDARD.length);
        byte[] start = buffered.readNBytes(ZSTANDARD.length);
        buffered.reset();
        if (begins(start, ZSTANDARD)) {
            return new ZstdInputStream(buffered);
        }
        if (begins(start, PARQUET)) {
            throw new IOException("it is a Parquet file, and only CSV, JSON and JSON Lines can be read");
        }
        return begins(start, GZIP) ? new GZIPInputStream(buffered, BUFFER) : buffered;
    }

    private static boolean begins(byte[] start, byte[] magic) {
        return start.length >= magic.length && Arrays.equals(start, 0, magic.length, magic, 0, magic.length);
    }
}
