package dev.reprise.dataset;

import java.io.IOException;
import java.util.Arrays;

/** The last bytes that a Zstandard frame gave, which those that come may repeat; it grows as far as the frame says. */
final class ZstdWindow {

    private final int reach;
    private byte[] bytes;
    /** Where those begin that are not taken yet. */
    private int taken;

    private int end;

    /** @param reach how far back bytes are repeated from */
    ZstdWindow(int reach) {
        this.reach = reach;
        this.bytes = new byte[Math.min(reach, ZstdInputStream.LARGEST_BLOCK) + ZstdInputStream.LARGEST_BLOCK];
    }

    /** Makes room for a whole block. All bytes must be taken. */
    void makeRoom() {
        int room = ZstdInputStream.LARGEST_BLOCK;
        if (bytes.length - end >= room) {
            return;
        }
        long whole = 2L * reach + room;
        if (bytes.length < whole) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(whole, 2L * bytes.length + room));
        } else {
            int from = end - reach;
            System.arraycopy(bytes, from, bytes, 0, reach);
            end = reach;
            taken = end;
        }
    }

    void append(byte[] source, int from, int length) throws IOException {
        requireRoom(length);
        System.arraycopy(source, from, bytes, end, length);
        end += length;
    }

    void fill(byte value, int length) throws IOException {
        requireRoom(length);
        Arrays.fill(bytes, end, end + length, value);
        end += length;
    }

    /** Appends bytes that stand so far back, and maybe reach into themselves. */
    void repeat(int offset, int length) throws IOException {
        requireRoom(length);
        if (offset <= 0 || offset > end || offset > reach) {
            throw ZstdInputStream.corrupt("a repetition from before the beginning");
        }
        if (offset >= length) {
            System.arraycopy(bytes, end - offset, bytes, end, length);
        } else {
            for (int i = 0; i < length; i++) {
                bytes[end + i] = bytes[end + i - offset];
            }
        }
        end += length;
    }

    private void requireRoom(int length) throws IOException {
        if (end - taken + (long) length > ZstdInputStream.LARGEST_BLOCK) {
            throw ZstdInputStream.corrupt("a block of more than " + ZstdInputStream.LARGEST_BLOCK + " bytes");
        }
    }

    /** How many bytes are there to be taken. */
    int available() {
        return end - taken;
    }

    int take(byte[] into, int offset, int most) {
        int count = Math.min(most, available());
        System.arraycopy(bytes, taken, into, offset, count);
        taken += count;
        return count;
    }

    /** Counts what is there to be taken into a hash. */
    void hash(XxHash64 hash) {
        hash.update(bytes, taken, available());
    }
}
