package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.task.MappedTasks;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskSource;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code arn:aws:states:::lambda:invoke}: the function is a parameter, and the result is the API's answer with the
 * function's own in {@code Payload}.
 */
public final class LambdaInvoke implements TaskSource {

    private static final String RESOURCE = "arn:aws:states:::lambda:invoke";

    private final LambdaCalls calls;
    private final MappedTasks mapped;

    /** @param mapped functions that are tasks of this process */
    public LambdaInvoke(LambdaCalls calls, MappedTasks mapped) {
        this.calls = calls;
        this.mapped = mapped;
    }

    @Override
    public @Nullable TaskRunner find(Resource resource) {
        return resource.asks("lambda", "invoke") ? this::run : null;
    }

    private Uni<JsonNode> run(TaskCall call) {
        return Uni.createFrom().deferred(() -> {
            LambdaInvocation invocation = LambdaInvocation.ofParameters(call.input());
            TaskRunner inProcess = mapped.function(invocation.function(), invocation.qualifier());
            if (inProcess == null) {
                return calls.invoke(invocation, call).map(LambdaAnswer::toJson);
            }
            return inProcess
                    .run(new TaskCall(call.resource(), invocation.payload(), call.context(), call.credentials()))
                    .map(MappedTasks::asAnswer);
        });
    }

    @Override
    public List<String> known() {
        return List.of(RESOURCE);
    }
}
