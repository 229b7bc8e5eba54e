package dev.reprise.journal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Chooses between readable and compressed. Each compression frees its own memory, which is not on the heap: there is
 * nothing to be closed by whoever is interrupted.
 */
public final class Compressor {

    /** What DynamoDB bills a write by. */
    private static final int WRITE_UNIT_BYTES = 1024;

    private Compressor() {}

    /** The whole of {@code json}. */
    public static Body body(ByteSink json, int itemOverhead) {
        return body(json.buffer(), 0, json.size(), itemOverhead);
    }

    /**
     * A body of a part of {@code json}, compressed when that saves a write unit.
     *
     * @param json UTF-8, whole characters
     * @param itemOverhead size of everything else in the item, in bytes
     */
    public static Body body(byte[] json, int offset, int length, int itemOverhead) {
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
    private static byte @Nullable [] deflate(byte[] json, int offset, int length) {
        // The fastest level: JSON that repeats its field names shrinks to a tenth at any.
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(json, offset, length);
            deflater.finish();
            byte[] out = new byte[length];
            int done = deflater.deflate(out);
            return deflater.finished() ? Arrays.copyOf(out, done) : null;
        } finally {
            deflater.end();
        }
    }
}
