package dev.reprise.task.aws.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Bytes in a workflow, whose values are JSON: they are written as their text in UTF-8. What comes from a service and is
 * no such text is written in base64.
 */
public final class Blobs {

    private Blobs() {}

    /** The bytes of a workflow's value: of what is no text, its JSON. Reprise itself may give them as they are. */
    static byte[] ofWorkflow(JsonNode value) {
        if (value instanceof BinaryNode bytes) {
            return bytes.binaryValue();
        }
        return (value.isTextual() ? value.textValue() : value.toString()).getBytes(StandardCharsets.UTF_8);
    }

    /** A text for a workflow. */
    public static String toWorkflow(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return Base64.getEncoder().encodeToString(bytes);
        }
    }
}
