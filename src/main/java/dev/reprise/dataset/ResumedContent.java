package dev.reprise.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.LongFunction;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object's content over as many connections as it takes: large ones take minutes, and a connection may not last so
 * long. Not thread-safe.
 */
final class ResumedContent extends InputStream {

    /** So many connections in a row may give nothing. */
    private static final int MOST_FAILURES = 3;

    private final LongFunction<ResponseInputStream<GetObjectResponse>> opener;
    private final long length;
    private ResponseInputStream<GetObjectResponse> content;
    private long position;
    private int failures;

    /**
     * Begins with a content that was opened.
     *
     * @param opener opens the same object, of the same version, from a position on
     */
    ResumedContent(
            ResponseInputStream<GetObjectResponse> content,
            LongFunction<ResponseInputStream<GetObjectResponse>> opener) {
        this.content = content;
        this.length = Objects.requireNonNullElse(content.response().contentLength(), -1L);
        this.opener = opener;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
        while (true) {
            try {
                int count = content.read(into, offset, most);
                if (count < 0 && position < length) {
                    throw new IOException("The connection ended after " + position + " of " + length + " bytes");
                }
                if (count > 0) {
                    position += count;
                    failures = 0;
                }
                return count;
            } catch (IOException e) {
                failures++;
                if (failures > MOST_FAILURES || Thread.currentThread().isInterrupted()) {
                    throw new LostConnectionException(e);
                }
                content.abort();
                content = opener.apply(position);
            }
        }
    }

    /** What is left of it is not fetched first, as closing a connection that is to be used again would do. */
    @Override
    public void close() throws IOException {
        if (position < length) {
            content.abort();
        } else {
            content.close();
        }
    }
}
