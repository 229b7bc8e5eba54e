package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ItemProcessor;
import dev.reprise.asl.State;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import org.jspecify.annotations.Nullable;

/** Runs its processor for each item. */
final class MapBehaviour extends FanOutBehaviour {

    private final BodyProgram processor;
    private final boolean distributed;
    private final @Nullable Expression items;
    private final @Nullable Expression itemSelector;
    private final @Nullable Expression maxConcurrency;
    private final @Nullable Expression toleratedFailureCount;
    private final @Nullable Expression toleratedFailurePercentage;

    MapBehaviour(State.Map state, Compiler compiler) {
        super(state, state.completion(), compiler, HistoryEventType.MapStateEntered, HistoryEventType.MapStateExited);
        this.processor = compiler.body(state.processor().body());
        this.distributed = state.processor().mode() == ItemProcessor.Mode.DISTRIBUTED;
        this.items = compiler.value(state, state.items(), "Items");
        this.itemSelector = compiler.template(state, state.itemSelector(), "ItemSelector");
        this.maxConcurrency = compiler.value(state, state.maxConcurrency(), "MaxConcurrency");
        this.toleratedFailureCount = compiler.value(state, state.toleratedFailureCount(), "ToleratedFailureCount");
        this.toleratedFailurePercentage =
                compiler.value(state, state.toleratedFailurePercentage(), "ToleratedFailurePercentage");
    }

    @Override
    void work(Scope scope, Execution execution) {
        JsonNode worked = flow.workOn(scope, execution);
        StateEnvironment environment = new StateEnvironment(scope, execution, worked);
        JsonNode list = items == null ? worked : items.evaluate(environment);
        if (!list.isArray()) {
            throw new EvaluationException(
                    ErrorNames.QUERY_EVALUATION_ERROR, "Map state input must be an array but was: " + list);
        }
        int concurrency = (int) integer(maxConcurrency, "MaxConcurrency", 0, Integer.MAX_VALUE, environment);
        begin(scope, list.size(), concurrency, policy(environment), distributed, list, execution);
    }

    private long integer(
            @Nullable Expression expression, String field, long otherwise, long max, StateEnvironment environment) {
        return expression == null
                ? otherwise
                : FieldValues.integer(expression.evaluate(environment), field, 0, max, flow);
    }

    private CompletionPolicy policy(StateEnvironment environment) {
        if (toleratedFailureCount == null && toleratedFailurePercentage == null) {
            return CompletionPolicy.ALL_SUCCESSFUL;
        }
        Long count = toleratedFailureCount == null
                ? null
                : FieldValues.integer(
                        toleratedFailureCount.evaluate(environment), "ToleratedFailureCount", 0, Long.MAX_VALUE, flow);
        Double percentage = toleratedFailurePercentage == null
                ? null
                : FieldValues.number(
                        toleratedFailurePercentage.evaluate(environment), "ToleratedFailurePercentage", 0, 100, flow);
        return new CompletionPolicy(null, count, percentage);
    }

    @Override
    BodyProgram childBody(int index) {
        return processor;
    }

    @Override
    JsonNode childInput(FanOut fanOut, int index, Execution execution) {
        MapItem item = childItem(fanOut, index);
        if (itemSelector == null) {
            return item.value();
        }
        Scope owner = fanOut.owner;
        JsonNode input = flow.workOn(owner, execution);
        return itemSelector.evaluate(new StateEnvironment(owner, execution, input, null, null, item));
    }

    @Override
    MapItem childItem(FanOut fanOut, int index) {
        return new MapItem(index, fanOut.work.path(index));
    }

    @Override
    void recordStarted(FanOut fanOut) {
        Scope owner = fanOut.owner;
        owner.history.record(owner, HistoryEventType.MapStateStarted, "length", (long) fanOut.total, "", null);
        if (distributed) {
            owner.history.record(owner, HistoryEventType.MapRunStarted);
        }
    }

    @Override
    void recordChildStarted(FanOut fanOut, Scope child) {
        if (distributed) {
            child.history.record(child, HistoryEventType.ExecutionStarted);
        } else {
            child.lastEvent = fanOut.owner.lastEvent;
            iteration(child, HistoryEventType.MapIterationStarted);
        }
    }

    @Override
    void recordChildSucceeded(FanOut fanOut, Scope child) {
        if (!distributed) {
            iteration(child, HistoryEventType.MapIterationSucceeded);
        }
    }

    @Override
    void recordChildFailed(FanOut fanOut, Scope child, StatesError error) {
        if (!distributed) {
            iteration(child, HistoryEventType.MapIterationFailed);
        }
    }

    @Override
    void recordChildAborted(FanOut fanOut, Scope child) {
        if (!distributed) {
            iteration(child, HistoryEventType.MapIterationAborted);
        }
    }

    private void iteration(Scope child, HistoryEventType type) {
        child.history.record(child, type, "name", name, "index", (long) child.path.index());
    }

    @Override
    void recordSucceeded(FanOut fanOut) {
        if (distributed) {
            fanOut.owner.history.record(fanOut.owner, HistoryEventType.MapRunSucceeded);
        }
        fanOut.owner.history.record(fanOut.owner, HistoryEventType.MapStateSucceeded);
    }

    @Override
    void recordFailed(FanOut fanOut, StatesError error) {
        if (distributed) {
            fanOut.owner.history.failed(fanOut.owner, HistoryEventType.MapRunFailed, error);
        }
        fanOut.owner.history.failed(fanOut.owner, HistoryEventType.MapStateFailed, error);
    }

    @Override
    StatesError toleranceExceeded(FanOut fanOut, StatesError last) {
        return distributed || !fanOut.policy.equals(CompletionPolicy.ALL_SUCCESSFUL)
                ? new StatesError(
                        ErrorNames.EXCEED_TOLERATED_FAILURE_THRESHOLD,
                        "The specified tolerated failure threshold was exceeded")
                : last;
    }
}
