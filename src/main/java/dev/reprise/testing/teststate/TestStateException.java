package dev.reprise.testing.teststate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request that cannot be tried. Type and message are what Step Functions answers. */
public final class TestStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The errors of the API, by their names there. */
    public enum Type {
        /** The definition is not one. */
        InvalidDefinition,
        /** The input is no JSON. */
        InvalidExecutionInput,
        /** The request has a field of the wrong type. */
        SerializationException,
        /** The request breaks another rule of the API. */
        ValidationException
    }

    private final Type type;

    /**
     * A request that is refused.
     *
     * @param message what is wrong with it, in AWS's words where they are known
     */
    public TestStateException(Type type, String message) {
        super(message, null, false, false);
        this.type = type;
    }

    static TestStateException validation(String message) {
        return new TestStateException(Type.ValidationException, message);
    }

    /** Which error it is. */
    public Type type() {
        return type;
    }

    /** What is wrong. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** The body of the answer, of HTTP status 400: {@code {"__type": "ValidationException", "message": "…"}}. */
    public ObjectNode toJson() {
        return JsonNodeFactory.instance.objectNode().put("__type", type.name()).put("message", message());
    }
}
