package dev.reprise.task.aws.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.aws.HttpMetadata;
import dev.reprise.task.aws.ServiceCalls;
import dev.reprise.task.aws.ServiceErrors;
import dev.reprise.task.aws.client.AwsAnswer;
import dev.reprise.task.aws.client.AwsCall;
import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.model.ServiceModel;
import dev.reprise.task.aws.model.ServiceModels;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an integration asks a service for.
 *
 * @param service by its name in {@code aws-sdk} resources
 * @param operation such as {@code runJobFlow}
 * @param fields what the request holds, where that is not what the operation takes; null where it is
 * @param request makes the operation's request of the task's input
 * @param result makes the task's result of the operation's answer
 * @param job what is waited for with {@code .sync}; null when there is no such pattern
 * @param runner makes what runs the task, where that is more than one call; null where it is one
 * @param besides operations that the others of these calls ask for
 */
record Action(
        String service,
        String operation,
        @Nullable Fields fields,
        Function<TaskCall, JsonNode> request,
        BiFunction<TaskCall, AwsAnswer, JsonNode> result,
        @Nullable JobKind job,
        @Nullable Function<ServiceCalls, TaskRunner> runner,
        List<String> besides) {

    Action {
        besides = List.copyOf(besides);
    }

    /** An operation that is passed on as it is. */
    static Action of(String service, String operation) {
        return new Action(
                service,
                operation,
                null,
                TaskCall::input,
                (call, answer) -> HttpMetadata.added(answer),
                null,
                null,
                List.of());
    }

    Action taking(Fields others, Function<TaskCall, JsonNode> form) {
        return new Action(service, operation, others, form, result, job, runner, besides);
    }

    Action asking(Function<TaskCall, JsonNode> form) {
        return new Action(service, operation, fields, form, result, job, runner, besides);
    }

    Action giving(BiFunction<TaskCall, AwsAnswer, JsonNode> form) {
        return new Action(service, operation, fields, request, form, job, runner, besides);
    }

    /** The result has these fields of the request too, for the job is known by them. */
    Action repeating(String... names) {
        return giving((call, answer) -> {
            ObjectNode output = HttpMetadata.added(answer);
            for (String name : names) {
                JsonNode value = call.input().get(name);
                if (value != null && !output.has(name)) {
                    output.set(name, value);
                }
            }
            return output;
        });
    }

    /**
     * The request has a token in that field, by which the service knows one that comes again; its model does not say
     * so.
     */
    Action recognisedBy(String field) {
        return asking(call -> {
            if (!call.input().isObject() || call.input().hasNonNull(field)) {
                return call.input();
            }
            ObjectNode form = call.input().deepCopy();
            return form.put(field, AwsCall.token(call.context().idempotencyKey()));
        });
    }

    Action waitingFor(JobKind kind) {
        return new Action(service, operation, fields, request, result, kind, runner, besides);
    }

    /**
     * More than one call makes the result.
     *
     * @param operations the others that are asked for
     */
    Action run(Function<ServiceCalls, TaskRunner> other, String... operations) {
        return new Action(service, operation, fields, request, result, job, other, List.of(operations));
    }

    ServiceModel model() {
        return ServiceModels.get(service);
    }

    Operation asked() {
        return Objects.requireNonNull(model().operation(operation), operation);
    }

    /** What a task of this action does. */
    TaskRunner runner(ServiceCalls calls, ServiceErrors errors) {
        TaskRunner runner = this.runner == null ? call -> once(calls, errors, call) : this.runner.apply(calls);
        return call -> Uni.createFrom().deferred(() -> {
            refuseUnknown(call.input());
            return runner.run(call);
        });
    }

    private Uni<JsonNode> once(ServiceCalls calls, ServiceErrors errors, TaskCall call) {
        return calls.call(model(), asked(), call, request.apply(call), errors)
                .map(answer -> result.apply(call, answer));
    }

    /** A service's own fields its model knows. */
    void refuseUnknown(JsonNode input) {
        if (!input.isObject()) {
            throw new TaskException("States.Runtime", "The request must be an object, but was " + input);
        }
        for (String name : (Iterable<String>) input::fieldNames) {
            if (fields != null && !fields.names().contains(name)) {
                throw new TaskException(
                        "States.Runtime", "The field '" + name + "' is not supported by Step Functions");
            }
        }
    }
}
