package dev.reprise.testing.teststate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Resource;
import dev.reprise.asl.State;
import java.util.Map;

/**
 * A context object that a request brings along: it has no other fields than the real one, and they are of its types.
 *
 * @see
 *     <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html#contextobject-format">AWS,
 *     Context object format</a>
 */
final class GivenContext {

    private sealed interface Type {

        /** Whatever the workflow puts there. */
        record Any() implements Type {}

        record Text() implements Type {}

        record Numeric() implements Type {}

        record Members(Map<String, Type> types) implements Type {}
    }

    private static final Type ANY = new Type.Any();
    private static final Type TEXT = new Type.Text();
    private static final Type NUMBER = new Type.Numeric();
    private static final String TASK = "Task";

    private static final Type.Members CONTEXT = new Type.Members(Map.of(
            "Execution",
            new Type.Members(Map.of(
                    "Id", TEXT,
                    "Input", ANY,
                    "Name", TEXT,
                    "RoleArn", TEXT,
                    "StartTime", TEXT,
                    "RedriveCount", NUMBER,
                    "RedriveTime", TEXT)),
            "State",
            new Type.Members(Map.of("EnteredTime", TEXT, "Name", TEXT, "RetryCount", NUMBER)),
            "StateMachine",
            new Type.Members(Map.of("Id", TEXT, "Name", TEXT)),
            TASK,
            new Type.Members(Map.of("Token", TEXT)),
            "Map",
            new Type.Members(Map.of(
                    "Item", new Type.Members(Map.of("Index", NUMBER, "Value", ANY, "Key", TEXT, "Source", TEXT))))));

    private GivenContext() {}

    /**
     * Reads the context object of a request for this state.
     *
     * @throws TestStateException {@code ValidationException} when it is none
     */
    static ObjectNode read(String text, State state) {
        JsonNode value = Json.read(text, problem -> invalid("it must be valid JSON: " + problem));
        if (!(value instanceof ObjectNode context)) {
            throw invalid("it must be a JSON object");
        }
        check(context, CONTEXT);
        if (context.has(TASK) && !hasToken(state)) {
            throw notAllowed(TASK);
        }
        return context;
    }

    private static boolean hasToken(State state) {
        return state instanceof State.Task task && task.resource().pattern() != Resource.Pattern.REQUEST_RESPONSE;
    }

    private static void check(JsonNode object, Type.Members members) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            Type type = members.types().get(member.getKey());
            if (type == null) {
                throw notAllowed(member.getKey());
            }
            check(member.getKey(), member.getValue(), type);
        }
    }

    private static void check(String name, JsonNode value, Type type) {
        switch (type) {
            case Type.Any any -> {}
            case Type.Text text -> require(value.isTextual(), name, "a string");
            case Type.Numeric number -> require(value.isNumber(), name, "a number");
            case Type.Members members -> {
                require(value.isObject(), name, "an object");
                check(value, members);
            }
        }
    }

    private static void require(boolean holds, String name, String type) {
        if (!holds) {
            throw invalid("Field '" + name + "' must be " + type);
        }
    }

    private static TestStateException notAllowed(String field) {
        return invalid("Field '" + field + "' is not allowed");
    }

    private static TestStateException invalid(String problem) {
        return TestStateException.validation("Invalid Context object provided: " + problem);
    }
}
