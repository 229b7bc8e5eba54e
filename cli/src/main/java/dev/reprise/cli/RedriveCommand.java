package dev.reprise.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Has executions go on that did not succeed. */
@Command(
        name = "redrive",
        description = "Has executions go on from where they failed, one by one or all of a workflow that did.",
        footer = {"", "Example: reprise redrive --workflow orders --status TIMED_OUT --yes"})
final class RedriveCommand implements Callable<Integer> {

    @Mixin
    ManyExecutions executions = new ManyExecutions();

    @Mixin
    Endpoint endpoint = new Endpoint();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        return executions.each(
                endpoint,
                "FAILED",
                spec,
                arn -> endpoint.client()
                        .call("RedriveExecution", StepFunctionsClient.object().put("executionArn", arn)));
    }
}
