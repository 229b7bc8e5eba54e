package dev.reprise.dataset.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.LongFunction;

/**
 * An object's content, asked for part by part as it is read: no connection has to last as long as a large object is
 * worked on, and of one that nobody reads further nothing more is fetched. Not thread-safe.
 */
final class ContentInParts extends InputStream {

    /**
     * Some of the content.
     *
     * @param bytes from the position that was asked for on; none only at the content's end
     * @param length of the whole content
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Part(byte[] bytes, long length) {}

    private final LongFunction<Part> parts;
    private Part part;
    /** Of the part's first byte. */
    private long begin;
    /** Of the next byte in the part. */
    private int next;

    /**
     * Begins with the first part.
     *
     * @param parts gives the part that begins at a position before the content's end
     */
    ContentInParts(Part first, LongFunction<Part> parts) {
        this.part = first;
        this.parts = parts;
    }

    @Override
    public int read() {
        return available() == 0 && !more() ? -1 : part.bytes()[next++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
        Objects.checkFromIndexSize(offset, most, into.length);
        if (most == 0) {
            return 0;
        }
        if (available() == 0 && !more()) {
            return -1;
        }
        int count = Math.min(most, available());
        System.arraycopy(part.bytes(), next, into, offset, count);
        next += count;
        return count;
    }

    /** How much of the part is left. */
    @Override
    public int available() {
        return part.bytes().length - next;
    }

    /** Asks for the next part; false at the content's end. */
    private boolean more() {
        long position = begin + part.bytes().length;
        if (position >= part.length()) {
            return false;
        }
        part = parts.apply(position);
        begin = position;
        next = 0;
        return true;
    }
}
