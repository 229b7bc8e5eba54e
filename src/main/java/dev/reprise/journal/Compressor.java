package dev.reprise.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Chooses between readable and compressed. Not thread-safe; close it, its memory is not on the heap. */
final class Compressor implements AutoCloseable {

    /** What DynamoDB bills a write by. */
    private static final int WRITE_UNIT_BYTES = 1024;

    private @Nullable Deflater deflater;

    /** The whole of {@code json}. */
    Body body(ByteSink json, int itemOverhead) {
        return body(json.buffer(), 0, json.size(), itemOverhead);
    }

    /**
     * @param json UTF-8, whole characters
     * @param itemOverhead size of everything else in the item, in bytes
     */
    Body body(byte[] json, int offset, int length, int itemOverhead) {
        int units = units(length + itemOverhead);
        if (units > 1) {
            byte[] deflated = deflate(json, offset, length);
            if (units(deflated.length + itemOverhead) < units) {
                return Body.deflated(deflated, length);
            }
        }
        return Body.text(new String(json, offset, length, UTF_8));
    }

    private static int units(int bytes) {
        return (bytes + WRITE_UNIT_BYTES - 1) / WRITE_UNIT_BYTES;
    }

    private byte[] deflate(byte[] json, int offset, int length) {
        Deflater used = deflater;
        if (used == null) {
            used = new Deflater(Deflater.BEST_SPEED, true);
            deflater = used;
        } else {
            used.reset();
        }
        used.setInput(json, offset, length);
        used.finish();
        byte[] out = new byte[length / 2 + 64];
        int done = 0;
        while (true) {
            done += used.deflate(out, done, out.length - done);
            if (used.finished()) {
                return java.util.Arrays.copyOf(out, done);
            }
            if (done >= length) {
                // Longer than the text already: no use.
                return json;
            }
            out = java.util.Arrays.copyOf(out, out.length * 2);
        }
    }

    @Override
    public void close() {
        if (deflater != null) {
            deflater.end();
            deflater = null;
        }
    }
}
