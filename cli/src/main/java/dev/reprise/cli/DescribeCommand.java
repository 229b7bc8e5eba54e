package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells how an execution stands. */
@Command(
        name = "describe",
        description = "Tells how an execution stands, what it was given and gave.",
        footer = {"", "Example: reprise describe orders/order-4711"})
final class DescribeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "EXECUTION", description = "Its ARN, or WORKFLOW/NAME.")
    String execution;

    @Mixin
    Endpoint endpoint = new Endpoint();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        JsonNode found = endpoint.client()
                .call(
                        "DescribeExecution",
                        StepFunctionsClient.object().put("executionArn", endpoint.executionArn(execution)));
        PrintWriter out = spec.commandLine().getOut();
        if (endpoint.isJson()) {
            out.print(JsonText.pretty(found));
            return ExitCode.OK;
        }
        Instant start = Times.of(found.path("startDate"));
        Instant stop = Times.of(found.path("stopDate"));
        line(out, "ARN", found.path("executionArn").asText());
        line(out, "Status", found.path("status").asText());
        line(out, "Started", Times.text(start));
        if (start != null && stop != null) {
            line(out, "Ended", stop + ", after " + Times.text(Duration.between(start, stop)));
        }
        for (String member : new String[] {"error", "cause", "redriveCount", "redriveStatus"}) {
            if (found.hasNonNull(member)) {
                line(
                        out,
                        Character.toUpperCase(member.charAt(0)) + member.substring(1),
                        found.path(member).asText());
            }
        }
        for (String member : new String[] {"input", "output"}) {
            if (found.hasNonNull(member)) {
                out.println(Character.toUpperCase(member.charAt(0)) + member.substring(1) + ":");
                out.print(JsonText.pretty(Endpoint.data(found.path(member))));
            }
        }
        return ExitCode.OK;
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println(name + ": " + value);
    }
}
