package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.reprise.asl.ApiGatewayHeaders;
import dev.reprise.asl.Resource;
import java.util.ArrayList;
import java.util.List;

/** What the fields of a Task have to keep between them. */
final class TaskRules {

    private TaskRules() {}

    static void checkTask(JsonNode task, Place place, Checking checking) {
        checkHeartbeat(task, place, checking);
        checking.document().rateLimits().check(task, place, checking.problems());
        Resource resource = Resource.parse(task.path("Resource").asText());
        if (resource instanceof Resource.Activity && task.has("Credentials")) {
            String message = "The field 'Credentials' is not supported for activities";
            checking.problems()
                    .error(
                            Problems.SCHEMA,
                            place.member("Credentials"),
                            message,
                            "remove it",
                            new Wording(message, place));
        }
        checkRequest(resource, task, place, checking);
        checkHeaders(resource, task, place, checking);
    }

    /** API Gateway is not sent headers that have a meaning of their own on the way. */
    private static void checkHeaders(Resource resource, JsonNode task, Place place, Checking checking) {
        boolean isInvoke = resource instanceof Resource.Integration call
                && Integrations.name(call).equals("apigateway:invoke");
        String field = requestField(checking);
        JsonNode headers = isInvoke ? task.path(field).path("Headers") : MissingNode.getInstance();
        List<String> names = new ArrayList<>();
        headers.fieldNames()
                .forEachRemaining(name -> names.add(checking.isJsonata() ? name : PayloadTemplates.plainName(name)));
        List<String> unsupported = ApiGatewayHeaders.unsupported(names);
        if (!unsupported.isEmpty()) {
            checking.problems()
                    .error(place.member(field), "The 'Headers' field contains unsupported values: " + unsupported);
        }
    }

    /** What the fields of a request stand in. */
    private static String requestField(Checking checking) {
        return checking.isJsonata() ? "Arguments" : "Parameters";
    }

    /** The role in which a task calls another account. */
    static void checkCredentials(JsonNode value, Place place, Checking checking) {
        Templates.OBJECT.check(value, place, checking);
        if (value.isObject() && !has(value, "RoleArn")) {
            checking.problems().error(place, "The field 'RoleArn' is required but was missing");
        }
    }

    private static void checkHeartbeat(JsonNode task, Place place, Checking checking) {
        JsonNode timeout = task.path("TimeoutSeconds");
        JsonNode heartbeat = task.path("HeartbeatSeconds");
        if (timeout.isNumber() && heartbeat.isNumber() && heartbeat.doubleValue() >= timeout.doubleValue()) {
            checking.problems()
                    .error(
                            place.member("HeartbeatSeconds"),
                            "HeartbeatSeconds (" + heartbeat + ") must be smaller than TimeoutSeconds (" + timeout
                                    + ")");
        }
    }

    /** A service's request has the fields that the service cannot do without. */
    private static void checkRequest(Resource resource, JsonNode task, Place place, Checking checking) {
        List<String> required = Integrations.requiredFields(resource);
        if (required == null) {
            return;
        }
        String field = requestField(checking);
        if (!task.has(field)) {
            checking.problems().error(place, field + " field is required for resource ARN: " + resource.uri());
            return;
        }
        JsonNode request = task.path(field);
        for (String name : required) {
            if (request.isObject() && !has(request, name)) {
                checking.problems().error(place.member(field), "The field '" + name + "' is required but was missing");
            }
        }
    }

    private static boolean has(JsonNode template, String name) {
        return template.has(name) || template.has(name + ".$");
    }
}
