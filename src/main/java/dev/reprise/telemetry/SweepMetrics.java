package dev.reprise.telemetry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.operations.SweepReport;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Writes what each sweep did as metrics, zeros too: an alarm on what is overdue needs to see that nothing is. */
public final class SweepMetrics implements Consumer<SweepReport> {

    private final InstantSource clock;
    private final Consumer<String> sink;

    /**
     * Metrics.
     *
     * @param sink takes each line, without its end
     */
    public SweepMetrics(InstantSource clock, Consumer<String> sink) {
        this.clock = clock;
        this.sink = sink;
    }

    @Override
    public void accept(SweepReport report) {
        Map<String, Integer> figures = new TreeMap<>(Map.of(
                "Overdue", report.overdue(),
                "Unreadable", report.unreadable(),
                "DeletedExecutions", report.deletedExecutions(),
                "DeletedItems", report.deletedItems()));
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        ObjectNode aws = line.putObject("_aws");
        aws.put("Timestamp", clock.millis());
        ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
        directive.put("Namespace", EmbeddedMetrics.NAMESPACE);
        directive.putArray("Dimensions").addArray();
        ArrayNode metrics = directive.putArray("Metrics");
        figures.forEach((name, figure) -> {
            EmbeddedMetrics.name(metrics, name, "Count");
            line.put(name, figure);
        });
        sink.accept(line.toString());
    }
}
