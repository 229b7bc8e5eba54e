package dev.reprise.task.aws.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.aws.LegacyErrors;
import dev.reprise.task.aws.client.AwsAnswer;
import java.util.Arrays;

/**
 * {@code events}: events put on a bus. Each names the execution and its state machine among its resources, and one that
 * the bus does not take fails the task.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html">AWS, EventBridge</a>
 */
final class EventBridge {

    /**
     * In an execution's ARN stands {@code execution} or {@code express} there, and its state machine's name comes next.
     */
    private static final int KIND = 5;

    static final ServiceIntegration INTEGRATION = ServiceIntegration.of(
                    "events", new LegacyErrors("EventBridge", "AmazonEventBridge"))
            .with(
                    "putEvents",
                    Action.of("eventbridge", "putEvents")
                            .asking(EventBridge::request)
                            .giving(EventBridge::result));

    private EventBridge() {}

    private static JsonNode request(TaskCall call) {
        if (!(call.input().get("Entries") instanceof ArrayNode entries)) {
            return call.input();
        }
        ObjectNode request = call.input().deepCopy();
        ArrayNode named = request.putArray("Entries");
        for (JsonNode entry : entries) {
            if (entry.isObject()) {
                ObjectNode copy = entry.deepCopy();
                ArrayNode resources =
                        copy.path("Resources") instanceof ArrayNode given ? given : copy.putArray("Resources");
                resources
                        .add(call.context().executionArn())
                        .add(stateMachine(call.context().executionArn()));
                named.add(copy);
            } else {
                named.add(entry);
            }
        }
        return request;
    }

    private static String stateMachine(String executionArn) {
        String[] parts = executionArn.split(":", -1);
        return String.join(":", Arrays.copyOf(parts, KIND)) + ":stateMachine:" + parts[KIND + 1];
    }

    private static JsonNode result(TaskCall call, AwsAnswer answer) {
        if (answer.output().path("FailedEntryCount").asInt() > 0) {
            throw new TaskException("EventBridge.FailedEntry", answer.output().toString());
        }
        return answer.output();
    }
}
