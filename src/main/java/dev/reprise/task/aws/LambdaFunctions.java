package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskSource;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Lambda function's ARN as {@code Resource}: the function gets the task's input, and its result is the task's.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html">Invoke an AWS Lambda function
 *     with Step Functions</a>
 */
public final class LambdaFunctions implements TaskSource {

    private final LambdaCalls calls;

    public LambdaFunctions(LambdaCalls calls) {
        this.calls = calls;
    }

    @Override
    public @Nullable TaskRunner find(Resource resource) {
        return resource instanceof Resource.LambdaFunction function && function.canExist()
                ? call -> run(function, call)
                : null;
    }

    private Uni<JsonNode> run(Resource.LambdaFunction function, TaskCall call) {
        return calls.invoke(LambdaInvocation.of(function, call.input()), call).map(LambdaAnswer::payload);
    }

    @Override
    public List<String> known() {
        return List.of("the ARN of any Lambda function");
    }
}
