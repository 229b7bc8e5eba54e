package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.history.Cost;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Estimates what an execution costs. */
@Command(
        name = "cost",
        description = {
            "Estimates what a million executions like this one cost: here, on Step Functions, and as a durable"
                    + " function.",
            "List prices of us-east-1; what Lambda takes to run tasks is left out."
        },
        footer = {"", "Example: reprise cost orders/order-4711"})
final class CostCommand implements Callable<Integer> {

    private static final int MILLION = 1_000_000;

    @Parameters(paramLabel = "EXECUTION", description = "Its ARN, or WORKFLOW/NAME.")
    String execution;

    @Mixin
    Endpoint endpoint = new Endpoint();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Cost.Meter meter = new Cost.Meter();
        endpoint.history(endpoint.executionArn(execution)).forEach(event -> add(event, meter));
        Cost cost = meter.total();
        PrintWriter out = spec.commandLine().getOut();
        if (endpoint.isJson()) {
            out.print(JsonText.pretty(StepFunctionsClient.object()
                    .put("transitions", cost.transitions())
                    .put("writeUnits", cost.writeUnits())
                    .put("repriseJournalDollarsPerMillion", cost.here() * MILLION)
                    .put("standardDollarsPerMillion", cost.standard() * MILLION)
                    .put("expressDollarsPerMillion", cost.express() * MILLION)
                    .put("durableFunctionDollarsPerMillion", cost.durableFunction() * MILLION)));
            return ExitCode.OK;
        }
        out.println(cost.transitions() + " transitions, " + cost.results() + " tasks, about " + (long) cost.writeUnits()
                + " write units. A million of these cost, estimated:");
        line(out, "Reprise, its journal", cost.here());
        line(out, "Step Functions Standard", cost.standard());
        line(out, "Step Functions Express", cost.express());
        line(out, "Lambda durable function", cost.durableFunction());
        return ExitCode.OK;
    }

    private static void add(JsonNode event, Cost.Meter meter) {
        String output = event.findPath("output").asText();
        meter.add(
                event.path("type").asText(),
                Times.of(event.path("timestamp")),
                output.getBytes(StandardCharsets.UTF_8).length);
    }

    private static void line(PrintWriter out, String name, double dollars) {
        out.println(String.format(Locale.ROOT, "  %-24s %12.2f $", name, dollars * MILLION));
    }
}
