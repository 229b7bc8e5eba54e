package dev.reprise.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Lambda function's ARN as {@code Resource}: the function gets the task's input, and its result is the task's.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html">Invoke an AWS Lambda function with Step Functions</a>
 */
final class LambdaFunctions implements TaskSource {

    private final LambdaClients clients;

    LambdaFunctions(LambdaClients clients) {
        this.clients = clients;
    }

    @Override
    public @Nullable TaskRunner find(String resource) {
        FunctionArn function = FunctionArn.parse(resource);
        return function == null ? null : call -> run(function, call);
    }

    private Uni<JsonNode> run(FunctionArn function, TaskCall call) {
        return clients.invoke(LambdaInvocation.of(function, call.input())).map(LambdaAnswer::payload);
    }

    @Override
    public List<String> known() {
        return List.of("the ARN of any Lambda function");
    }
}
