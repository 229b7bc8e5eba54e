package dev.reprise.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.Standing;
import dev.reprise.execution.Effect;
import dev.reprise.execution.TaskPhase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes where an execution stands: each open scope's state, how far its items are, and what it waits for. */
final class StandingWriter {

    private StandingWriter() {}

    static ArrayNode write(List<Standing> standings) {
        ArrayNode states = JsonNodeFactory.instance.arrayNode();
        standings.forEach(standing -> states.add(write(standing)));
        return states;
    }

    private static ObjectNode write(Standing standing) {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.put("state", standing.state());
        if (standing.scope().parent() != null) {
            state.put("scope", standing.scope().toString());
        }
        Standing.Children children = standing.children();
        if (children != null) {
            state.putObject(children.areItems() ? "items" : "branches")
                    .put("total", children.total())
                    .put("succeeded", children.succeeded())
                    .put("failed", children.failed())
                    .put("running", children.running());
        }
        Effect awaits = standing.awaits();
        if (awaits != null) {
            write(awaits, state.putObject("waitsFor"));
        }
        return state;
    }

    private static void write(Effect awaits, ObjectNode out) {
        switch (awaits) {
            case Effect.RunTask task -> write(task, out);
            case Effect.StartTimer timer ->
                out.put(
                        switch (timer.kind()) {
                            case WAIT -> "time";
                            case RETRY -> "retry";
                            case TIMEOUT -> "timeout";
                            case HEARTBEAT -> "heartbeat";
                        },
                        timer.due().toString());
            case Effect.ReadItems read -> out.put("items", "to be read");
            case Effect.WriteResults results -> out.put("results", "to be written");
            case Effect.Abandon abandon -> out.put("effect", abandon.id().toString());
            case Effect.End end -> out.put("effect", end.id().toString());
        }
    }

    private static void write(Effect.RunTask task, ObjectNode out) {
        out.put(
                switch (task.pattern()) {
                    case REQUEST_RESPONSE -> "task";
                    case RUN_A_JOB -> "job";
                    case WAIT_FOR_TASK_TOKEN -> "callback";
                    case ACTIVITY -> "activity";
                },
                task.resource().uri());
        out.put("attempt", task.attempt());
        out.put("since", task.requestedAt().toString());
        Instant from = task.boundsFrom();
        if (from != null) {
            put(out, "timesOutAt", task.timeoutAt(from));
            put(out, "heartbeatDueAt", task.heartbeatAt(from));
        }
        TaskPhase.Begun begun = task.phase().beginning();
        if (begun != null) {
            out.put("begunAt", begun.at().toString());
        }
    }

    private static void put(ObjectNode out, String field, @Nullable Instant at) {
        if (at != null) {
            out.put(field, at.toString());
        }
    }
}
