package dev.reprise.task.aws.protocol;

import org.jspecify.annotations.Nullable;

/** An answer that is none of the service's protocol, such as one that was cut off. */
public final class UnreadableAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableAnswerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
