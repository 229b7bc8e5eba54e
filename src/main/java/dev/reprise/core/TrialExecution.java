package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.StateTrial.Answer;
import dev.reprise.core.StateTrial.Conditions;
import dev.reprise.core.StateTrial.Handling;
import dev.reprise.core.StateTrial.Result;
import dev.reprise.core.StateTrial.Status;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ItemList;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.Provisions;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.StatesError;
import dev.reprise.query.EvaluationException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An execution of one state, which ends when the state is left and tells what it saw. */
final class TrialExecution extends Execution {

    private final Conditions conditions;
    private final TrialProvisions given;
    private final Scope scope;
    private final Map<Stage, JsonNode> stages = new EnumMap<>(Stage.class);

    private @Nullable FanOut children;
    private @Nullable StatesError error;
    private @Nullable String nextState;
    private @Nullable Integer retrier;
    private @Nullable Duration delay;
    private @Nullable Integer catcher;

    TrialExecution(BodyProgram body, Conditions conditions) {
        this(body, conditions, new TrialProvisions());
    }

    private TrialExecution(BodyProgram body, Conditions conditions, TrialProvisions given) {
        super(conditions.identity(), body, conditions.limits(), given, null);
        this.conditions = conditions;
        this.given = given;
        this.now = conditions.at();
        this.started = new Entry.Started(conditions.at(), conditions.input());
        MapItem item = conditions.inMap() ? new MapItem(0, conditions.input()) : null;
        this.scope = new Scope(ScopePath.ROOT, body, null, item, conditions.input(), history);
        this.root = scope;
        scope.variables = new HashMap<>(conditions.variables());
        scope.retryCount = conditions.retries();
        if (scope.state instanceof GuardedBehaviour guarded) {
            scope.retries = guarded.retries(conditions.retries());
        }
    }

    Result run(StateTrial.World world) {
        step(scope);
        while (outcome == null && delay == null) {
            goOn(world);
        }
        return result();
    }

    /** Where the state is a Map or Parallel, the error is that of a child. */
    Result runWith(StatesError wrong) {
        scope.enteredAt = now;
        within(scope, () -> {
            if (scope.state instanceof FanOutBehaviour fanOut) {
                fanOut.failInside(scope, fanOut.errorOf(wrong), this);
            } else {
                fail(scope, wrong);
            }
        });
        return result();
    }

    /** Answers what the state waits for. */
    private void goOn(StateTrial.World world) {
        FanOut fanOut = children;
        if (fanOut != null) {
            children = null;
            ended(fanOut, world.children(fanOut.children.total));
            return;
        }
        Effect effect = Objects.requireNonNull(scope.pending);
        Entry.OfEffect entry = switch (effect) {
            case Effect.RunTask task -> entry(effect, world.task(task));
            case Effect.StartTimer timer -> new Entry.TimerFired(effect.id(), now, timer.kind());
            case Effect.ReadItems read -> read(read, world);
            // Only the test that they can be written: the children, whose results they would be, do not run.
            case Effect.WriteResults test ->
                new Entry.TaskSucceeded(effect.id(), now, JsonNodeFactory.instance.objectNode());
            case Effect.Abandon abandon -> throw new IllegalStateException("Nobody waits for " + abandon);
            case Effect.End end -> throw new IllegalStateException("Nobody waits for " + end);
        };
        scope.pending = null;
        within(scope, () -> scope.state.handle(scope, effect, entry, this));
    }

    private Entry.OfEffect entry(Effect effect, Answer answer) {
        return switch (answer) {
            case Answer.Succeeded(JsonNode output) -> new Entry.TaskSucceeded(effect.id(), now, output);
            case Answer.Failed(StatesError wrong) -> new Entry.TaskFailed(effect.id(), now, wrong);
        };
    }

    private Entry.OfEffect read(Effect.ReadItems read, StateTrial.World world) {
        try {
            ItemList items = world.items(read.request());
            given.items = items;
            return new Entry.ItemsRead(read.id(), now, TrialProvisions.VERSION, items.size());
        } catch (EvaluationException e) {
            return new Entry.TaskFailed(read.id(), now, new StatesError(e.error(), e.causeText()));
        }
    }

