package dev.reprise.journal;

import java.io.ByteArrayOutputStream;

/** Collects bytes, and shows them without copying. */
final class ByteSink extends ByteArrayOutputStream {

    ByteSink(int capacity) {
        super(capacity);
    }

    /** The bytes, up to {@link #size()}. Valid until the next write. */
    byte[] buffer() {
        return buf;
    }

    /** Forgets what was written after the first {@code size} bytes. */
    void truncate(int size) {
        count = size;
    }
}
