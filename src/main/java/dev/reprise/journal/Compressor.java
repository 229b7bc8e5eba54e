package dev.reprise.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
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
            if (deflated != null && units(deflated.length + itemOverhead) < units) {
                return Body.deflated(deflated, length);
            }
        }
        return Body.text(new String(json, offset, length, UTF_8));
    }

    private static int units(int bytes) {
        return (bytes + WRITE_UNIT_BYTES - 1) / WRITE_UNIT_BYTES;
    }

    /** Null when that is not shorter. */
    private byte @Nullable [] deflate(byte[] json, int offset, int length) {
        Deflater used = deflater;
        if (used == null) {
            // The fastest level: JSON that repeats its field names shrinks to a tenth at any.
            used = new Deflater(Deflater.BEST_SPEED, true);
            deflater = used;
        } else {
            used.reset();
        }
        used.setInput(json, offset, length);
        used.finish();
        byte[] out = new byte[length];
        int done = used.deflate(out);
        return used.finished() ? Arrays.copyOf(out, done) : null;
    }

    @Override
    public void close() {
        if (deflater != null) {
            deflater.end();
            deflater = null;
        }
    }
}
