package dev.reprise.dataset;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes Zstandard compression off: any number of frames, without dictionaries. What it holds is the window that a frame
 * asks for, at most 128 MiB, as the {@code zstd} command allows by default.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878">RFC 8878, Zstandard</a>
 */
final class ZstdInputStream extends InputStream {

    /** No block gives more bytes, or takes more. */
    static final int LARGEST_BLOCK = 128 * 1024;

    private static final int MAGIC = 0xfd2fb528;
    private static final int SKIPPABLE = 0x184d2a50;
    private static final int LARGEST_WINDOW = 128 * 1024 * 1024;

    private final InputStream source;
    private final byte[] block = new byte[LARGEST_BLOCK + ZstdBits.PADDING];
    private @Nullable Frame frame;

    /** @param source is closed with this stream */
    ZstdInputStream(InputStream source) {
        this.source = source;
    }

    static IOException corrupt(String what) {
        return new IOException("its Zstandard compression is damaged: " + what);
    }

    /** What is known of the frame that is being read. */
    private static final class Frame {
        final ZstdWindow window;
        final ZstdBlocks blocks;
        final @Nullable XxHash64 hash;
        /** How many bytes it gives in all; -1 when it does not say. */
        final long size;

        long given;
        boolean wasLast;

        Frame(int reach, boolean checked, long size) {
            this.window = new ZstdWindow(reach);
            this.blocks = new ZstdBlocks(window);
            this.hash = checked ? new XxHash64() : null;
            this.size = size;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        while (true) {
            Frame known = frame;
            if (known == null) {
                known = begin();
                if (known == null) {
                    return -1;
                }
                frame = known;
            }
            if (known.window.available() > 0) {
                return known.window.take(into, offset, most);
            }
            if (known.wasLast) {
                end(known);
                frame = null;
            } else {
                block(known);
            }
        }
    }

    /** The next frame; null at the end. */
    private @Nullable Frame begin() throws IOException {
        while (true) {
            int first = source.read();
            if (first < 0) {
                return null;
            }
            int magic = first | ((int) number(3) << 8);
            if (magic == MAGIC) {
                return header();
            }
            if ((magic & ~15) != SKIPPABLE) {
                throw corrupt("no frame begins where one should");
            }
            source.skipNBytes(number(4));
        }
    }

    private Frame header() throws IOException {
        int descriptor = (int) number(1);
        boolean single = (descriptor & 32) != 0;
        if ((descriptor & 8) != 0) {
            throw corrupt("a header of an unknown form");
        }
        long window = 0;
        if (!single) {
            int size = (int) number(1);
            long base = 1L << (10 + (size >> 3));
            window = base + (base >> 3) * (size & 7);
        }
        int dictionary = descriptor & 3;
        if (number(dictionary == 3 ? 4 : dictionary) != 0) {
            throw new IOException("it is compressed with a Zstandard dictionary, which is not supported");
        }
        int sizeBytes = 1 << (descriptor >> 6);
        long content = sizeBytes > 1 || single ? number(sizeBytes) + (sizeBytes == 2 ? 256 : 0) : -1;
        window = single ? content : window;
        if (window < 0 || window > LARGEST_WINDOW) {
            throw new IOException("its Zstandard compression needs a window of more than " + LARGEST_WINDOW
                    + " bytes: compress it without --long, or with at most --long=27");
        }
        return new Frame((int) window, (descriptor & 4) != 0, content);
    }

    private void block(Frame known) throws IOException {
        int header = (int) number(3);
        int size = header >> 3;
        known.wasLast = (header & 1) != 0;
        known.window.makeRoom();
        int type = (header >> 1) & 3;
        if (size > LARGEST_BLOCK || type == 3) {
            throw corrupt("a block of an unknown form");
        }
        if (type == 1) {
            known.window.fill((byte) number(1), size);
        } else {
            readFully(size);
            if (type == 0) {
                known.window.append(block, 0, size);
            } else {
                known.blocks.decode(block, size);
            }
        }
        known.given += known.window.available();
        if (known.hash != null) {
            known.window.hash(known.hash);
        }
    }

    private void end(Frame known) throws IOException {
        if (known.size >= 0 && known.size != known.given) {
            throw corrupt("it gives " + known.given + " bytes where " + known.size + " were promised");
        }
        if (known.hash != null && (int) number(4) != (int) known.hash.hash()) {
            throw corrupt("the checksum does not match");
        }
    }

    private void readFully(int size) throws IOException {
        if (source.readNBytes(block, 0, size) < size) {
            throw cutOff();
        }
    }

    /** @param length at most 8 bytes, the lowest first */
    private long number(int length) throws IOException {
        long number = 0;
        for (int i = 0; i < length; i++) {
            int next = source.read();
            if (next < 0) {
                throw cutOff();
            }
            number |= (long) next << (8 * i);
        }
        return number;
    }

    private static EOFException cutOff() {
        return new EOFException("it ends in the middle of its Zstandard compression");
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
