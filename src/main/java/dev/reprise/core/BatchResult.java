package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a Map or Parallel that is complete says of its children: the counts, and with {@code "Result": "BATCH"} each child's outcome. */
final class BatchResult {

    private BatchResult() {}

    /**
     * Every child in order, with its outcome, and the counts.
     *
     * @param names what each child is called
     */
    static ObjectNode of(FanOut fanOut, ItemNames names) {
        ObjectNode batch = History.object();
        ArrayNode all = JsonNodeFactory.instance.arrayNode(fanOut.total);
        for (int i = 0; i < fanOut.total; i++) {
            all.add(child(fanOut, i, names.of(fanOut, i)));
        }
        batch.set("all", all);
        return putCounts(fanOut, batch);
    }

    /** A child has a {@code result} or an {@code error}, or neither when it did not end. */
    private static ObjectNode child(FanOut fanOut, int index, String name) {
        ObjectNode child = History.object();
        child.put("index", index)
                .put("name", name)
                .put("status", fanOut.status(index).name());
        JsonNode output = fanOut.output(index);
        StatesError error = fanOut.error(index);
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
    static ObjectNode summary(FanOut fanOut, String type) {
        return putCounts(fanOut, History.object().put("type", type));
    }

    private static ObjectNode putCounts(FanOut fanOut, ObjectNode out) {
        int ended = fanOut.succeededCount() + fanOut.failedCount();
        return out.put("status", (fanOut.failedCount() > 0 ? ItemStatus.FAILED : ItemStatus.SUCCEEDED).name())
                .put("completionReason", fanOut.completionReason().name())
                .put("successCount", fanOut.succeededCount())
                .put("failureCount", fanOut.failedCount())
                .put("startedCount", fanOut.next() - ended)
                .put("skippedCount", fanOut.total - fanOut.next())
                .put("totalCount", fanOut.total);
    }
}
