package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ItemProcessor;
import dev.reprise.asl.State;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.DataSetRequest;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ErrorNames;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.ItemList;
import dev.reprise.execution.StatesError;
import dev.reprise.query.EvaluationException;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs its processor for each item: in scopes of this execution, or, where it is distributed, each in an execution of
 * its own.
 */
final class MapBehaviour extends FanOutBehaviour {

    /** More children of a distributed Map do not run at once, on AWS neither. Each that runs is held in memory. */
    private static final int MOST_CHILDREN = 10_000;

    private final BodyProgram processor;
    private final boolean distributed;
    /** Whether it has fields that only a distributed Map can have. */
    private final boolean misplaced;

    private final String label;
    private final MapItems items;
    private final CompletionRules rules;
    private final ItemNames names;
    private final FanOutEvents events;
    private final @Nullable MapReader reader;
    private final @Nullable ItemBatches batches;
    private final MapWriter writer;
    private final MapExport export;

    MapBehaviour(State.Map state, Compiler compiler) {
        super(state, state.completion(), compiler, HistoryEventType.MapStateEntered, HistoryEventType.MapStateExited);
        this.processor = compiler.body(state.processor().body());
        this.distributed = state.processor().mode() == ItemProcessor.Mode.DISTRIBUTED;
        this.misplaced =
                !distributed && (state.reader() != null || state.batcher() != null || state.resultWriter() != null);
        this.label = Objects.requireNonNullElse(state.label(), state.name());
        this.items = new MapItems(state, flow, compiler);
        this.rules = CompletionRules.of(state, flow.typeError(), compiler);
        this.names = ItemNames.of(state, flow.typeError(), compiler);
        this.events = distributed ? new FanOutEvents.OfMapRun() : new FanOutEvents.OfMap(name, completion, names);
        this.reader = state.reader() == null ? null : new MapReader(state, state.reader(), flow.typeError(), compiler);
        this.batches =
                state.batcher() == null ? null : new ItemBatches(state, state.batcher(), flow.typeError(), compiler);
        this.writer = new MapWriter(state, state.resultWriter(), compiler);
        this.export = new MapExport(this, writer);
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
    ErrorNames.Origin failureOrigin() {
        return ErrorNames.Origin.STATE;
    }

    @Override
    FanOutEvents events() {
        return events;
    }

    @Override
    void prepare(Scope scope, Execution execution) {
        if (misplaced) {
            throw new EvaluationException(
                    ErrorNames.RUNTIME,
                    "The ItemReader, ItemBatcher and ResultWriter fields are not supported for INLINE maps");
        }
        WorkedInput input = new WorkedInput(scope, execution);
        StateEnvironment environment = new StateEnvironment(scope, execution, input.value());
        JsonNode list = reader == null ? items.list(environment) : null;
        // What is wrong with this comes to light before the Map starts, what is wrong with other rules after.
        int concurrency = rules.concurrency(environment);
        scope.history.record(
                scope,
                HistoryEventType.MapStateStarted,
                () -> History.object().put("length", list == null ? 0 : list.size()));
        // What is wrong with these comes to light before the run of a distributed Map starts.
        Conditions conditions = conditions(concurrency, environment);
        if (execution.isInspected()) {
            rules.show(environment, execution);
        }
        if (reader == null) {
            recordRunStarted(scope, execution);
            startRun(scope, Work.list(Objects.requireNonNull(list), input), conditions, execution);
        } else {
            DataSetRequest request = reader.request(environment);
            recordRunStarted(scope, execution);
            execution.await(scope, new Effect.ReadItems(execution.nextEffect(scope), name, request));
        }
    }

    /**
     * What the definition says of a run beside its items.
     *
     * @param results the evaluated request to write results elsewhere; null when they stay here
     */
    private record Conditions(
            CompletionPolicy completion,
            int concurrency,
            @Nullable JsonNode results) {}

    private Conditions conditions(int concurrency, StateEnvironment environment) {
        boolean tooMany = concurrency == 0 || concurrency > MOST_CHILDREN;
        return new Conditions(
                rules.policy(environment),
                distributed && tooMany ? MOST_CHILDREN : concurrency,
                writer.writes() ? writer.request(environment) : null);
    }

    private void startRun(Scope scope, Work items, Conditions conditions, Execution execution) {
        try {
            start(scope, items, conditions, execution);
        } catch (EvaluationException e) {
            failRun(scope, execution.error(scope, e), execution);
        }
    }

    private void start(Scope scope, Work items, Conditions conditions, Execution execution) {
        Work work = batches == null ? items : items.inBatches(batches(items, scope, execution));
        if (execution.isInspected()) {
            show(items, work, scope, execution);
        }
        CompletionPolicy completion = conditions.completion();
        int total = work.items().size();
        rules.check(completion, total);
        Children children = new Children(total, conditions.concurrency(), completion);
        FanOut fanOut = new FanOut(this, scope, visit(scope), distributed, work, children);
        if (distributed && writer.describes()) {
            fanOut.times = new ChildTimes(total);
        }
        if (conditions.results() == null) {
            begin(fanOut, execution);
        } else {
            scope.fanOut = fanOut;
            export.test(fanOut, conditions.results(), execution);
        }
    }

    private void show(Work found, Work work, Scope scope, Execution execution) {
        ItemList list = found.items();
        if (reader == null) {
            execution.show(Stage.ITEMS_PATH, found.value());
        } else if (reader.hasPointer()) {
            execution.show(
                    Stage.ITEMS_POINTER,
                    ItemList.array(list.size(), i -> MapItem.of(list, i).input()));
        }
        if (items.shapes()) {
            execution.show(Stage.ITEM_SELECTOR, ItemList.array(list.size(), shaped(found, scope, execution)));
        }
        if (batches != null) {
            execution.show(Stage.ITEM_BATCHER, ItemList.array(work.items().size(), work.items()::get));
        }
    }

    private ItemBatches.Batches batches(Work found, Scope scope, Execution execution) {
        return Objects.requireNonNull(batches)
                .of(
                        found.items().size(),
                        shaped(found, scope, execution),
                        new StateEnvironment(scope, execution, found.input().value()),
                        execution);
    }

    /** The batches as a snapshot tells of them. */
    Work inBatches(Work found, @Nullable JsonNode input, int[] ends, Scope scope, Execution execution) {
        return found.inBatches(new ItemBatches.Batches(input, ends, shaped(found, scope, execution)));
    }

    private IntFunction<JsonNode> shaped(Work found, Scope scope, Execution execution) {
        ItemList list = found.items();
        return items.shapes()
                ? i -> shaped(MapItem.of(list, i), scope, found.input(), execution)
                : i -> MapItem.of(list, i).input();
    }

    private JsonNode shaped(MapItem item, Scope scope, WorkedInput input, Execution execution) {
        return items.shaped(item, scope, input.value(), execution);
    }

    @Override
    void handle(Scope scope, Effect effect, Entry.OfEffect entry, Execution execution) {
        switch (effect) {
            case Effect.ReadItems read -> readingAnswered(scope, read, entry, execution);
            case Effect.WriteResults write -> writingAnswered(scope, entry, execution);
            case Effect.RunTask task -> throw unexpected(entry);
            case Effect.StartTimer timer -> super.handle(scope, effect, entry, execution);
            case Effect.Abandon abandon -> throw unexpected(entry);
            case Effect.End end -> throw unexpected(entry);
        }
    }

    private void readingAnswered(Scope scope, Effect.ReadItems read, Entry.OfEffect entry, Execution execution) {
        if (entry instanceof Entry.ItemsRead itemsRead) {
            ItemList list = execution.items(read, itemsRead.version());
            if (list == null) {
                visit(scope);
            } else {
                Work.DataSet dataSet = new Work.DataSet(read, itemsRead.version());
                startRead(scope, Work.read(dataSet, list, new WorkedInput(scope, execution)), execution);
            }
        } else if (entry instanceof Entry.TaskFailed failed) {
            failRun(scope, failed.error(), execution);
        }
    }

    private void startRead(Scope scope, Work items, Execution execution) {
        try {
            StateEnvironment environment =
                    new StateEnvironment(scope, execution, items.input().value());
            start(scope, items, conditions(rules.concurrency(environment), environment), execution);
        } catch (EvaluationException e) {
            failRun(scope, execution.error(scope, e), execution);
        }
    }

    private void writingAnswered(Scope scope, Entry.OfEffect entry, Execution execution) {
        export.answered(Objects.requireNonNull(scope.fanOut), entry, execution);
    }

    @Override
    void completed(FanOut fanOut, Execution execution) {
        if (writer.writes()) {
            export.begin(fanOut, null, execution);
        } else {
            super.completed(fanOut, execution);
        }
    }

    @Override
    void failed(FanOut fanOut, StatesError error, Execution execution) {
        if (writer.writes()) {
            export.begin(fanOut, error, execution);
        } else {
            super.failed(fanOut, error, execution);
        }
    }

    /**
     * The results are written elsewhere, and {@code result} tells where; the state fails all the same when it has a
     * {@code failure}.
     */
    void exported(FanOut fanOut, JsonNode result, @Nullable StatesError failure, Execution execution) {
        if (failure == null) {
            succeedWith(fanOut, result, null, execution);
        } else {
            super.failed(fanOut, failure, execution);
        }
    }

    @Override
    JsonNode values(FanOut fanOut, Execution execution) {
        return writer.output(children(fanOut, execution), completion.captureErrors());
    }

    ChildRecords children(FanOut fanOut, Execution execution) {
        return new ChildRecords(
                fanOut, run(fanOut, execution), i -> childInput(fanOut, childItem(fanOut, i), execution));
    }

    /** What is being written, as it was asked for. */
    Effect.WriteResults writeResults(EffectId id, FanOut fanOut, Execution execution) {
        return new Effect.WriteResults(id, name, export.results(fanOut, execution));
    }

    Effect.ReadItems readItems(EffectId id, JsonNode parameters, @Nullable Long maxItems) {
        return new Effect.ReadItems(id, name, Objects.requireNonNull(reader).request(parameters, maxItems));
    }

    @Override
    ExecutionIdentity childIdentity(FanOut fanOut, int index, Execution execution) {
        return run(fanOut, execution).child(index, execution.identity);
    }

    private MapRun run(FanOut fanOut, Execution execution) {
        return MapRun.of(fanOut.owner, fanOut.visit, label, execution);
    }

    @Override
    BodyProgram childBody(int index) {
        return processor;
    }

    @Override
    JsonNode childInput(FanOut fanOut, @Nullable MapItem item, Execution execution) {
        MapItem own = Objects.requireNonNull(item);
        return batches == null && items.shapes()
                ? shaped(own, fanOut.owner, fanOut.work.input(), execution)
                : own.input();
    }

    @Override
    MapItem childItem(FanOut fanOut, int index) {
        return MapItem.of(fanOut.work.items(), index);
    }

    @Override
    boolean repeatsItems() {
        return batches == null || !items.shapes();
    }

    @Override
    void name(FanOut fanOut, int index, Execution execution) {
        if (names.given()) {
            Scope owner = fanOut.owner;
            JsonNode worked = fanOut.work.input().value();
            MapItem item = childItem(fanOut, index);
            names.name(fanOut.children, index, new StateEnvironment(owner, execution, worked, null, null, item));
        }
    }

    @Override
    void recordRedriven(FanOut fanOut, Execution execution) {
        recordRedriven(fanOut.owner, fanOut.visit, execution);
    }

    /** The same of a Map that stands still, as its items are not to be had. */
    void recordRedriven(Scope stuck, Execution execution) {
        recordRedriven(stuck, nextVisit(stuck) - 1, execution);
    }

    private void recordRedriven(Scope owner, int visit, Execution execution) {
        if (distributed) {
            owner.history.record(
                    owner,
                    HistoryEventType.MapRunRedriven,
                    () -> History.object()
                            .put(
                                    "mapRunArn",
                                    MapRun.of(owner, visit, label, execution).arn())
                            .put("redriveCount", execution.redrives));
        }
    }

    private void recordRunStarted(Scope scope, Execution execution) {
        if (distributed) {
            scope.history.record(
                    scope,
                    HistoryEventType.MapRunStarted,
                    () -> History.object()
                            .put(
                                    "mapRunArn",
                                    MapRun.of(scope, nextVisit(scope), label, execution)
                                            .arn()));
        }
    }

    @Override
    StatesError errorOf(StatesError child) {
        return distributed ? TOLERANCE_EXCEEDED : super.errorOf(child);
    }

    @Override
    String summaryType() {
        return "MapResult";
    }
}
