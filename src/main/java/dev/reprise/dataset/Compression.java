package dev.reprise.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Takes gzip off, wherever it is found. */
final class Compression {

    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;

    private Compression() {}

    static InputStream plain(InputStream content) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(content);
        buffered.mark(2);
        boolean gzip = buffered.read() == MAGIC_1 && buffered.read() == MAGIC_2;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered) : buffered;
    }
}
