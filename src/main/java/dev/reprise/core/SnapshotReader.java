package dev.reprise.core;

import static dev.reprise.core.SnapshotNumbers.count;
import static dev.reprise.core.SnapshotNumbers.countOr0;
import static dev.reprise.core.SnapshotNumbers.element;
import static dev.reprise.core.SnapshotNumbers.instant;
import static dev.reprise.core.SnapshotNumbers.number;
import static dev.reprise.core.SnapshotNumbers.numberOr0;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Effect;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ItemList;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.StatesError;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SnapshotWriter} wrote. */
final class SnapshotReader {

    private final Execution execution;
    private final Program program;
    private final Map<ScopePath, Scope> scopes = new HashMap<>();

    SnapshotReader(Execution execution, Program program) {
        this.execution = execution;
        this.program = program;
    }

    void read(Entry.Started started, JsonNode in) {
        int version = count(in, "version");
        if (!Semantics.knows(version)) {
            throw new IllegalArgumentException("Snapshot of version " + version + " where versions up to "
                    + Semantics.VERSION + " are known: it was written by a newer release of Reprise");
        }
        execution.started = started;
        execution.position = number(in, "position");
        execution.now = instant(in, "now");
        execution.draws = count(in, "draws");
        execution.transitions = numberOr0(in, "transitions");
        execution.history.restore(number(in, "events"));
        execution.hasReadItems = in.has("hasReadItems");
        execution.redrives = countOr0(in, "redrives");
        if (in.has("redrivenAt")) {
            execution.redrivenAt = instant(in, "redrivenAt");
        }
        if (program.timeout() != null && in.has("root")) {
            execution.restoreTimeout(program.timeout());
        }
        if (in.has("root")) {
            execution.root = scope(in.path("root"), ScopePath.ROOT, program.body(), null, null, null);
        }
        for (JsonNode path : in.path("ready")) {
            Scope scope = scopes.get(ScopePath.parse(path.textValue()));
            // A closed scope may still have stood in the queue: it would have been passed over.
            if (scope != null) {
                scope.queued = true;
                execution.ready.addLast(scope);
            }
        }
    }

    /** @param elsewhere the scope's input where the snapshot does not repeat it; null when it stands in the scope */
    private Scope scope(
            JsonNode in,
            ScopePath path,
            BodyProgram body,
            @Nullable FanOut within,
            @Nullable MapItem item,
            @Nullable JsonNode elsewhere) {
        JsonNode input = in.has("input") ? in.path("input") : Objects.requireNonNull(elsewhere);
        History history = within == null
                ? execution.history
                : within.isolated ? execution.isolatedHistory() : within.owner.history;
        if (in.has("events")) {
            history.restore(number(in, "events"));
        }
        Scope scope = new Scope(path, body, within, item, input, history);
        scopes.put(path, scope);
        if (in.has("startedAt")) {
            scope.beginning = new Scope.Beginning(
                    instant(in, "startedAt"), in.has("executionInput") ? in.path("executionInput") : input);
        }
        scope.state = body.state(in.path("state").textValue());
        scope.phase = Scope.Phase.valueOf(in.path("phase").textValue());
        scope.enteredAt = instant(in, "enteredAt");
        scope.begunAt = begunAt(in, scope);
        scope.enteredEvent = number(in, "enteredEvent");
        scope.lastEvent = number(in, "lastEvent");
        scope.step = numberOr0(in, "step");
        scope.retryCount = countOr0(in, "retryCount");
        scope.retries = counts(in.get("retries"));
        scope.visits = counts(in.get("visits"));
        JsonNode variables = in.get("variables");
        if (variables != null) {
            Map<String, JsonNode> values = new HashMap<>();
            variables.properties().forEach(variable -> values.put(variable.getKey(), variable.getValue()));
            scope.variables = values;
        }
        if (in.has("fanOut")) {
            scope.fanOut = fanOut(in.path("fanOut"), scope);
        }
        if (in.has("pending")) {
            scope.pending = SnapshotEffects.read(in.path("pending"), scope, execution);
        }
        return scope;
    }

    /** It is left out where it says nothing new: a scope in its first state began when that was entered. */
    private Instant begunAt(JsonNode in, Scope scope) {
        if (in.has("begunAt")) {
            return instant(in, "begunAt");
        }
        if (scope.beginning != null) {
            return scope.beginning.at();
        }
        return scope.phase == Scope.Phase.ENTERING ? execution.now : scope.enteredAt;
    }

