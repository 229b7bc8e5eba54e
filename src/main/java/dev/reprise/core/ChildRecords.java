package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.StatesError;
import java.time.Instant;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The children of a distributed Map as Step Functions describes executions in result files, and in results that are not
 * transformed.
 *
 * @param inputs what each child ran on
 */
record ChildRecords(FanOut fanOut, MapRun run, IntFunction<JsonNode> inputs) {

    /** The child of that index, which has ended, was aborted, or never started. */
    ObjectNode of(int index) {
        ObjectNode out = History.object();
        StatesError error = fanOut.children.error(index);
        if (error != null) {
            putText(out, "Cause", error.cause());
            putText(out, "Error", error.error());
        }
        out.put("ExecutionArn", run.childArn(index));
        putJson(out, "Input", inputs.apply(index));
        out.put("Name", run.childName(index));
        JsonNode output = fanOut.children.output(index);
        if (output != null) {
            putJson(out, "Output", output);
        }
        String status = status(index);
        out.put("RedriveCount", 0)
                .put("RedriveStatus", "NOT_REDRIVABLE")
                .put("RedriveStatusReason", "Execution is " + status + " and cannot be redriven");
        ChildTimes times = fanOut.times;
        if (times != null) {
            putTime(out, "StartDate", times.startedAt(index));
        }
        out.put("StateMachineArn", run.childStateMachineArn()).put("Status", status);
        if (times != null) {
            putTime(out, "StopDate", times.stoppedAt(index));
        }
        return out;
    }

    private String status(int index) {
        return switch (fanOut.children.status(index)) {
            case SUCCEEDED -> "SUCCEEDED";
            case FAILED -> "FAILED";
            case STARTED -> "ABORTED";
            case SKIPPED -> "PENDING";
        };
    }

    private static void putJson(ObjectNode out, String name, JsonNode value) {
        out.put(name, value.toString()).putObject(name + "Details").put("Included", true);
    }

    private static void putTime(ObjectNode out, String name, @Nullable Instant at) {
        putText(out, name, at == null ? null : ContextObject.MILLIS.format(at));
    }

    private static void putText(ObjectNode out, String name, @Nullable String text) {
        if (text != null) {
            out.put(name, text);
        }
    }
}
