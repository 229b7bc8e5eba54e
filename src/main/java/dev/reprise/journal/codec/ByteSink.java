package dev.reprise.journal.codec;

import java.io.ByteArrayOutputStream;

/** Collects bytes, and shows them without copying. */
public final class ByteSink extends ByteArrayOutputStream {

    private final long most;

    public ByteSink(int capacity) {
        this(capacity, Long.MAX_VALUE);
    }

    /**
     * A sink that takes so much and no more.
     *
     * @param most with the first byte beyond it, writing throws {@link FullException}
     */
    public ByteSink(int capacity, long most) {
        super(capacity);
        this.most = most;
    }

    /** There is more to write than the sink takes. */
    public static final class FullException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private FullException() {
            super("The sink is full", null, false, false);
        }
    }

    @Override
    public synchronized void write(int value) {
        require(1);
        super.write(value);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        require(length);
        super.write(bytes, offset, length);
    }

    private void require(int length) {
        if (length > most - count) {
            throw new FullException();
        }
    }

    /** The bytes, up to {@link #size()}. Valid until the next write. */
    public byte[] buffer() {
        return buf;
    }

    /** Forgets what was written after the first {@code size} bytes. */
    public void truncate(int size) {
        count = size;
    }
}
