package dev.reprise.telemetry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/**
 * A line in CloudWatch's embedded metric format: Lambda's own log stream is all that it needs. The metrics stand under
 * {@value #NAMESPACE}, once for all workflows and once for each ({@value #WORKFLOW}).
 */
final class EmbeddedMetrics {

    static final String NAMESPACE = "Reprise";
    static final String WORKFLOW = "Workflow";

    private EmbeddedMetrics() {}

    static ObjectNode line(String executionArn, RunCounts counts, long millis) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        ObjectNode aws = line.putObject("_aws");
        aws.put("Timestamp", millis);
        ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
        directive.put("Namespace", NAMESPACE);
        ArrayNode dimensions = directive.putArray("Dimensions");
        dimensions.addArray();
        dimensions.addArray().add(WORKFLOW);
        ArrayNode metrics = directive.putArray("Metrics");

        line.put(WORKFLOW, Names.workflow(executionArn)).put("executionArn", executionArn);
        counts.counts().forEach((metric, value) -> {
            name(metrics, metric.cloudWatchName(), "Count");
            line.put(metric.cloudWatchName(), value);
        });
        Duration executionTime = counts.executionTime();
        if (executionTime != null) {
            name(metrics, "ExecutionTime", "Milliseconds");
            line.put("ExecutionTime", executionTime.toMillis());
        }
        List<Long> taskTimes = counts.taskTimes();
        if (!taskTimes.isEmpty()) {
            name(metrics, "TaskTime", "Milliseconds");
            ArrayNode values = line.putArray("TaskTime");
            taskTimes.forEach(values::add);
        }
        return line;
    }

    static void name(ArrayNode metrics, String name, String unit) {
        metrics.addObject().put("Name", name).put("Unit", unit);
    }
}
