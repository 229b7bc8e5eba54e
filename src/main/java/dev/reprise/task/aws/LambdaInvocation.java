package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Resource;
import dev.reprise.task.TaskException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request to run a Lambda function.
 *
 * @param region where to ask; null for the region that this function runs in
 * @param function the function's name, whole or bare, as the request has it
 * @param options what else the request says of how to run it
 * @param payload what the function gets
 */
record LambdaInvocation(@Nullable String region, String function, Map<String, String> options, JsonNode payload) {

    private static final String FUNCTION = "FunctionName";
    private static final String PAYLOAD = "Payload";
    private static final String QUALIFIER = "Qualifier";

    private static final List<String> OPTIONS = List.of("ClientContext", "InvocationType", "LogType", QUALIFIER);

    private static final List<String> PARAMETERS = Stream.concat(OPTIONS.stream(), Stream.of(FUNCTION, PAYLOAD))
            .sorted()
            .toList();

    /** Of a function named by its ARN. */
    static LambdaInvocation of(Resource.LambdaFunction function, JsonNode payload) {
        return new LambdaInvocation(function.region(), function.uri(), Map.of(), payload);
    }

    /**
     * Reads the parameters of {@code arn:aws:states:::lambda:invoke}.
     *
     * @throws TaskException when they are not those of an Invoke request
     */
    static LambdaInvocation ofParameters(JsonNode parameters) {
        for (Iterator<String> fields = parameters.fieldNames(); fields.hasNext(); ) {
            String field = fields.next();
            if (!PARAMETERS.contains(field)) {
                throw refused("The field '" + field + "' is not supported by lambda:invoke; it takes "
                        + String.join(", ", PARAMETERS));
            }
        }
        String function = text(parameters, FUNCTION);
        if (function == null || function.isEmpty()) {
            throw refused("The field 'FunctionName' is required by lambda:invoke but was missing");
        }
        Map<String, String> options = new TreeMap<>();
        for (String option : OPTIONS) {
            String value = text(parameters, option);
            if (value != null) {
                options.put(option, value);
            }
        }
        JsonNode payload = parameters.get(PAYLOAD);
        return new LambdaInvocation(
                region(function), function, options, payload == null ? JsonNodeFactory.instance.objectNode() : payload);
    }

    /** The version or alias that is asked for beside the function's name; null when there is none. */
    @Nullable
    String qualifier() {
        return options.get(QUALIFIER);
    }

    /** The members of an Invoke request. The payload is bytes: a text is JSON there too, with its quotes. */
    ObjectNode request() {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put(FUNCTION, function);
        options.forEach(request::put);
        return request.put(PAYLOAD, payload.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Null when the function is named by less than its whole ARN. */
    private static @Nullable String region(String function) {
        return Resource.parse(function) instanceof Resource.LambdaFunction arn && arn.canExist() ? arn.region() : null;
    }

    private static @Nullable String text(JsonNode parameters, String field) {
        JsonNode value = parameters.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw refused("The field '" + field + "' of lambda:invoke must be a string");
        }
        return value.textValue();
    }

    private static TaskException refused(String problem) {
        return new TaskException("States.Runtime", problem);
    }
}
