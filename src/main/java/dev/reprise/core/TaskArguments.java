package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ApiGatewayHeaders;
import dev.reprise.asl.Resource;
import dev.reprise.execution.ErrorNames;
import dev.reprise.query.EvaluationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Step Functions refuses of an integration's request before it calls anybody.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html">AWS, Call API
 *     Gateway</a>
 */
final class TaskArguments {

    private TaskArguments() {}

    /**
     * Checks a request.
     *
     * @param field {@code Parameters} or {@code Arguments}
     * @throws EvaluationException {@code States.Runtime}
     */
    static void check(Resource resource, JsonNode request, String field) {
        if (resource.withoutToken().asks("apigateway", "invoke")) {
            String problem = problemOfHeaders(request.get("Headers"));
            if (problem != null) {
                throw new EvaluationException(
                        ErrorNames.RUNTIME,
                        "The " + field + " '" + request + "' could not be used to start the Task: [" + problem + "]");
            }
        }
    }

    /** Each header has a list of values. */
    private static @Nullable String problemOfHeaders(@Nullable JsonNode headers) {
        if (headers == null || headers.isNull()) {
            return null;
        }
        if (!headers.isObject() || !headers.valueStream().allMatch(TaskArguments::isListOfTexts)) {
            return "The value of the field 'Headers' has an invalid format";
        }
        List<String> unsupported = ApiGatewayHeaders.unsupported((Iterable<String>) headers::fieldNames);
        return unsupported.isEmpty() ? null : "The 'Headers' field contains unsupported values: " + unsupported;
    }

    private static boolean isListOfTexts(JsonNode values) {
        return values.isArray() && values.valueStream().allMatch(JsonNode::isTextual);
    }
}
