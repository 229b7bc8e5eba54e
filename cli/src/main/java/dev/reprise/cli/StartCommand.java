package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts an execution. */
@Command(
        name = "start",
        description = "Starts an execution, and prints its ARN; with --wait, its result.",
        footer = {
            "",
            "Example: reprise start orders --input @order.json --wait",
            "Exit code 1 when an execution that is waited for does not succeed."
        })
final class StartCommand implements Callable<Integer> {

    private static final long POLL_MILLIS = 100;

    @Parameters(paramLabel = "WORKFLOW", description = "Its name, or its ARN.")
    String workflow;

    @Option(
            names = {"-i", "--input"},
            paramLabel = "JSON",
            defaultValue = "{}",
            description = "JSON, @FILE, or -.")
    String input;

    @Option(
            names = {"-n", "--name"},
            description = "The execution's name; one that is drawn otherwise.")
    @Nullable
    String name;

    @Option(names = "--wait", description = "Waits for its end.")
    boolean wait;

    @Mixin
    Endpoint endpoint = new Endpoint();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode request = StepFunctionsClient.object()
                .put("stateMachineArn", endpoint.stateMachineArn(workflow))
                .put("input", JsonText.argument("--input", input).toString());
        if (name != null) {
            request.put("name", name);
        }
        JsonNode started = endpoint.client().call("StartExecution", request);
        String arn = started.path("executionArn").asText();
        if (!wait) {
            spec.commandLine().getOut().print(endpoint.isJson() ? JsonText.pretty(started) : arn + "\n");
            return ExitCode.OK;
        }
        while (true) {
            JsonNode execution = endpoint.client()
                    .call("DescribeExecution", StepFunctionsClient.object().put("executionArn", arn));
            String status = execution.path("status").asText();
            if (!status.equals("RUNNING")) {
                return ended(execution, status);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private int ended(JsonNode execution, String status) {
        if (endpoint.isJson()) {
            spec.commandLine().getOut().print(JsonText.pretty(execution));
        } else if (execution.has("output")) {
            spec.commandLine().getOut().print(JsonText.pretty(Endpoint.data(execution.path("output"))));
        }
        if (status.equals("SUCCEEDED")) {
            return ExitCode.OK;
        }
        spec.commandLine()
                .getErr()
                .println(status + ": " + execution.path("error").asText("no error") + ": "
                        + execution.path("cause").asText(""));
        return ExitCode.PROBLEMS;
    }
}
