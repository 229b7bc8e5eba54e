package dev.reprise.dataset;

import java.io.IOException;
import java.util.Arrays;

/**
 * The table by which the literals of Zstandard blocks are decoded.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-4.2">RFC 8878, Huffman coding</a>
 */
final class ZstdHuffman {

    private static final int LONGEST_CODE = 11;
    private static final int MOST_SYMBOLS = 256;
    private static final int MOST_ACCURACY = 6;

    private final int longest;
    private final byte[] symbols;
    private final byte[] bits;
    /** How many bytes its description took. */
    final int length;

    /** Reads a table's description. */
    static ZstdHuffman read(byte[] bytes, int start, int end) throws IOException {
        if (start >= end) {
            throw ZstdInputStream.corrupt("no Huffman table");
        }
        int header = bytes[start] & 0xff;
        byte[] weights = new byte[MOST_SYMBOLS];
        int length = header < 128 ? header : (header - 126) >> 1;
        if (start + 1 + length > end) {
            throw ZstdInputStream.corrupt("a Huffman table that is cut off");
        }
        int count = header < 128
                ? compressed(bytes, start + 1, start + 1 + length, weights)
                : direct(bytes, start + 1, header - 127, weights);
        return new ZstdHuffman(weights, count, 1 + length);
    }

    private static int direct(byte[] bytes, int start, int count, byte[] weights) {
        for (int i = 0; i < count; i++) {
            int pair = bytes[start + (i >> 1)];
            weights[i] = (byte) ((i & 1) == 0 ? (pair >> 4) & 15 : pair & 15);
        }
        return count;
    }

    private static int compressed(byte[] bytes, int start, int end, byte[] weights) throws IOException {
        if (start >= end) {
            throw ZstdInputStream.corrupt("an empty Huffman table");
        }
        ZstdFse table = ZstdFse.read(bytes, start, end, MOST_ACCURACY, LONGEST_CODE + 2);
        ZstdBits in = new ZstdBits(bytes, start + table.length, end);
        int one = table.begin(in);
        int other = table.begin(in);
        int count = 0;
        // Two states take turns; when the bits run out, the other one still means a symbol.
        while (count < MOST_SYMBOLS - 2) {
            weights[count++] = (byte) table.symbol(one);
            int next = table.next(one, in);
            one = other;
            other = next;
            if (in.left() < 0) {
                weights[count++] = (byte) table.symbol(one);
                return count;
            }
        }
        throw ZstdInputStream.corrupt("a Huffman table of too many symbols");
    }

    private ZstdHuffman(byte[] weights, int count, int length) throws IOException {
        this.length = length;
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[i] == 0 ? 0 : 1 << (weights[i] - 1);
        }
        longest = 32 - Integer.numberOfLeadingZeros(sum);
        int rest = (1 << longest) - sum;
        if (sum == 0 || longest > LONGEST_CODE || Integer.bitCount(rest) != 1) {
            throw ZstdInputStream.corrupt("a Huffman table that does not add up");
        }
        weights[count] = (byte) (32 - Integer.numberOfLeadingZeros(rest));
        symbols = new byte[1 << longest];
        bits = new byte[1 << longest];
        fill(weights, count + 1);
    }

    /** The longest codes come first, and among codes of one length the smaller symbols. */
    private void fill(byte[] weights, int count) {
        int place = 0;
        for (int weight = 1; weight <= longest; weight++) {
            int span = 1 << (weight - 1);
            for (int symbol = 0; symbol < count; symbol++) {
                if (weights[symbol] == weight) {
                    Arrays.fill(symbols, place, place + span, (byte) symbol);
                    Arrays.fill(bits, place, place + span, (byte) (longest + 1 - weight));
                    place += span;
                }
            }
        }
    }

    /** Decodes as many literals as are wanted, from exactly these bytes. */
    void decode(byte[] bytes, int start, int end, byte[] out, int from, int to) throws IOException {
        ZstdBits in = new ZstdBits(bytes, start, end);
        int mask = (1 << longest) - 1;
        int state = in.read(longest);
        for (int i = from; i < to; i++) {
            int width = bits[state];
            out[i] = symbols[state];
            state = ((state << width) | in.read(width)) & mask;
        }
        if (in.left() != -longest) {
            throw ZstdInputStream.corrupt("literals of another length");
        }
    }
}
