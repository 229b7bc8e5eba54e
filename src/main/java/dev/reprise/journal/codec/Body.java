package dev.reprise.journal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * JSON as an item carries it: readable text, or deflated when that makes the item cheaper. At most {@link #MAX_LENGTH}
 * bytes before compression. Immutable.
 */
public final class Body {

    /** Leaves room, under DynamoDB's 400 KB for an item, for its keys and other attributes. */
    public static final int MAX_LENGTH = 350 * 1024;

    private final @Nullable String text;
    private final byte @Nullable [] deflated;
    private final int length;

    private Body(@Nullable String text, byte @Nullable [] deflated, int length) {
        this.text = text;
        this.deflated = deflated;
        this.length = length;
    }

    /** Readable. */
    public static Body text(String json) {
        return new Body(json, null, -1);
    }

    /**
     * Compressed.
     *
     * @param bytes raw deflate data (RFC 1951), not copied: the caller leaves them alone from now on
     * @param length how many bytes they inflate to
     */
    public static Body deflated(byte[] bytes, int length) {
        return new Body(null, bytes, length);
    }

    /** The JSON; null when this is compressed. */
    public @Nullable String text() {
        return text;
    }

    /** The compressed bytes, not copied: leave them alone. Null when this is text. */
    public byte @Nullable [] deflated() {
        return deflated;
    }

    /** How many bytes the compressed ones inflate to; -1 when this is text. */
    public int length() {
        return length;
    }

    /**
     * The JSON in UTF-8.
     *
     * @throws DataFormatException when the compressed bytes are damaged
     */
    public byte[] bytes() throws DataFormatException {
        if (text != null) {
            return text.getBytes(UTF_8);
        }
        if (deflated == null || length < 0 || length > MAX_LENGTH) {
            throw new DataFormatException(
                    "it claims to inflate to " + length + " bytes, at most " + MAX_LENGTH + " are ever written");
        }
        byte[] inflated = new byte[length];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(deflated);
            int done = 0;
            while (done < length) {
                int more = inflater.inflate(inflated, done, length - done);
                if (more == 0) {
                    throw new DataFormatException(
                            "the compressed data ends after " + done + " of " + length + " bytes");
                }
                done += more;
            }
            // Data that goes on inflates no further than to the one byte that shows it.
            if (!inflater.finished() && inflater.inflate(new byte[1]) > 0) {
                throw new DataFormatException("the compressed data goes on after its " + length + " bytes");
            }
            if (!inflater.finished()) {
                throw new DataFormatException("the compressed data is cut short");
            }
            return inflated;
        } finally {
            inflater.end();
        }
    }
}
