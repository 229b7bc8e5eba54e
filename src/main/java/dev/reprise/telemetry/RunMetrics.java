package dev.reprise.telemetry;

import dev.reprise.runtime.RunEvent;
import dev.reprise.runtime.RunListener;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Counts what executions do, and writes one line in <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">CloudWatch's
 * embedded metric format</a> when an execution ends or is suspended. A replay counts nothing. Thread-safe, as its sink
 * must be.
 */
public final class RunMetrics implements RunListener {

    /** So many executions are counted at once; one more, and what is known of the oldest is written. */
    private static final int MOST_EXECUTIONS = 256;

    private final String function;
    private final Consumer<String> sink;
    private final Lock lock = new ReentrantLock();
    private final Map<String, RunCounts> underWay = new LinkedHashMap<>();
    private final AtomicBoolean isFirst = new AtomicBoolean(true);

    /**
     * Metrics.
     *
     * @param function the name of the function that this is
     * @param sink takes each line, without its end
     */
    public RunMetrics(String function, Consumer<String> sink) {
        this.function = function;
        this.sink = sink;
    }

    @Override
    public void on(RunEvent event) {
        lock.lock();
        try {
            RunCounts counts = underWay.computeIfAbsent(event.executionArn(), this::begin);
            counts.count(event);
            if (event instanceof RunEvent.Ended || event instanceof RunEvent.Suspended) {
                underWay.remove(event.executionArn());
                write(event.executionArn(), counts, event.at());
            } else if (underWay.size() > MOST_EXECUTIONS) {
                Map.Entry<String, RunCounts> oldest =
                        underWay.entrySet().iterator().next();
                underWay.remove(oldest.getKey());
                write(oldest.getKey(), oldest.getValue(), event.at());
            }
        } finally {
            lock.unlock();
        }
    }

    private RunCounts begin(String executionArn) {
        RunCounts counts = new RunCounts();
        if (isFirst.compareAndSet(true, false)) {
            counts.coldStart();
        }
        return counts;
    }

    private void write(String executionArn, RunCounts counts, Instant at) {
        EmbeddedMetrics line =
                new EmbeddedMetrics(at, function, Names.workflow(executionArn)).with("executionArn", executionArn);
        counts.counts().forEach((metric, value) -> line.count(metric.cloudWatchName(), value));
        Duration executionTime = counts.executionTime();
        line.times("ExecutionTime", executionTime == null ? List.of() : List.of(executionTime.toMillis()));
        line.times("TaskTime", counts.taskTimes());
        sink.accept(line.toString());
    }
}
