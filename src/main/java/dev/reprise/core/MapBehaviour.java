package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.reprise.asl.ItemProcessor;
import dev.reprise.asl.State;
import dev.reprise.query.EvaluationException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs its processor for each item: in scopes of this execution, or, where it is distributed, each in an execution of its own. */
final class MapBehaviour extends FanOutBehaviour {

    private final BodyProgram processor;
    private final boolean distributed;
    private final String label;
    private final MapItems items;
    private final CompletionRules rules;
    private final ItemNames names;
    private final FanOutEvents events;
    private final @Nullable MapReader reader;
    private final @Nullable ItemBatches batches;
    private final MapWriter writer;

    MapBehaviour(State.Map state, Compiler compiler) {
        super(state, state.completion(), compiler, HistoryEventType.MapStateEntered, HistoryEventType.MapStateExited);
        this.processor = compiler.body(state.processor().body());
        this.distributed = state.processor().mode() == ItemProcessor.Mode.DISTRIBUTED;
        this.label = Objects.requireNonNullElse(state.label(), state.name());
        this.items = new MapItems(state, flow, compiler);
        this.rules = CompletionRules.of(state, flow.typeError(), compiler);
        this.names = ItemNames.of(state, flow.typeError(), compiler);
        this.events = distributed ? new FanOutEvents.OfMapRun() : new FanOutEvents.OfMap(name, completion, names);
        this.reader = state.reader() == null ? null : new MapReader(state, state.reader(), flow.typeError(), compiler);
        this.batches =
                state.batcher() == null ? null : new ItemBatches(state, state.batcher(), flow.typeError(), compiler);
        this.writer = new MapWriter(state, state.resultWriter(), compiler);
    }

    @Override
    CompletionRules rules() {
        return rules;
    }

    @Override
    ItemNames names() {
        return names;
    }

    @Override
    FanOutEvents events() {
        return events;
    }

    @Override
    void prepare(Scope scope, Execution execution) {
        JsonNode worked = flow.workOn(scope, execution);
        StateEnvironment environment = new StateEnvironment(scope, execution, worked);
        JsonNode list = reader == null ? items.list(environment) : null;
        scope.history.record(
                scope,
                HistoryEventType.MapStateStarted,
                () -> History.object().put("length", list == null ? 0 : list.size()));
        // What is wrong with these comes to light before the run of a distributed Map starts.
        CompletionPolicy completion = rules.policy(environment);
        int concurrency = rules.concurrency(environment);
        if (reader == null) {
            recordRunStarted(scope);
            start(scope, Objects.requireNonNull(list), completion, concurrency, null, execution);
        } else {
            DataSetRequest request = reader.request(environment);
            recordRunStarted(scope);
            execution.await(scope, new Effect.ReadItems(execution.nextEffect(scope), name, request));
        }
    }

    private void start(
            Scope scope,
            JsonNode list,
            CompletionPolicy completion,
            int concurrency,
            FanOut.@Nullable DataSet dataSet,
            Execution execution) {
        JsonNode work = batches == null ? list : batched(list, scope, execution);
        begin(
                new FanOut(
                        scope,
                        visit(scope),
                        work.size(),
                        concurrency,
                        completion,
                        distributed,
                        work,
                        batches == null ? dataSet : null),
                execution);
    }

    private ArrayNode batched(JsonNode list, Scope scope, Execution execution) {
        JsonNode worked = flow.workOn(scope, execution);
        return Objects.requireNonNull(batches)
                .of(
                        list.size(),
                        i -> items.shaped(new MapItem(i, list.path(i)), scope, worked, execution),
                        new StateEnvironment(scope, execution, worked),
                        execution.payloadBytes());
    }

    @Override
    void hear(Scope scope, Effect effect, Entry.OfEffect entry, Execution execution) {
        switch (effect) {
            case Effect.ReadItems read -> heardOfReading(scope, read, entry, execution);
            case Effect.WriteResults write -> heardOfWriting(scope, entry, execution);
            default -> super.hear(scope, effect, entry, execution);
        }
    }

