package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.testing.suite.RecordedExecution;
import dev.reprise.testing.suite.TestFileException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what an execution has done. */
@Command(
        name = "history",
        description = "Tells what an execution has done, event by event.",
        footer = {
            "",
            "Example: reprise history orders/order-4711 --follow",
            "Example: reprise history orders/order-4711 --as-test > workflows/orders.test.json"
        })
final class HistoryCommand implements Callable<Integer> {

    private static final long POLL_MILLIS = 500;
    private static final int LONGEST_DATA = 120;

    @Parameters(paramLabel = "EXECUTION", description = "Its ARN, or WORKFLOW/NAME.")
    String execution;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on until the execution has ended.")
    boolean follow;

    @Option(names = "--as-test", description = "Prints a NAME.test.json with this execution as its case.")
    boolean asTest;

    @Mixin
    Endpoint endpoint = new Endpoint();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        String arn = endpoint.executionArn(execution);
        if (follow && !endpoint.isJson() && !asTest) {
            follow(arn);
            return ExitCode.OK;
        }
        ObjectNode export = StepFunctionsClient.object();
        ArrayNode events = endpoint.history(arn);
        export.put("executionArn", arn);
        export.set("events", events);
        PrintWriter out = spec.commandLine().getOut();
        if (asTest) {
            out.print(JsonText.pretty(asTest(arn, export)));
        } else if (endpoint.isJson()) {
            out.print(JsonText.pretty(export));
        } else {
            events.forEach(event -> out.println(line(event)));
        }
        return ExitCode.OK;
    }

    /** Asks again from the page on that was not full. */
    private void follow(String arn) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        long shown = 0;
        @Nullable JsonNode from = null;
        while (true) {
            ObjectNode request = Endpoint.historyRequest(arn);
            if (from != null) {
                request.set("nextToken", from);
            }
            JsonNode page = endpoint.client().call("GetExecutionHistory", request);
            boolean ended = false;
            for (JsonNode event : page.path("events")) {
                if (event.path("id").asLong() > shown) {
                    shown = event.path("id").asLong();
                    out.println(line(event));
                }
                ended = isEnd(event.path("type").asText());
            }
            out.flush();
            if (page.hasNonNull("nextToken")) {
                from = page.get("nextToken");
            } else if (ended) {
                return;
            } else {
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    private static boolean isEnd(String type) {
        return type.startsWith("Execution") && !type.equals("ExecutionStarted") && !type.equals("ExecutionRedriven");
    }

    static JsonNode asTest(String arn, JsonNode export) {
        try {
            ObjectNode file = StepFunctionsClient.object();
            String name = arn.substring(arn.lastIndexOf(':') + 1);
            file.putArray("cases").add(RecordedExecution.read(export).toCase(name));
            return file;
        } catch (TestFileException e) {
            throw new CommandException(e.getMessage());
        }
    }

    private static String line(JsonNode event) {
        String data = "";
        for (Map.Entry<String, JsonNode> member : event.properties()) {
            if (member.getKey().endsWith("EventDetails")) {
                data = member.getValue().toString();
            }
        }
        String shown = data.length() > LONGEST_DATA ? data.substring(0, LONGEST_DATA) + "…" : data;
        return String.format(
                        Locale.ROOT,
                        "%5d  %-24s  %-26s %s",
                        event.path("id").asLong(),
                        Times.text(Times.of(event.path("timestamp"))),
                        event.path("type").asText(),
                        shown)
                .stripTrailing();
    }
}
