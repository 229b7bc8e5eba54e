package dev.reprise.dataset;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Bits that are read from the end of a stretch of bytes to its beginning, as entropy-coded Zstandard data are. In front
 * of the beginning stand zeros: how far beyond it was read, {@link #left} tells.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-4.1.1">RFC 8878, bitstreams</a>
 */
final class ZstdBits {

    /** So many bytes must be readable behind a stretch. */
    static final int PADDING = 8;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int start;
    private long left;

    /**
     * The bits before the mark in the last byte.
     *
     * @param bytes with {@link #PADDING} behind {@code end}
     * @throws IOException when there is no mark
     */
    ZstdBits(byte[] bytes, int start, int end) throws IOException {
        if (end <= start || bytes[end - 1] == 0) {
            throw ZstdInputStream.corrupt("a bit stream without its end");
        }
        this.bytes = bytes;
        this.start = start;
        this.left = 8L * (end - start) - Integer.numberOfLeadingZeros(bytes[end - 1] & 0xff) + 23;
    }

    /** How many bits are left; negative when more were read than there are. */
    long left() {
        return left;
    }

    /** @param count at most 32 */
    int read(int count) {
        left -= count;
        if (left >= 0) {
            return bits(left, count);
        }
        int missing = (int) Math.min(-left, 32);
        return missing >= count ? 0 : bits(0, count - missing) << missing;
    }

    private int bits(long from, int count) {
        long word = (long) LONG.get(bytes, start + (int) (from >>> 3));
        return (int) ((word >>> (from & 7)) & ((1L << count) - 1));
    }
}
