package dev.reprise.local.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.http.HttpAnswer;

/** Answers that say why there is no other. */
public final class Refusals {

    private Refusals() {}

    /** A refusal in the form of all errors here: {@code {"error": …, "message": …}}. */
    public static HttpAnswer of(int status, String message) {
        return of(status, name(status), message);
    }

    /** The same with an error's name of its own. */
    public static HttpAnswer of(int status, String error, String message) {
        return HttpAnswer.text(
                status,
                "application/json",
                JsonNodeFactory.instance
                                .objectNode()
                                .put("error", error)
                                .put("message", message)
                                .toPrettyString()
                        + "\n");
    }

    private static String name(int status) {
        return switch (status) {
            case 400 -> "BadRequest";
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 405 -> "MethodNotAllowed";
            case 413 -> "TooLarge";
            case 415 -> "UnsupportedMediaType";
            case 503 -> "Unavailable";
            default -> "InternalError";
        };
    }
}
