package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Executions that are named one by one, or all of a workflow that have a status. */
final class ManyExecutions {

    @Parameters(arity = "0..*", paramLabel = "EXECUTION", description = "ARNs, or WORKFLOW/NAME.")
    List<String> executions = new ArrayList<>();

    @Option(names = "--workflow", description = "All executions of this workflow, with --yes.")
    @Nullable
    String workflow;

    @Option(names = "--status", description = "Of these only those with this status.")
    @Nullable
    String status;

    @Option(names = "--yes", description = "Really does it to many; without it, they are only listed.")
    boolean yes;

    /**
     * Does something to each. What goes wrong with one does not keep it from the others.
     *
     * @param usual the status that those have to whom it can be done, where none is asked for
     */
    int each(Endpoint endpoint, String usual, CommandSpec spec, Consumer<String> work) {
        List<String> arns = arns(endpoint, usual);
        if (workflow != null && !yes) {
            arns.forEach(spec.commandLine().getOut()::println);
            spec.commandLine().getErr().println("These are " + arns.size() + ". --yes does it");
            return ExitCode.OK;
        }
        int exitCode = ExitCode.OK;
        for (String arn : arns) {
            try {
                work.accept(arn);
                spec.commandLine().getOut().println(arn);
            } catch (CommandException e) {
                spec.commandLine().getErr().println(arn + ": " + e.getMessage());
                exitCode = ExitCode.FAILED;
            }
        }
        return exitCode;
    }

    private List<String> arns(Endpoint endpoint, String usual) {
        if (workflow == null && executions.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "Name executions, or a --workflow");
        }
        List<String> arns = new ArrayList<>();
        executions.forEach(each -> arns.add(endpoint.executionArn(each)));
        if (workflow != null) {
            ObjectNode request = StepFunctionsClient.object()
                    .put("stateMachineArn", endpoint.stateMachineArn(workflow))
                    .put("statusFilter", status == null ? usual : status.toUpperCase(Locale.ROOT));
            endpoint.client()
                    .pages(
                            "ListExecutions",
                            request,
                            "executions",
                            (JsonNode each) ->
                                    arns.add(each.path("executionArn").asText()));
        }
        return arns;
    }
}
