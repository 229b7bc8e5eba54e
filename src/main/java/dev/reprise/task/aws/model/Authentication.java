package dev.reprise.task.aws.model;

/** How a request shows who sends it. */
public enum Authentication {
    /** Signature version 4. */
    SIGV4,
    /** Signature version 4 without the body's hash. */
    SIGV4_UNSIGNED_BODY,
    /** Signature version 4 as S3 wants it: a path is signed as it is sent. */
    S3,
    /** Not at all. */
    NONE,
    /** A token of another kind, which this client does not have. */
    BEARER;

    static Authentication of(String text) {
        return switch (text) {
            case "v4" -> SIGV4;
            case "v4-unsigned-body" -> SIGV4_UNSIGNED_BODY;
            case "s3" -> S3;
            case "none" -> NONE;
            case "bearer" -> BEARER;
            default -> throw new IllegalArgumentException("No authentication is called '" + text + "'");
        };
    }
}
