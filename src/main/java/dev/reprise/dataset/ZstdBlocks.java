package dev.reprise.dataset;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the compressed blocks of one Zstandard frame, one after the other: each may use the tables of the one before,
 * and repeat what stands in the window.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.3">RFC 8878, compressed blocks</a>
 */
final class ZstdBlocks {

    private static final ZstdFse LITERAL_LENGTHS = ZstdFse.of(
            6, 4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1,
            -1, -1);
    private static final ZstdFse MATCH_LENGTHS = ZstdFse.of(
            6, 1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
            1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1);
    private static final ZstdFse OFFSETS =
            ZstdFse.of(5, 1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1);

    private static final int[] LITERAL_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16
    };
    private static final int[] MATCH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2,
        2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
    };
    private static final int[] LITERAL_BASES = bases(LITERAL_BITS, 0, 25, 64);
    private static final int[] MATCH_BASES = bases(MATCH_BITS, 3, 43, 131);
    private static final int MOST_OFFSET_BITS = 31;

    private final ZstdWindow window;
    private final byte[] literals = new byte[ZstdInputStream.LARGEST_BLOCK];

    private @Nullable ZstdHuffman huffman;
    private @Nullable ZstdFse literalLengths;
    private @Nullable ZstdFse offsets;
    private @Nullable ZstdFse matchLengths;
    private final int[] repeated = {1, 4, 8};

    ZstdBlocks(ZstdWindow window) {
        this.window = window;
    }

    /** Each length begins where the one before ends, but for a leap to a power of two. */
    private static int[] bases(int[] bits, int first, int leap, int base) {
        int[] bases = new int[bits.length];
        int next = first;
        for (int i = 0; i < bits.length; i++) {
            next = i == leap ? base : next;
            bases[i] = next;
            next += 1 << bits[i];
        }
        return bases;
    }

    /**
     * Decodes a block into the window.
     *
     * @param block with {@link ZstdBits#PADDING} behind {@code end}
     */
    void decode(byte[] block, int end) throws IOException {
        if (end < 2) {
            throw ZstdInputStream.corrupt("a block of " + end + " bytes");
        }
        int[] sizes = new int[2];
        int at = literals(block, end, sizes);
        sequences(block, at, end, sizes[0]);
    }

    /** @return where the sequences begin; the first of {@code sizes} becomes the number of literals */
    private int literals(byte[] block, int end, int[] sizes) throws IOException {
        int type = block[0] & 3;
        int format = (block[0] >> 2) & 3;
        return type < 2
                ? plainLiterals(block, end, type == 1, format, sizes)
                : codedLiterals(block, end, type, format, sizes);
    }

    private int plainLiterals(byte[] block, int end, boolean same, int format, int[] sizes) throws IOException {
        int header = (format & 1) == 0 ? 1 : format == 1 ? 2 : 3;
        long bits = header(block, header, end);
        int count = (int) (bits >> ((format & 1) == 0 ? 3 : 4));
        int stored = same ? 1 : count;
        if (count > literals.length || header + stored > end) {
            throw ZstdInputStream.corrupt("literals that are cut off");
        }
        if (same) {
            Arrays.fill(literals, 0, count, block[header]);
        } else {
            System.arraycopy(block, header, literals, 0, count);
        }
        sizes[0] = count;
        return header + stored;
    }

    private int codedLiterals(byte[] block, int end, int type, int format, int[] sizes) throws IOException {
        int header = Math.max(3, format + 2);
        int width = format < 2 ? 10 : format == 2 ? 14 : 18;
        long bits = header(block, header, end);
        int count = (int) (bits >> 4) & ((1 << width) - 1);
        int stop = header + ((int) (bits >> (4 + width)) & ((1 << width) - 1));
        if (count > literals.length || stop > end) {
            throw ZstdInputStream.corrupt("literals that are cut off");
        }
        int at = header;
        if (type == 2) {
            huffman = ZstdHuffman.read(block, at, stop);
            at += huffman.length;
        }
        ZstdHuffman table = huffman;
        if (table == null) {
            throw ZstdInputStream.corrupt("literals without a table");
        }
        if (format == 0) {
            table.decode(block, at, stop, literals, 0, count);
        } else {
            fourStreams(table, block, at, stop, count);
        }
        sizes[0] = count;
        return stop;
    }

    private void fourStreams(ZstdHuffman table, byte[] block, int start, int stop, int count) throws IOException {
        int at = start + 6;
        int each = (count + 3) / 4;
        if (at > stop || 3 * each > count) {
            throw ZstdInputStream.corrupt("four streams in too little room");
        }
        for (int i = 0; i < 4; i++) {
            int end = i == 3 ? stop : at + ((block[start + 2 * i] & 0xff) | ((block[start + 2 * i + 1] & 0xff) << 8));
            if (end > stop) {
                throw ZstdInputStream.corrupt("a stream that is cut off");
            }
            table.decode(block, at, end, literals, i * each, i == 3 ? count : (i + 1) * each);
            at = end;
        }
    }

    private static long header(byte[] block, int length, int end) throws IOException {
        if (length > end) {
            throw ZstdInputStream.corrupt("a header that is cut off");
        }
        long bits = 0;
        for (int i = 0; i < length; i++) {
            bits |= (block[i] & 0xffL) << (8 * i);
        }
        return bits;
    }

    private void sequences(byte[] block, int start, int end, int literalCount) throws IOException {
        if (start >= end) {
            throw ZstdInputStream.corrupt("a block without sequences");
        }
        int first = block[start] & 0xff;
        int header = first < 128 ? 1 : first < 255 ? 2 : 3;
        if (first == 0) {
            window.append(literals, 0, literalCount);
            return;
        }
        if (start + header + 1 > end) {
            throw ZstdInputStream.corrupt("sequences that are cut off");
        }
        int second = block[start + 1] & 0xff;
        int count = header == 1
                ? first
                : header == 2 ? ((first - 128) << 8) + second : second + ((block[start + 2] & 0xff) << 8) + 0x7f00;
        int modes = block[start + header];
        int[] at = {start + header + 1};
        literalLengths =
                table((modes >> 6) & 3, block, at, end, 9, LITERAL_BITS.length, LITERAL_LENGTHS, literalLengths);
        offsets = table((modes >> 4) & 3, block, at, end, 8, MOST_OFFSET_BITS + 1, OFFSETS, offsets);
        matchLengths = table((modes >> 2) & 3, block, at, end, 9, MATCH_BITS.length, MATCH_LENGTHS, matchLengths);
        execute(count, new ZstdBits(block, at[0], end), literalCount, literalLengths, offsets, matchLengths);
    }

    private static ZstdFse table(
            int mode, byte[] block, int[] at, int end, int accuracy, int symbols, ZstdFse usual, @Nullable ZstdFse last)
            throws IOException {
        switch (mode) {
            case 0 -> {
                return usual;
            }
            case 1 -> {
                if (at[0] >= end || (block[at[0]] & 0xff) >= symbols) {
                    throw ZstdInputStream.corrupt("a table of an unknown symbol");
                }
                return ZstdFse.of(block[at[0]++] & 0xff);
            }
            case 2 -> {
                if (at[0] >= end) {
                    throw ZstdInputStream.corrupt("a table that is cut off");
                }
                ZstdFse table = ZstdFse.read(block, at[0], end, accuracy, symbols);
                at[0] += table.length;
                return table;
            }
            default -> {
                if (last == null) {
                    throw ZstdInputStream.corrupt("a table that is repeated before it was there");
                }
                return last;
            }
        }
    }

    private void execute(
            int count, ZstdBits in, int literalCount, ZstdFse literalTable, ZstdFse offsetTable, ZstdFse matchTable)
            throws IOException {
        int literalState = literalTable.begin(in);
        int offsetState = offsetTable.begin(in);
        int matchState = matchTable.begin(in);
        int used = 0;
        for (int i = 0; i < count; i++) {
            int offsetBits = offsetTable.symbol(offsetState);
            int offsetValue = (1 << offsetBits) + in.read(offsetBits);
            int matchCode = matchTable.symbol(matchState);
            int matchLength = MATCH_BASES[matchCode] + in.read(MATCH_BITS[matchCode]);
            int literalCode = literalTable.symbol(literalState);
            int literalLength = LITERAL_BASES[literalCode] + in.read(LITERAL_BITS[literalCode]);
            if (literalLength > literalCount - used) {
                throw ZstdInputStream.corrupt("a sequence of more literals than there are");
            }
            window.append(literals, used, literalLength);
            used += literalLength;
            window.repeat(offset(offsetValue, literalLength), matchLength);
            if (i < count - 1) {
                literalState = literalTable.next(literalState, in);
                matchState = matchTable.next(matchState, in);
                offsetState = offsetTable.next(offsetState, in);
            }
        }
        if (in.left() != 0) {
            throw ZstdInputStream.corrupt("sequences of another length");
        }
        window.append(literals, used, literalCount - used);
    }

    /** The first three values mean offsets that were used last. */
    private int offset(int value, int literalLength) {
        int place = value > 3 || value < 0 ? 3 : value - 1 + (literalLength == 0 ? 1 : 0);
        int offset = value > 3 || value < 0 ? value - 3 : place == 3 ? repeated[0] - 1 : repeated[place];
        if (place > 1) {
            repeated[2] = repeated[1];
        }
        if (place > 0) {
            repeated[1] = repeated[0];
            repeated[0] = offset;
        }
        return offset;
    }
}