    private void heardOfReading(Scope scope, Effect.ReadItems read, Entry.OfEffect entry, Execution execution) {
        if (entry instanceof Entry.ItemsRead itemsRead) {
            ArrayNode list = execution.items(read, itemsRead);
            if (list != null) {
                startRead(scope, list, new FanOut.DataSet(read, itemsRead.version()), execution);
            }
        } else if (entry instanceof Entry.TaskFailed failed) {
            failWhole(scope, failed.error(), execution);
        }
    }

    private void startRead(Scope scope, ArrayNode list, FanOut.DataSet dataSet, Execution execution) {
        try {
            StateEnvironment environment = new StateEnvironment(scope, execution, flow.workOn(scope, execution));
            CompletionPolicy completion = rules.policy(environment);
            start(scope, list, completion, rules.concurrency(environment), dataSet, execution);
        } catch (EvaluationException e) {
            failWhole(scope, execution.error(scope, e), execution);
        }
    }

    private void heardOfWriting(Scope scope, Entry.OfEffect entry, Execution execution) {
        if (entry instanceof Entry.TaskSucceeded written) {
            succeedWith(Objects.requireNonNull(scope.fanOut), written.output(), null, execution);
        } else if (entry instanceof Entry.TaskFailed failed) {
            failWhole(scope, failed.error(), execution);
        }
    }

    @Override
    void completed(FanOut fanOut, Execution execution) {
        if (!writer.writes()) {
            super.completed(fanOut, execution);
            return;
        }
        Scope owner = fanOut.owner;
        JsonNode request = writer.request(new StateEnvironment(owner, execution, flow.workOn(owner, execution)));
        execution.await(owner, writeResults(execution.nextEffect(owner), fanOut, request, execution));
    }

    @Override
    JsonNode values(FanOut fanOut, Execution execution) {
        return writer.output(
                fanOut, completion.captureErrors(), run(fanOut, execution), i -> childInput(fanOut, i, execution));
    }

    Effect.WriteResults writeResults(EffectId id, FanOut fanOut, JsonNode request, Execution execution) {
        return new Effect.WriteResults(
                id,
                name,
                writer.results(fanOut, run(fanOut, execution), request, i -> childInput(fanOut, i, execution)));
    }

    Effect.ReadItems readItems(EffectId id, JsonNode parameters, @Nullable Long maxItems) {
        return new Effect.ReadItems(id, name, Objects.requireNonNull(reader).request(parameters, maxItems));
    }

    /** What a child of a distributed Map is called. */
    ExecutionIdentity childIdentity(FanOut fanOut, int index, Execution execution) {
        return run(fanOut, execution).child(index, execution.identity);
    }

    private MapRun run(FanOut fanOut, Execution execution) {
        return MapRun.of(fanOut, label, execution);
    }

    @Override
    BodyProgram childBody(int index) {
        return processor;
    }

    @Override
    JsonNode childInput(FanOut fanOut, int index, Execution execution) {
        MapItem item = childItem(fanOut, index);
        if (batches != null || !items.shapes()) {
            return item.value();
        }
        return items.shaped(item, fanOut.owner, flow.workOn(fanOut.owner, execution), execution);
    }

    @Override
    MapItem childItem(FanOut fanOut, int index) {
        return new MapItem(index, fanOut.work.path(index));
    }

    @Override
    void name(FanOut fanOut, int index, Execution execution) {
        if (names.given()) {
            Scope owner = fanOut.owner;
            JsonNode worked = flow.workOn(owner, execution);
            names.name(
                    fanOut,
                    index,
                    new StateEnvironment(owner, execution, worked, null, null, childItem(fanOut, index)));
        }
    }

    private void recordRunStarted(Scope scope) {
        if (distributed) {
            scope.history.record(scope, HistoryEventType.MapRunStarted);
        }
    }

    @Override
    String summaryType() {
        return "MapResult";
    }
}
