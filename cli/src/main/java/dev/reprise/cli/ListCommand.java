package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists workflows, or the executions of one. */
@Command(
        name = "list",
        description = "Lists the workflows, or the executions of one, newest first.",
        footer = {"", "Example: reprise list orders --status FAILED --limit 20"})
final class ListCommand implements Callable<Integer> {

    private static final int LARGEST_PAGE = 1_000;

    @Parameters(arity = "0..1", paramLabel = "WORKFLOW", description = "Its name, or its ARN.")
    @Nullable
    String workflow;

    @Option(names = "--status", description = "RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED.")
    @Nullable
    String status;

    @Option(names = "--limit", defaultValue = "100", description = "At most so many; 100 by default.")
    int limit;

    @Mixin
    Endpoint endpoint = new Endpoint();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        ArrayNode found = workflow == null ? machines() : executions(workflow);
        PrintWriter out = spec.commandLine().getOut();
        if (endpoint.isJson()) {
            out.print(JsonText.pretty(found));
        } else {
            found.forEach(each -> out.println(workflow == null ? machine(each) : execution(each)));
        }
        return ExitCode.OK;
    }

    private ArrayNode machines() {
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        endpoint.client().pages("ListStateMachines", StepFunctionsClient.object(), "stateMachines", found::add);
        return found;
    }

    private ArrayNode executions(String name) {
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        ObjectNode request = StepFunctionsClient.object().put("stateMachineArn", endpoint.stateMachineArn(name));
        if (status != null) {
            request.put("statusFilter", status.toUpperCase(Locale.ROOT));
        }
        while (found.size() < limit) {
            request.put("maxResults", Math.min(LARGEST_PAGE, limit - found.size()));
            JsonNode page = endpoint.client().call("ListExecutions", request);
            page.path("executions").forEach(found::add);
            if (!page.hasNonNull("nextToken")) {
                break;
            }
            request.set("nextToken", page.get("nextToken"));
        }
        return found;
    }

    private static String machine(JsonNode machine) {
        return machine.path("name").asText() + "  "
                + machine.path("stateMachineArn").asText();
    }

    private static String execution(JsonNode execution) {
        return String.format(
                Locale.ROOT,
                "%-10s %-24s %-24s %s",
                execution.path("status").asText(),
                Times.text(Times.of(execution.path("startDate"))),
                Times.text(Times.of(execution.path("stopDate"))),
                execution.path("name").asText());
    }
}