    private FanOut fanOut(JsonNode in, Scope owner) {
        if (!(owner.state instanceof FanOutBehaviour state)) {
            throw new IllegalArgumentException("The snapshot does not fit the program: state '" + owner.state.name
                    + "' is neither a Map nor a Parallel");
        }
        Children children = new Children(count(in, "total"), count(in, "concurrency"), policy(in.path("policy")));
        FanOut fanOut = new FanOut(
                state, owner, count(in, "visit"), in.path("isolated").asBoolean(), work(in, owner), children);
        if (in.has("starts")) {
            fanOut.times = ChildTimes.read(children.total, in.path("starts"), in.path("stops"));
        }
        if (in.has("writing")) {
            fanOut.writing = ResultWriting.restored(in.path("writing"));
        }
        children.restoreStarted(count(in, "started"));
        Deque<Integer> again = new ArrayDeque<>();
        in.path("again").forEach(index -> again.add(element(index, "again")));
        children.restoreAgain(again);
        JsonNode names = in.path("names");
        for (int i = 0; i < names.size(); i++) {
            children.name(i, names.path(i).textValue());
        }
        JsonNode succeeded = in.path("succeeded");
        JsonNode outputs = in.path("outputs");
        for (int i = 0; i < succeeded.size(); i++) {
            children.restoreOutput(element(succeeded.path(i), "succeeded"), outputs.path(i));
        }
        for (JsonNode failure : in.path("failed")) {
            children.restoreError(
                    count(failure, "index"), new StatesError(text(failure, "error"), text(failure, "cause")));
        }
        for (JsonNode child : in.path("running")) {
            int index = count(child, "index");
            MapItem item = item(fanOut, index, child.path("scope"));
            fanOut.restoreOpen(
                    index,
                    scope(
                            child.path("scope"),
                            owner.path.child(state.name, fanOut.visit, index),
                            state.childBody(index),
                            fanOut,
                            item,
                            item == null ? fanOut.work.value() : item.value()));
        }
        return fanOut;
    }

    private Work work(JsonNode in, Scope owner) {
        JsonNode value = in.has("work") ? in.path("work") : owner.input;
        WorkedInput input = new WorkedInput(owner, execution);
        if (!(owner.state instanceof MapBehaviour map)) {
            return Work.shared(value, input);
        }
        Work work = in.has("dataSet") ? read(in.path("dataSet"), owner, input) : Work.list(value, input);
        int[] batches = counts(in.get("batches"));
        return batches == null ? work : map.inBatches(work, in.get("batchInput"), batches, owner, execution);
    }

    private Work read(JsonNode in, Scope owner, WorkedInput input) {
        Effect.ReadItems read = SnapshotEffects.readRequest(in.path("read"), owner);
        String version = in.path("version").asText();
        ItemList items = execution.items(read, version);
        if (items == null) {
            throw new IllegalStateException(
                    "The items of state '" + owner.state.name + "' in scope " + owner.path + " were not supplied");
        }
        return Work.read(new Work.DataSet(read, version), items, input);
    }

    /**
     * The item that a child runs for; null in a Parallel. A batch that cannot be put together again is what the child
     * began with.
     */
    private static @Nullable MapItem item(FanOut fanOut, int index, JsonNode scope) {
        if (!fanOut.state.repeatsItems()) {
            return new MapItem(index, scope.path(scope.has("executionInput") ? "executionInput" : "input"));
        }
        return fanOut.state.childItem(fanOut, index);
    }

    private static CompletionPolicy policy(JsonNode in) {
        return new CompletionPolicy(
                in.has("minSuccessful") ? count(in, "minSuccessful") : null,
                in.has("toleratedFailureCount") ? number(in, "toleratedFailureCount") : null,
                in.has("toleratedFailurePercentage")
                        ? in.path("toleratedFailurePercentage").decimalValue()
                        : null);
    }

    private static @Nullable String text(JsonNode in, String name) {
        return in.path(name).textValue();
    }

    private static int @Nullable [] counts(@Nullable JsonNode in) {
        if (in == null) {
            return null;
        }
        int[] counts = new int[in.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = element(in.path(i), "counts");
        }
        return counts;
    }
}
