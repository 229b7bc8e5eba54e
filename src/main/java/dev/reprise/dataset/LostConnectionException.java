package dev.reprise.dataset;

import java.io.IOException;

/** The connection over which an object's content comes is lost for good. */
final class LostConnectionException extends IOException {

    private static final long serialVersionUID = 1L;

    LostConnectionException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
