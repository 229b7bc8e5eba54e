package dev.reprise.dataset;

import java.io.IOException;
import java.util.Arrays;

/**
 * A decoding table of finite state entropy: what symbol each state means, and how the next state is found.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-4.1">RFC 8878, FSE</a>
 */
final class ZstdFse {

    private final int accuracy;
    private final byte[] symbols;
    private final byte[] bits;
    private final short[] bases;
    /** How many bytes a description took; 0 of a table that was not read. */
    final int length;

    /** Always the same symbol. */
    static ZstdFse of(int symbol) throws IOException {
        return new ZstdFse(0, new short[] {0}, 0, symbol);
    }

    /**
     * The table of a distribution.
     *
     * @param counts how many states each symbol has, of 2 to the power of {@code accuracy}; -1 for less than one
     */
    static ZstdFse of(int accuracy, int... counts) {
        short[] shares = new short[counts.length];
        for (int i = 0; i < counts.length; i++) {
            shares[i] = (short) counts[i];
        }
        try {
            return new ZstdFse(accuracy, shares, 0, -1);
        } catch (IOException e) {
            throw new IllegalArgumentException(Arrays.toString(counts), e);
        }
    }

    private ZstdFse(int accuracy, short[] counts, int length, int only) throws IOException {
        int size = 1 << accuracy;
        this.accuracy = accuracy;
        this.symbols = new byte[size];
        this.bits = new byte[size];
        this.bases = new short[size];
        this.length = length;
        if (only >= 0) {
            symbols[0] = (byte) only;
            return;
        }
        int[] next = new int[counts.length];
        spread(counts, next, size);
        for (int state = 0; state < size; state++) {
            int place = next[symbols[state] & 0xff]++;
            bits[state] = (byte) (accuracy - log2(place));
            bases[state] = (short) ((place << bits[state]) - size);
        }
    }

    private void spread(short[] counts, int[] next, int size) throws IOException {
        int high = size;
        for (int symbol = 0; symbol < counts.length; symbol++) {
            if (counts[symbol] == -1) {
                symbols[--high] = (byte) symbol;
                next[symbol] = 1;
            }
        }
        int step = (size >> 1) + (size >> 3) + 3;
        int place = 0;
        for (int symbol = 0; symbol < counts.length; symbol++) {
            for (int i = 0; i < counts[symbol]; i++) {
                next[symbol] = counts[symbol];
                symbols[place] = (byte) symbol;
                do {
                    place = (place + step) & (size - 1);
                } while (place >= high);
            }
        }
        if (place != 0) {
            throw ZstdInputStream.corrupt("a distribution that does not fill its table");
        }
    }

    /**
     * Reads a table's description.
     *
     * @param most the largest accuracy that is allowed
     * @param symbols how many symbols there may be
     */
    static ZstdFse read(byte[] bytes, int start, int end, int most, int symbols) throws IOException {
        int accuracy = (bytes[start] & 15) + 5;
        if (accuracy > most) {
            throw ZstdInputStream.corrupt("a table of accuracy " + accuracy);
        }
        short[] counts = new short[symbols];
        int known = 0;
        int left = 1 << accuracy;
        int at = 4;
        while (left > 0 && known < symbols) {
            int width = log2(left + 1) + 1;
            int value = forward(bytes, start, end, at, width);
            int low = (1 << (width - 1)) - 1;
            int threshold = (1 << width) - 1 - (left + 1);
            at += width;
            if ((value & low) < threshold) {
                at--;
                value &= low;
            } else if (value > low) {
                value -= threshold;
            }
            int count = value - 1;
            left -= Math.abs(count);
            counts[known++] = (short) count;
            int more = count == 0 ? 3 : 0;
            while (more == 3) {
                more = forward(bytes, start, end, at, 2);
                at += 2;
                known += more;
            }
        }
        int length = (at + 7) >> 3;
        if (left != 0 || known > symbols || start + length > end) {
            throw ZstdInputStream.corrupt("a distribution that does not add up");
        }
        return new ZstdFse(accuracy, Arrays.copyOf(counts, known), length, -1);
    }

    private static int forward(byte[] bytes, int start, int end, int at, int count) throws IOException {
        int value = 0;
        for (int i = 0; i < count; i++) {
            int place = start + ((at + i) >> 3);
            if (place >= end) {
                throw ZstdInputStream.corrupt("a distribution that is cut off");
            }
            value |= ((bytes[place] >> ((at + i) & 7)) & 1) << i;
        }
        return value;
    }

    private static int log2(int value) {
        return 31 - Integer.numberOfLeadingZeros(value);
    }

    /** The first state. */
    int begin(ZstdBits in) {
        return in.read(accuracy);
    }

    int symbol(int state) {
        return symbols[state] & 0xff;
    }

    /** The state behind {@code state}. */
    int next(int state, ZstdBits in) {
        return bases[state] + in.read(bits[state]);
    }
}
