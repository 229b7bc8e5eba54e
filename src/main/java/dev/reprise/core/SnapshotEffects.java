package dev.reprise.core;

import static dev.reprise.core.SnapshotNumbers.instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.TaskPhase;
import dev.reprise.execution.TimerKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The part of a snapshot that says what a scope waits for. What follows from the state's definition is left out. */
final class SnapshotEffects {

    private SnapshotEffects() {}

    static ObjectNode write(Effect effect, Scope scope) {
        ObjectNode out = History.object();
        switch (effect) {
            case Effect.RunTask task -> writeTask(task, scope, out);
            case Effect.StartTimer timer ->
                out.put("timer", timer.kind().name()).put("due", timer.due().toEpochMilli());
            case Effect.ReadItems read -> out.set("read", writeRequest(read));
            case Effect.WriteResults write -> out.put("write", true);
            case Effect.Abandon abandon -> throw new IllegalStateException("Nobody waits for " + abandon);
            case Effect.End end -> throw new IllegalStateException("Nobody waits for " + end);
        }
        return out;
    }

    private static void writeTask(Effect.RunTask task, Scope scope, ObjectNode out) {
        if (!Execution.isSame(task.input(), scope.input)) {
            out.set("taskInput", task.input());
        }
        out.put("requestedAt", task.requestedAt().toEpochMilli());
        if (task.timeout() != null) {
            out.put("timeout", task.timeout().toMillis());
        }
        if (task.heartbeat() != null) {
            out.put("heartbeat", task.heartbeat().toMillis());
        }
        if (task.credentials() != null) {
            out.set("credentials", task.credentials());
        }
        write(task.phase(), out);
    }

    private static void write(TaskPhase phase, ObjectNode out) {
        TaskPhase.Begun begun = phase.beginning();
        if (begun != null) {
            out.put("startedAt", begun.at().toEpochMilli());
            if (begun.worker() != null) {
                out.put("worker", begun.worker());
            }
        }
        TaskPhase.Submitted submitted = phase.submission();
        if (submitted != null) {
            out.put("submittedAt", submitted.at().toEpochMilli());
            if (submitted.response() != null) {
                out.set("response", submitted.response());
            }
        }
        Instant heardAt = phase.heardAt();
        if (heardAt != null) {
            out.put("heardAt", heardAt.toEpochMilli());
        }
    }

    private static TaskPhase readPhase(JsonNode in) {
        TaskPhase phase = TaskPhase.Requested.INSTANCE;
        if (in.has("startedAt")) {
            phase = phase.begun(instant(in, "startedAt"), in.path("worker").textValue());
        }
        if (in.has("submittedAt")) {
            phase = phase.submitted(instant(in, "submittedAt"), in.get("response"));
        }
        return in.has("heardAt") ? phase.heard(instant(in, "heardAt")) : phase;
    }

    /** A data set's request, without what the definition says of it. */
    static ObjectNode writeRequest(Effect.ReadItems read) {
        ObjectNode out = History.object();
        out.put("step", read.id().step());
        out.set("parameters", read.request().parameters());
        if (read.request().maxItems() != null) {
            out.put("maxItems", read.request().maxItems());
        }
        return out;
    }

    /** @param scope restored but for this */
    static Effect read(JsonNode in, Scope scope, Execution execution) {
        EffectId id = new EffectId(scope.path, scope.step);
        if (in.has("timer")) {
            return new Effect.StartTimer(id, TimerKind.valueOf(in.path("timer").textValue()), instant(in, "due"));
        }
        if (in.has("read")) {
            return readRequest(in.path("read"), scope);
        }
        if (in.has("write")) {
            return map(scope).writeResults(id, Objects.requireNonNull(scope.fanOut), execution);
        }
        Effect.RunTask task = task(scope)
                .request(
                        id,
                        scope,
                        in.has("taskInput") ? in.path("taskInput") : scope.input,
                        instant(in, "requestedAt"),
                        duration(in, "timeout"),
                        duration(in, "heartbeat"),
                        in.get("credentials"));
        return task.in(readPhase(in));
    }

    static Effect.ReadItems readRequest(JsonNode in, Scope scope) {
        return readRequest(in, scope.path, map(scope));
    }

    static Effect.ReadItems readRequest(JsonNode in, ScopePath path, MapBehaviour map) {
        return map.readItems(
                new EffectId(path, SnapshotNumbers.number(in, "step")),
                in.path("parameters"),
                in.has("maxItems") ? SnapshotNumbers.number(in, "maxItems") : null);
    }

    private static MapBehaviour map(Scope scope) {
        if (scope.state instanceof MapBehaviour map) {
            return map;
        }
        throw misfit(scope, "Map");
    }

    private static TaskBehaviour task(Scope scope) {
        if (scope.state instanceof TaskBehaviour task) {
            return task;
        }
        throw misfit(scope, "Task");
    }

    private static IllegalArgumentException misfit(Scope scope, String type) {
        return new IllegalArgumentException(
                "The snapshot does not fit the program: state '" + scope.state.name + "' is no " + type);
    }

    private static @Nullable Duration duration(JsonNode in, String name) {
        return in.has(name) ? Duration.ofMillis(SnapshotNumbers.number(in, name)) : null;
    }
}