    /**
     * The children's results stand for all that they did. Only a tolerance that the state itself names makes it fail
     * for what failed among them.
     */
    private void ended(FanOut fanOut, Answer answer) {
        FanOutBehaviour state = fanOut.state;
        within(scope, () -> {
            switch (answer) {
                case Answer.Failed(StatesError wrong) -> state.failRun(scope, wrong, this);
                case Answer.Succeeded(JsonNode output) -> {
                    int failed = conditions.failedIterations();
                    if (failed > 0 && tolerates() && exceeds(fanOut, failed)) {
                        state.failRun(scope, FanOutBehaviour.TOLERANCE_EXCEEDED, this);
                    } else {
                        state.succeedWith(fanOut, output, null, this);
                    }
                }
            }
        });
    }

    private boolean tolerates() {
        return stages.containsKey(Stage.TOLERATED_FAILURE_COUNT)
                || stages.containsKey(Stage.TOLERATED_FAILURE_PERCENTAGE);
    }

    private static boolean exceeds(FanOut fanOut, int failed) {
        return fanOut.children.policy.judge(fanOut.children.total, fanOut.children.total - failed, failed)
                == CompletionReason.FAILURE_TOLERANCE_EXCEEDED;
    }

    private Result result() {
        Handling handling = new Handling(retrier, delay, catcher);
        Map<String, JsonNode> variables = Objects.requireNonNull(scope.variables);
        if (delay != null) {
            return new Result(Status.RETRIABLE, null, error, null, stages, variables, handling);
        }
        return switch (Objects.requireNonNull(outcome)) {
            case Outcome.Succeeded(JsonNode output) ->
                new Result(
                        catcher == null ? Status.SUCCEEDED : Status.CAUGHT_ERROR,
                        output,
                        catcher == null ? null : error,
                        nextState,
                        stages,
                        variables,
                        handling);
            case Outcome.Failed(StatesError wrong) ->
                new Result(Status.FAILED, null, wrong, null, stages, variables, handling);
            case Outcome.TimedOut timedOut -> throw new IllegalStateException("A state has no time-out of its own");
            case Outcome.Aborted aborted -> throw new IllegalStateException("Nobody stops a trial");
        };
    }

    // ---- what the state does

    @Override
    boolean isInspected() {
        return true;
    }

    @Override
    void show(Stage stage, JsonNode data) {
        stages.put(stage, data);
    }

    @Override
    void failing(StatesError wrong) {
        error = wrong;
    }

    @Override
    void retrying(int index, Duration after) {
        retrier = index;
        delay = after;
    }

    @Override
    void retriesUsedUp(int index) {
        retrier = index;
    }

    @Override
    void catching(int index) {
        catcher = index;
    }

    @Override
    void leave(Scope left, Exit exit, Target target, @Nullable StatesError caught) {
        nextState = target.name();
        super.leave(left, exit, target, caught);
    }

    @Override
    void runChildren(FanOut fanOut) {
        children = fanOut;
    }

    /** Without the number of the event, which nobody could look up. */
    @Override
    String cause(Scope failed, EvaluationException e) {
        return e.causeText();
    }

    /** A context object that was given is whole; only the item that {@code ItemSelector} looks at comes from here. */
    @Override
    JsonNode context(Scope around, @Nullable MapItem item) {
        ObjectNode given = conditions.context();
        if (given == null) {
            return super.context(around, item);
        }
        if (item == null || item.equals(around.item())) {
            return given;
        }
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.setAll(given);
        shown.putObject("Map").set("Item", item.shown());
        return shown;
    }

    /** A token that nobody waits for, and the items that were read. */
    private static final class TrialProvisions implements Provisions {

        static final String VERSION = "given";

        @Nullable
        ItemList items;

        @Override
        public String taskToken(EffectId task) {
            return "token-of-a-trial";
        }

        @Override
        public ItemList items(Effect.ReadItems read, String version) {
            return Objects.requireNonNull(items);
        }
    }
}
