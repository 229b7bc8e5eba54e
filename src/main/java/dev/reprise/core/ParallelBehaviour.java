package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.State;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.ErrorNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs its branches on the same input. */
final class ParallelBehaviour extends FanOutBehaviour {

    private final List<BodyProgram> branches;
    private final CompletionRules rules;
    private final ItemNames names;
    private final FanOutEvents events;

    ParallelBehaviour(State.Parallel state, Compiler compiler) {
        super(
                state,
                state.completion(),
                compiler,
                HistoryEventType.ParallelStateEntered,
                HistoryEventType.ParallelStateExited);
        this.branches = state.branches().stream().map(compiler::body).toList();
        this.rules = CompletionRules.of(state, flow.typeError(), compiler);
        this.names = ItemNames.of(state, flow.typeError(), compiler);
        this.events = new FanOutEvents.OfParallel(name, completion, names);
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
        return ErrorNames.Origin.BRANCH;
    }

    @Override
    FanOutEvents events() {
        return events;
    }

    @Override
    void prepare(Scope scope, Execution execution) {
        WorkedInput input = new WorkedInput(scope, execution);
        JsonNode worked = input.value();
        scope.history.record(scope, HistoryEventType.ParallelStateStarted);
        StateEnvironment environment = new StateEnvironment(scope, execution, scope.input);
        int visit = visit(scope);
        Children children = new Children(branches.size(), rules.concurrency(environment), rules.policy(environment));
        FanOut fanOut = new FanOut(this, scope, visit, false, Work.shared(worked, input), children);
        names.nameAll(children, environment);
        begin(fanOut, execution);
    }

    @Override
    BodyProgram childBody(int index) {
        return branches.get(index);
    }

    @Override
    JsonNode childInput(FanOut fanOut, @Nullable MapItem item, Execution execution) {
        return fanOut.work.value();
    }

    @Override
    @Nullable
    MapItem childItem(FanOut fanOut, int index) {
        return null;
    }

    /** All have their names from the start. */
    @Override
    void name(FanOut fanOut, int index, Execution execution) {}

    @Override
    String summaryType() {
        return "ParallelResult";
    }
}
