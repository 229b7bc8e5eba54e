package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Catcher;
import dev.reprise.asl.Retrier;
import dev.reprise.asl.State;
import dev.reprise.core.event.Decision;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.Effect;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ErrorNames;
import dev.reprise.execution.ErrorNames.Origin;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TimerKind;
import dev.reprise.query.EvaluationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A state whose work may fail, and that may retry or catch what failed: Task, Parallel, Map. */
abstract sealed class GuardedBehaviour extends Behaviour permits TaskBehaviour, FanOutBehaviour {

    private record CompiledCatcher(List<String> errorEquals, Flow.Handler handler, Target target) {}

    private final List<Retrier> retriers;
    private final List<CompiledCatcher> catchers;
    final Target target;

    GuardedBehaviour(State.Guarded state, Compiler compiler, HistoryEventType entered, HistoryEventType exited) {
        super(state, compiler, entered, exited);
        this.retriers = state.retry();
        this.catchers = IntStream.range(0, state.catchers().size())
                .mapToObj(i -> compile(state.catchers().get(i), "Catch[" + i + "]/", state, compiler))
                .toList();
        this.target = Target.of(state.transition());
    }

    private CompiledCatcher compile(Catcher catcher, String location, State state, Compiler compiler) {
        return new CompiledCatcher(
                catcher.errorEquals(), flow.handler(catcher, location, compiler, state), Target.of(catcher.next()));
    }

    @Override
    void link(Function<String, Behaviour> states) {
        target.link(states);
        catchers.forEach(catcher -> catcher.target().link(states));
    }

    @Override
    final void enter(Scope scope, Execution execution) {
        work(scope, execution);
    }

    /** Does the state's work, for the first time or as a retry. */
    abstract void work(Scope scope, Execution execution);

    final void succeed(Scope scope, JsonNode result, Execution execution) {
        execution.leave(scope, flow.withResult(scope, result, execution), target);
    }

    @Override
    final void fail(Scope scope, StatesError error, Execution execution) {
        fail(scope, error, error.error(), Origin.STATE, execution);
    }

    /** @param name what retriers and catchers look for, where it is not the name that is shown */
    final void fail(Scope scope, StatesError error, @Nullable String name, Origin origin, Execution execution) {
        execution.failing(error);
        execution.tellFailed(scope, error);
        if (!retry(scope, name, origin, execution) && !caught(scope, error, name, origin, execution)) {
            recordFailed(scope, error);
            execution.scopeFailed(scope, error);
        }
    }

    /** Tells that the state failed and is not tried again, where AWS has an event for that. */
    void recordFailed(Scope scope, StatesError error) {}

    /** A retrier that matches but is used up does not hand over to a later one. */
    private boolean retry(Scope scope, @Nullable String errorName, Origin origin, Execution execution) {
        for (int i = 0; i < retriers.size(); i++) {
            Retrier retrier = retriers.get(i);
            if (!ErrorNames.match(retrier.errorEquals(), errorName, origin)) {
                continue;
            }
            int[] counts = retries(scope);
            if (counts[i] >= retrier.maxAttempts()) {
                execution.retriesUsedUp(i);
                return false;
            }
            Duration delay = Backoff.delay(retrier, counts[i]);
            execution.retrying(i, delay);
            scope.history.decided(scope, this, Decision.Kind.RETRIER, i);
            Instant due = execution.now().plus(Backoff.jittered(delay, retrier, () -> execution.random(scope)));
            counts[i]++;
            scope.retryCount++;
            if (execution.live != null) {
                execution.live.stateRetried(scope.path, name, due, execution.now());
            }
            execution.await(scope, new Effect.StartTimer(execution.nextEffect(scope), TimerKind.RETRY, due));
            return true;
        }
        return false;
    }

    private int[] retries(Scope scope) {
        int[] counts = scope.retries;
        if (counts == null) {
            counts = retries(0);
            scope.retries = counts;
        }
        return counts;
    }

    /** The counts of a state whose retriers have each tried again so often. */
    final int[] retries(int each) {
        int[] counts = new int[retriers.size()];
        Arrays.fill(counts, each);
        return counts;
    }

    private boolean caught(
            Scope scope, StatesError error, @Nullable String errorName, Origin origin, Execution execution) {
        for (int i = 0; i < catchers.size(); i++) {
            CompiledCatcher catcher = catchers.get(i);
            if (ErrorNames.match(catcher.errorEquals(), errorName, origin)) {
                execution.catching(i);
                scope.history.decided(scope, this, Decision.Kind.CATCHER, i);
                leave(scope, error, catcher, execution);
                return true;
            }
        }
        return false;
    }

    /** What goes wrong in a catcher itself is not caught again. */
    private void leave(Scope scope, StatesError error, CompiledCatcher catcher, Execution execution) {
        try {
            Exit exit = catcher.handler().caught(scope, errorOutput(error), execution);
            recordFailed(scope, error);
            execution.leave(scope, exit, catcher.target(), error);
        } catch (EvaluationException e) {
            catcherFailed(scope, error, e, execution);
        }
    }

    /** On AWS the state fails twice, both times from where it stood. */
    private void catcherFailed(Scope scope, StatesError error, EvaluationException e, Execution execution) {
        long last = scope.lastEvent;
        recordFailed(scope, error);
        scope.lastEvent = last;
        StatesError failure = execution.error(scope, e);
        if (!Execution.isFatal(failure)) {
            recordFailed(scope, failure);
        }
        execution.failFinally(scope, failure);
    }

    /**
     * An error with a name and no cause, such as a time-out, shows an empty one; an error with neither, such as a
     * callback's, shows both as null.
     */
    static ObjectNode errorOutput(StatesError error) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Error", error.error())
                .put("Cause", error.cause() == null && error.error() != null ? "" : error.cause());
    }

    @Override
    void handle(Scope scope, Effect effect, Entry.OfEffect entry, Execution execution) {
        if (entry instanceof Entry.TimerFired fired && fired.kind() == TimerKind.RETRY) {
            execution.repeat(scope);
        } else {
            throw unexpected(entry);
        }
    }
}
