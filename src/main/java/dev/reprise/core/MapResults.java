package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a distributed Map has to write.
 *
 * @param mapRunArn names the run that it is from
 * @param childStateMachineArn the state machine of the child executions
 * @param parameters the request, evaluated: {@code Bucket}, {@code Prefix}
 * @param transformation {@code NONE}, {@code COMPACT} or {@code FLATTEN}
 * @param outputType {@code JSON} or {@code JSONL}
 * @param items every item that was started, in order
 */
public record MapResults(
        String mapRunArn,
        String childStateMachineArn,
        JsonNode parameters,
        String transformation,
        String outputType,
        List<Item> items) {

    public MapResults {
        items = List.copyOf(items);
    }

    /**
     * One child execution.
     *
     * @param index from 0
     * @param arn names it
     * @param input what it ran on
     * @param output what it gave; null when it did not succeed
     * @param error how it failed; null when it did not fail
     */
    public record Item(
            int index,
            String arn,
            JsonNode input,
            @Nullable JsonNode output,
            @Nullable StatesError error) {

        /** {@code SUCCEEDED}, {@code FAILED}, or {@code ABORTED} where it was neither. */
        public String status() {
            return output != null ? "SUCCEEDED" : error != null ? "FAILED" : "ABORTED";
        }
    }

    /** The children that succeeded, in order. */
    public List<Item> succeeded() {
        return items.stream().filter(item -> item.output() != null).toList();
    }

    /** A child as Step Functions describes it under transformation {@code NONE}; without its start and stop times, which nobody kept. */
    public ObjectNode describe(Item item) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("ExecutionArn", item.arn());
        out.put("Input", item.input().toString());
        out.putObject("InputDetails").put("Included", true);
        out.put("Name", item.arn().substring(item.arn().lastIndexOf(':') + 1));
        if (item.output() != null) {
            out.put("Output", item.output().toString());
            out.putObject("OutputDetails").put("Included", true);
        }
        if (item.error() != null) {
            out.put("Error", item.error().error()).put("Cause", item.error().cause());
        }
        out.put("RedriveCount", 0);
        out.put("RedriveStatus", "NOT_REDRIVABLE");
        out.put("StateMachineArn", childStateMachineArn);
        out.put("Status", item.status());
        return out;
    }
}
