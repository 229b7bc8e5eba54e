package dev.reprise.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Stops executions. */
@Command(
        name = "stop",
        description = "Stops executions, one by one or all that run of a workflow.",
        footer = {"", "Example: reprise stop --workflow orders --yes --error Recalled --cause 'faulty release'"})
final class StopCommand implements Callable<Integer> {

    @Mixin
    ManyExecutions executions = new ManyExecutions();

    @Option(names = "--error")
    @Nullable
    String error;

    @Option(names = "--cause")
    @Nullable
    String cause;

    @Mixin
    Endpoint endpoint = new Endpoint();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        return executions.each(endpoint, "RUNNING", spec, arn -> {
            ObjectNode request = StepFunctionsClient.object().put("executionArn", arn);
            if (error != null) {
                request.put("error", error);
            }
            if (cause != null) {
                request.put("cause", cause);
            }
            endpoint.client().call("StopExecution", request);
        });
    }
}
