package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.StatesError;

/**
 * What a Map or Parallel that is complete says of its children: the counts, and with {@code "Result": "BATCH"} each
 * child's outcome.
 */
final class BatchResult {

    private BatchResult() {}

    /**
     * Every child in order, with its outcome, and the counts.
     *
     * @param names what each child is called
     */
    static ObjectNode of(Children children, ItemNames names) {
        ObjectNode batch = History.object();
        ArrayNode all = JsonNodeFactory.instance.arrayNode(children.total);
        for (int i = 0; i < children.total; i++) {
            all.add(child(children, i, names.of(children, i)));
        }
        batch.set("all", all);
        return putCounts(children, batch);
    }

    /** A child has a {@code result} or an {@code error}, or neither when it did not end. */
    private static ObjectNode child(Children children, int index, String name) {
        ObjectNode child = History.object();
        child.put("index", index)
                .put("name", name)
                .put("status", children.status(index).name());
        JsonNode output = children.output(index);
        StatesError error = children.error(index);
        if (output != null) {
            child.set("result", output);
        } else if (error != null) {
            child.set("error", GuardedBehaviour.errorOutput(error));
        }
        return child;
    }

    /**
     * The counts alone.
     *
     * @param type {@code MapResult} or {@code ParallelResult}
     */
    static ObjectNode summary(Children children, String type) {
        return putCounts(children, History.object().put("type", type));
    }

    private static ObjectNode putCounts(Children children, ObjectNode out) {
        int ended = children.succeededCount() + children.failedCount();
        return out.put("status", (children.failedCount() > 0 ? ItemStatus.FAILED : ItemStatus.SUCCEEDED).name())
                .put("completionReason", children.completionReason().name())
                .put("successCount", children.succeededCount())
                .put("failureCount", children.failedCount())
                .put("startedCount", children.next() - ended)
                .put("skippedCount", children.total - children.next())
                .put("totalCount", children.total);
    }
}
