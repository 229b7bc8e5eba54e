package dev.reprise.telemetry;

import dev.reprise.operations.SweepReport;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Writes what each sweep did as metrics, zeros too: an alarm on what is overdue needs to see that nothing is. */
public final class SweepMetrics implements Consumer<SweepReport> {

    private final String function;
    private final InstantSource clock;
    private final Consumer<String> sink;

    /**
     * Metrics.
     *
     * @param function the name of the function that this is
     * @param sink takes each line, without its end
     */
    public SweepMetrics(String function, InstantSource clock, Consumer<String> sink) {
        this.function = function;
        this.clock = clock;
        this.sink = sink;
    }

    @Override
    public void accept(SweepReport report) {
        EmbeddedMetrics line = new EmbeddedMetrics(clock.instant(), function, null);
        line.count("Overdue", report.overdue());
        line.count("Unreadable", report.unreadable());
        line.count("DeletedExecutions", report.deletedExecutions());
        line.count("DeletedItems", report.deletedItems());
        sink.accept(line.toString());
    }
}
