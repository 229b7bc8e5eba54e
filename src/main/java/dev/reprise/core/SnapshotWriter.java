package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.StatesError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes down an execution's whole state. What follows from the program or from the journal's first entry is left out,
 * and so is a value that stands elsewhere in the same snapshot.
 */
final class SnapshotWriter {

    private SnapshotWriter() {}

    static ObjectNode write(Execution execution) {
        ObjectNode out = object();
        out.put("version", Semantics.VERSION);
        out.put("position", execution.position);
        out.put("now", execution.now.toEpochMilli());
        out.put("draws", execution.draws);
        out.put("events", execution.history.lastId());
        putIfPositive(out, "redrives", execution.redrives);
        if (execution.redrivenAt != null) {
            out.put("redrivenAt", execution.redrivenAt.toEpochMilli());
        }
        if (execution.hasReadItems) {
            out.put("hasReadItems", true);
        }
        if (!execution.ready.isEmpty()) {
            out.put("transitions", execution.transitions);
        }
        ArrayNode ready = out.putArray("ready");
        execution.ready.forEach(scope -> ready.add(scope.path.toString()));
        if (execution.root != null) {
            out.set("root", scope(execution.root, null));
        }
        return out;
    }

    /** @param item the value of the Map item that the scope runs for, which its Map holds; null outside a Map */
    private static ObjectNode scope(Scope scope, @Nullable JsonNode item) {
        ObjectNode out = object();
        out.put("state", scope.state.name);
        out.put("phase", scope.phase.name());
        if (!Execution.isSame(scope.input, item)) {
            out.set("input", scope.input);
        }
        out.put("enteredAt", scope.enteredAt.toEpochMilli());
        out.put("enteredEvent", scope.enteredEvent);
        out.put("lastEvent", scope.lastEvent);
        putIfPositive(out, "step", scope.step);
        putIfPositive(out, "retryCount", scope.retryCount);
        putCounts(out, "retries", scope.retries);
        putCounts(out, "visits", scope.visits);
        if (scope.variables != null) {
            out.putObject("variables").setAll(scope.variables);
        }
        if (scope.pending != null) {
            out.set("pending", SnapshotEffects.write(scope.pending, scope));
        }
        if (scope.fanOut != null) {
            out.set("fanOut", fanOut(scope.fanOut));
        }
        return out;
    }

    private static ObjectNode fanOut(FanOut fanOut) {
        ObjectNode out = object();
        out.put("visit", fanOut.visit);
        out.put("total", fanOut.children.total);
        out.put("concurrency", fanOut.children.concurrency);
        out.put("isolated", fanOut.isolated);
        out.put("started", fanOut.children.next());
        putAgain(out, fanOut);
        putWork(out, fanOut);
        out.set("policy", policy(fanOut.children.policy));
        putNames(out, fanOut);
        ArrayNode succeeded = out.putArray("succeeded");
        ArrayNode outputs = out.putArray("outputs");
        ArrayNode failed = out.putArray("failed");
        ArrayNode running = out.putArray("running");
        for (int i = 0; i < fanOut.children.next(); i++) {
            JsonNode output = fanOut.children.output(i);
            StatesError error = fanOut.children.error(i);
            Scope child = fanOut.child(i);
            if (output != null) {
                succeeded.add(i);
                outputs.add(output);
            } else if (error != null) {
                failed.addObject().put("index", i).put("error", error.error()).put("cause", error.cause());
            } else if (child != null) {
                running.addObject().put("index", i).set("scope", child(child, fanOut));
            }
        }
        return out;
    }

    private static void putAgain(ObjectNode out, FanOut fanOut) {
        ArrayNode again = JsonNodeFactory.instance.arrayNode();
        fanOut.children.toStartAgain().forEach(index -> again.add(index.intValue()));
        if (!again.isEmpty()) {
            out.set("again", again);
        }
    }

    private static void putWork(ObjectNode out, FanOut fanOut) {
        Work work = fanOut.work;
        if (work.dataSet() != null) {
            out.putObject("dataSet")
                    .put("version", work.dataSet().version())
                    .set("read", SnapshotEffects.writeRequest(work.dataSet().read()));
        } else if (!Execution.isSame(work.value(), fanOut.owner.input)) {
            out.set("work", work.value());
        }
        if (work.batches() != null) {
            putCounts(out, "batches", work.batches().ends());
            if (work.batches().input() != null) {
                out.set("batchInput", work.batches().input());
            }
        }
        if (fanOut.times != null) {
            fanOut.times.write(fanOut.children.next(), out.putArray("starts"), out.putArray("stops"));
        }
        if (fanOut.writing != null) {
            out.set("writing", fanOut.writing.snapshot());
        }
    }

    private static ObjectNode child(Scope child, FanOut fanOut) {
        MapItem item = child.ownItem();
        boolean known = item == null || fanOut.state.repeatsItems();
        ObjectNode out = scope(child, item == null ? fanOut.work.value() : known ? item.value() : null);
        if (child.beginning == null
                && (child.phase == Scope.Phase.ENTERING || !child.begunAt.equals(child.enteredAt))) {
            out.put("begunAt", child.begunAt.toEpochMilli());
        }
        if (child.beginning != null) {
            out.put("events", child.history.lastId())
                    .put("startedAt", child.beginning.at().toEpochMilli());
            if (!Execution.isSame(child.beginning.input(), child.input)) {
                out.set("executionInput", child.beginning.input());
            }
        }
        return out;
    }

    /**
     * A Map names its items one by one as they start, so that those that have a name come first; a Parallel names all
     * its branches before.
     */
    private static void putNames(ObjectNode out, FanOut fanOut) {
        String name = fanOut.children.total == 0 ? null : fanOut.children.name(0);
        if (name != null) {
            ArrayNode names = out.putArray("names");
            for (int i = 0; i < fanOut.children.total && name != null; i++) {
                names.add(name);
                name = i + 1 < fanOut.children.total ? fanOut.children.name(i + 1) : null;
            }
        }
    }

    private static ObjectNode policy(CompletionPolicy policy) {
        ObjectNode out = object();
        if (policy.minSuccessful() != null) {
            out.put("minSuccessful", policy.minSuccessful());
        }
        if (policy.toleratedFailureCount() != null) {
            out.put("toleratedFailureCount", policy.toleratedFailureCount());
        }
        if (policy.toleratedFailurePercentage() != null) {
            out.put("toleratedFailurePercentage", policy.toleratedFailurePercentage());
        }
        return out;
    }

    private static void putIfPositive(ObjectNode out, String name, long count) {
        if (count > 0) {
            out.put(name, count);
        }
    }

    private static void putCounts(ObjectNode out, String name, int @Nullable [] counts) {
        if (counts != null) {
            ArrayNode array = out.putArray(name);
            for (int count : Objects.requireNonNull(counts)) {
                array.add(count);
            }
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
