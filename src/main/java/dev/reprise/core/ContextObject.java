package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.Provisions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The context object, {@code $$}. The parts that never change are built once for an execution; a child of a distributed
 * Map is an execution of its own.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html">AWS, Accessing
 *     the Context object</a>
 */
final class ContextObject {

    static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final ObjectNode execution;
    private final JsonNode stateMachine;
    private final Provisions provisions;

    /** @param redrivenAt when it was redriven the last time; null when it never was */
    ContextObject(
            ExecutionIdentity identity,
            JsonNode input,
            Instant startedAt,
            @Nullable Instant redrivenAt,
            Provisions provisions) {
        this.provisions = provisions;
        this.execution = object().put("Id", identity.executionArn())
                .<ObjectNode>set("Input", input)
                .put("StartTime", MILLIS.format(startedAt))
                .put("Name", identity.executionName())
                .put("RoleArn", identity.roleArn());
        if (identity.redriveCount() != null) {
            execution.put("RedriveCount", identity.redriveCount());
        }
        if (redrivenAt != null) {
            execution.put("RedriveTime", MILLIS.format(redrivenAt));
        }
        this.stateMachine = object().put("Id", identity.stateMachineArn()).put("Name", identity.stateMachineName());
    }

    /** As {@code scope} sees it. */
    JsonNode of(Scope scope, @Nullable MapItem item) {
        ObjectNode context = object();
        context.set("Execution", execution);
        context.set("StateMachine", stateMachine);
        ObjectNode state = object().put("Name", scope.state.name).put("EnteredTime", MILLIS.format(scope.enteredAt));
        if (scope.state instanceof GuardedBehaviour) {
            state.put("RetryCount", scope.retryCount);
        }
        context.set("State", state);
        if (scope.state instanceof TaskBehaviour task && task.hasToken()) {
            String token = provisions.taskToken(new EffectId(scope.path, scope.step));
            context.set("Task", object().put("Token", token));
        }
        if (item != null) {
            context.set("Map", object().set("Item", item.shown()));
        }
        return context;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
