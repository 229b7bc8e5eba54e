package dev.reprise.telemetry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line in CloudWatch's embedded metric format: Lambda's own log stream is all that it needs. The metrics stand under
 * {@value #NAMESPACE}, by the function, as several may write into one account, and where they are of one workflow by
 * its name too.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">AWS,
 *     Specification: Embedded metric format</a>
 */
final class EmbeddedMetrics {

    static final String NAMESPACE = "Reprise";
    static final String FUNCTION = "FunctionName";
    static final String WORKFLOW = "Workflow";

    private final ObjectNode line = JsonNodeFactory.instance.objectNode();
    private final ArrayNode metrics;

    /**
     * A line without metrics yet.
     *
     * @param function the name of the function that writes it
     * @param workflow whose metrics they are; null where they are of all
     */
    EmbeddedMetrics(Instant at, String function, @Nullable String workflow) {
        ObjectNode aws = line.putObject("_aws");
        aws.put("Timestamp", at.toEpochMilli());
        ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
        directive.put("Namespace", NAMESPACE);
        ArrayNode dimensions = directive.putArray("Dimensions");
        dimensions.addArray().add(FUNCTION);
        line.put(FUNCTION, function);
        metrics = directive.putArray("Metrics");
        if (workflow != null) {
            dimensions.addArray().add(FUNCTION).add(WORKFLOW);
            line.put(WORKFLOW, workflow);
        }
    }

    /** Something that is no metric, and that the line is found by. */
    EmbeddedMetrics with(String name, String value) {
        line.put(name, value);
        return this;
    }

    void count(String name, double value) {
        name(name, "Count");
        line.put(name, value);
    }

    /** Milliseconds, a hundred values at most. */
    void times(String name, List<Long> values) {
        if (!values.isEmpty()) {
            name(name, "Milliseconds");
            ArrayNode all = line.putArray(name);
            values.forEach(all::add);
        }
    }

    private void name(String name, String unit) {
        metrics.addObject().put("Name", name).put("Unit", unit);
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
