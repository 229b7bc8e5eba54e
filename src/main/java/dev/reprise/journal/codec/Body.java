package dev.reprise.journal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * JSON as an item carries it: readable text, or deflated when that makes the item cheaper, or either of them sealed. At
 * most {@link #MAX_LENGTH} bytes before compression. Immutable.
 */
public final class Body {

    /** Leaves room, under DynamoDB's 400 KB for an item, for its keys and other attributes. */
    public static final int MAX_LENGTH = 350 * 1024;

    private final @Nullable String text;
    private final byte @Nullable [] deflated;
    private final int length;
    private final byte @Nullable [] sealed;

    private Body(@Nullable String text, byte @Nullable [] deflated, int length, byte @Nullable [] sealed) {
        this.text = text;
        this.deflated = deflated;
        this.length = length;
        this.sealed = sealed;
    }

    /** Readable. */
    public static Body text(String json) {
        return new Body(json, null, -1, null);
    }

    /**
     * Compressed.
     *
     * @param bytes raw deflate data (RFC 1951), not copied: the caller leaves them alone from now on
     * @param length how many bytes they inflate to
     */
    public static Body deflated(byte[] bytes, int length) {
        return new Body(null, bytes, length, null);
    }

    /**
     * Encrypted.
     *
     * @param bytes as {@link dev.reprise.journal.seal} writes them, not copied: the caller leaves them alone from now
     *     on
     */
    public static Body sealed(byte[] bytes) {
        return new Body(null, null, -1, bytes);
    }

    /** The JSON; null when this is compressed or sealed. */
    public @Nullable String text() {
        return text;
    }

    /** The compressed bytes, not copied: leave them alone. Null when this is text or sealed. */
    public byte @Nullable [] deflated() {
        return deflated;
    }

    /** How many bytes the compressed ones inflate to; -1 when this is text or sealed. */
    public int length() {
        return length;
    }

    /** The encrypted bytes, not copied: leave them alone. Null when this is not sealed. */
    public byte @Nullable [] sealed() {
        return sealed;
    }

    /**
     * The JSON in UTF-8.
     *
     * @throws DataFormatException when the compressed bytes are damaged, or this is sealed
     */
    public byte[] bytes() throws DataFormatException {
        if (text != null) {
            return text.getBytes(UTF_8);
        }
        if (sealed != null) {
            throw new DataFormatException("it is sealed, and was not opened");
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
