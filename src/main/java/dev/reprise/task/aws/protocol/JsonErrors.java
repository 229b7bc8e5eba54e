package dev.reprise.task.aws.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/**
 * Refusals in JSON.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization">Smithy,
 *     Operation error serialization</a>
 */
final class JsonErrors {

    private JsonErrors() {}

    static WireError read(WireAnswer answer) {
        JsonNode body = body(answer);
        String code = answer.header("x-amzn-errortype");
        if (code == null) {
            code = text(body, "__type", "code", "Code");
        }
        String query = answer.header("x-amzn-query-error");
        String message = answer.header("x-amzn-error-message");
        return new WireError(
                code == null ? null : plain(code),
                message == null ? text(body, "message", "Message", "errorMessage") : message,
                query == null ? null : query.substring(0, query.indexOf(';') < 0 ? query.length() : query.indexOf(';')),
                null);
    }

    private static JsonNode body(WireAnswer answer) {
        try {
            return JsonText.read(answer.body());
        } catch (UnreadableAnswerException e) {
            // Whatever stands between us and the service answers as it likes; the status says enough.
            return MissingNode.getInstance();
        }
    }

    private static @Nullable String text(JsonNode body, String... names) {
        for (String name : names) {
            JsonNode value = body.path(name);
            if (value.isTextual()) {
                return value.textValue();
            }
        }
        return null;
    }

    /** Without the namespace before it, and the address behind it. */
    private static String plain(String code) {
        int colon = code.indexOf(':');
        String before = colon < 0 ? code : code.substring(0, colon);
        return before.substring(before.indexOf('#') + 1).strip();
    }
}
