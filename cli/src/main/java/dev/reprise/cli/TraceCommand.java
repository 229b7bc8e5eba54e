package dev.reprise.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows where an execution's time went. */
@Command(
        name = "trace",
        description = "Shows an execution's states as a tree, each with a bar of its time.",
        footer = {"", "Example: reprise trace orders/order-4711 --depth 2"})
final class TraceCommand implements Callable<Integer> {

    private static final int BAR = 40;

    @Parameters(paramLabel = "EXECUTION", description = "Its ARN, or WORKFLOW/NAME.")
    String execution;

    @Option(names = "--depth", defaultValue = "99", description = "How many levels of Map and Parallel are shown.")
    int depth;

    @Mixin
    Endpoint endpoint = new Endpoint();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        StateSpans spans = StateSpans.of(endpoint.history(endpoint.executionArn(execution)));
        PrintWriter out = spec.commandLine().getOut();
        if (endpoint.isJson()) {
            out.print(JsonText.pretty(spans.toJson()));
        } else {
            spans.spans().stream()
                    .filter(span -> span.depth() <= depth)
                    .forEach(span -> out.println(line(span, spans.start(), spans.end())));
        }
        return ExitCode.OK;
    }

    private static String line(StateSpans.Span span, Instant start, Instant end) {
        long whole = Math.max(1, Duration.between(start, end).toMillis());
        int from = (int) (Duration.between(start, span.from()).toMillis() * BAR / whole);
        int to = (int) (Duration.between(start, span.to()).toMillis() * BAR / whole);
        String bar = " ".repeat(from) + "█".repeat(Math.max(1, to - from));
        String name = "  ".repeat(span.depth()) + span.name() + (span.failed() ? " ✗" : "");
        return String.format(
                Locale.ROOT,
                "%-40s %12s  %s",
                name,
                Times.text(Duration.between(span.from(), span.to())),
                span.failed() ? Terminal.coloured(bar, Terminal.Colour.RED) : bar);
    }
}
