package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ErrorNames;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.ItemList;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.Provisions;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TimerKind;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Fuel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All that changes while an execution runs: its scopes, the queue of those that can go on, and the effects asked for.
 * Behaviours act through it. Only the thread that owns the execution touches it.
 */
class Execution {

    /**
     * As a power of two, more effects than any scope asks for between two redrives: at ten million a second for a day
     * and more.
     */
    private static final int STEPS_OF_A_SCOPE = 40;

    /** Errors whose causes do not say where they happened, on AWS neither. */
    private static final Set<String> TOLD_WITHOUT_PLACE =
            Set.of(ErrorNames.DATA_LIMIT_EXCEEDED, ErrorNames.ITEM_READER_FAILED, ErrorNames.REFERENCE_PATH_CONFLICT);

    final ExecutionIdentity identity;
    final BodyProgram body;
    private final InterpreterLimits limits;
    final Provisions provisions;
    private final long seed;

    final History history;
    final Spans spans = new Spans(this);
    /** Null while nobody listens, and while the execution is brought back to where it was. */
    @Nullable
    LiveObserver live;
    /** What its expressions have taken since it was begun or restored. */
    final Fuel fuel = new Fuel();

    final PayloadLimit payloads;

    /** In many executions there is one at a time. */
    final Deque<Scope> ready = new ArrayDeque<>(1);

    private List<Effect> effects = new ArrayList<>();
    private @Nullable ContextObject contextObject;

    Entry.@Nullable Started started;
    /** Null until the execution has started. */
    @Nullable
    Scope root;
    /** Runs while the machine has a {@code TimeoutSeconds}; a redrive begins it anew. */
    Effect.@Nullable StartTimer timeout;

    Instant now = Instant.EPOCH;
    /** How many entries have been applied. */
    long position;
    /** How many random generators were handed out since the last entry. */
    int draws;
    /** The last entry, while nothing that follows from it is worked out yet; null from then on. */
    @Nullable
    Entry unapplied;
    /**
     * The scope that the last transition, or the last entry itself, took further; null when that was nothing of one
     * scope.
     */
    @Nullable
    Scope working;
    /** The innermost scope that failed in it, and that nothing handled; null when none did. */
    @Nullable
    Scope failing;
    /** How often it was redriven. */
    int redrives;
    /** The last time; null when it never was. */
    @Nullable
    Instant redrivenAt;
    /** How many transitions were made since the last entry. */
    long transitions;
    /** Whether the items of a data set were asked for. */
    boolean hasReadItems;

    @Nullable
    Outcome outcome;

    private final ItemsInUse items;

    Execution(
            ExecutionIdentity identity,
            BodyProgram body,
            InterpreterLimits limits,
            Provisions provisions,
            @Nullable ExecutionObserver observer) {
        this(identity, body, limits, provisions, new ItemsInUse(provisions), observer);
    }

    private Execution(
            ExecutionIdentity identity,
            BodyProgram body,
            InterpreterLimits limits,
            Provisions provisions,
            ItemsInUse items,
            @Nullable ExecutionObserver observer) {
        this.items = items;
        this.identity = identity;
        this.body = body;
        this.limits = limits;
        this.payloads = new PayloadLimit(limits.payloadBytes(), fuel);
        this.provisions = provisions;
        this.seed = Seeds.of(identity.executionArn());
        this.history = new History(this, observer);
    }

    Instant now() {
        return now;
    }

    /** The context object as {@code scope} sees it, with {@code item} as the item of the Map around it. */
    JsonNode context(Scope scope, @Nullable MapItem item) {
        return contextObject(scope).of(scope, item);
    }

    /** The same execution, of which nobody has told anything yet. */
    Execution anew() {
        return new Execution(identity, body, limits, provisions, items.copy(), null);
    }

    void redriven(Entry.Redriven entry) {
        redrives = entry.count();
        redrivenAt = entry.at();
        contextObject = null;
    }

    /**
     * Has a scope's next effects bear numbers that none had before the last redrive: there may have been more of them
     * than the scope knows.
     */
    void numberAnew(Scope scope) {
        scope.step = Math.max(scope.step, (long) redrives << STEPS_OF_A_SCOPE);
    }

    /** What {@code scope} knows of its execution, which for an item of a distributed Map is the item's own. */
    private ContextObject contextObject(Scope scope) {
        Scope top = scope.top();
        if (top.within != null) {
            Scope.Beginning beginning = Objects.requireNonNull(top.beginning);
            ExecutionIdentity child = top.within.state.childIdentity(top.within, top.path.index(), this);
            return new ContextObject(child, beginning.input(), beginning.at(), null, provisions);
        }
        ContextObject context = contextObject;
        if (context == null) {
            Entry.Started entry = Objects.requireNonNull(started);
            context = new ContextObject(identity.redriven(redrives), entry.input(), entry.at(), redrivenAt, provisions);
            contextObject = context;
        }
        return context;
    }

    /** A child of a distributed Map has a history of its own, which nobody sees but who asks for it. */
    History isolatedHistory() {
        return new History(this, history.observerOfChildren());
    }

    /**
     * A generator that a replay seeds alike: from the execution, the scope, the journal's position, and the order of
     * requests since then.
     */
    RandomGenerator random(Scope scope) {
        return new SplittableRandom(Seeds.mix(seed, Seeds.of(scope.path.toString()), position, ++draws));
    }

    /** The scope of that path, while it runs; null before and after. */
    @Nullable
    Scope find(ScopePath path) {
        ScopePath outer = path.parent();
        if (outer == null) {
            return root;
        }
        Scope owner = find(outer);
        FanOut fanOut = owner == null ? null : owner.fanOut;
        if (owner == null || fanOut == null || fanOut.visit != path.visit() || !owner.state.name.equals(path.state())) {
            return null;
        }
        return fanOut.child(path.index());
    }

    // ---- going on

    /** Begins the root scope. */
    void start(Entry.Started entry, @Nullable Duration timeoutAfter) {
        started = entry;
        Scope top = new Scope(ScopePath.ROOT, body, null, null, entry.input(), history);
        root = top;
        history.record(
                top,
                HistoryEventType.ExecutionStarted,
                () -> History.object().put("roleArn", identity.roleArn()).set("input", entry.input()));
        if (timeoutAfter != null) {
            effects.add(restoreTimeout(timeoutAfter));
        }
        enqueue(top);
    }

    Effect.StartTimer restoreTimeout(Duration after) {
        Instant from = redrivenAt == null ? Objects.requireNonNull(started).at() : redrivenAt;
        Instant due = from.plus(after);
        Effect.StartTimer timer = new Effect.StartTimer(EffectId.EXECUTION, TimerKind.TIMEOUT, due);
        timeout = timer;
        return timer;
    }

    /** Puts a scope at the head of the queue, so that what was begun is carried on before something new is. */
    void enqueue(Scope scope) {
        if (!scope.queued) {
            scope.queued = true;
            ready.addFirst(scope);
        }
    }

    /**
     * Takes one scope one step further. One that was closed while it stood in the queue does not count: a snapshot
     * leaves it out.
     */
    void step(Scope scope) {
        if (scope.phase != Scope.Phase.CLOSED) {
            transitions++;
        }
        working = scope;
        failing = null;
        within(scope, () -> {
            switch (scope.phase) {
                case ENTERING -> enter(scope);
                case REPEATING -> {
                    scope.phase = Scope.Phase.WAITING;
                    scope.state.enter(scope, this);
                }
                case SPAWNING -> Objects.requireNonNull(scope.fanOut).state.spawn(scope.fanOut, this);
                case WAITING, CLOSED -> {}
            }
        });
    }

    private void enter(Scope scope) {
        scope.phase = Scope.Phase.WAITING;
        scope.enteredAt = now;
        scope.history.stateEntered(scope, scope.state);
        if (live != null) {
            live.stateEntered(scope.path, scope.state.name, now);
        }
        scope.state.enter(scope, this);
    }

    /**
     * Does a part of a state's work. An expression that gives no value there is that state's error. Anything else is a
     * defect of the interpreter, and no value: it comes out of {@link Interpreter}, and is for the runtime to deal
     * with.
     */
    void within(Scope scope, Runnable work) {
        try {
            work.run();
        } catch (EvaluationException e) {
            fail(scope, e);
        }
    }

    private void fail(Scope scope, EvaluationException e) {
        fail(scope, error(scope, e));
    }

    /** The state failed: its retriers and catchers may handle it, unless nothing may. */
    void fail(Scope scope, StatesError error) {
        if (isFatal(error)) {
            tellFailed(scope, error);
            die(scope, error);
        } else {
            scope.state.fail(scope, error, this);
        }
    }

    void tellFailed(Scope scope, StatesError error) {
        if (live != null) {
            live.stateFailed(scope.path, scope.state.name, error, now);
        }
    }

    /** The state failed, and nothing in its body handles it. */
    void failFinally(Scope scope, StatesError error) {
        if (isFatal(error)) {
            die(scope, error);
        } else {
            scopeFailed(scope, error);
        }
    }

    /** What a state machine sees of an expression that gave no value, in AWS's words. */
    StatesError error(Scope scope, EvaluationException e) {
        String cause = cause(scope, e);
        if (e.error().equals(ErrorNames.QUERY_EVALUATION_ERROR)) {
            scope.history.record(scope, HistoryEventType.EvaluationFailed, () -> {
                ObjectNode details = History.object().put("error", e.error()).put("cause", cause);
                if (e.location() != null) {
                    details.put("location", e.location());
                }
                return details.put("state", scope.state.name);
            });
        }
        return new StatesError(e.error(), cause);
    }

    String cause(Scope scope, EvaluationException e) {
        if (TOLD_WITHOUT_PLACE.contains(e.error())) {
            return e.causeText();
        }
        return "An error occurred while executing the state '" + scope.state.name + "' (entered at the event id #"
                + scope.enteredEvent + "). " + e.causeText();
    }

    // ---- what a trial of one state looks at; an execution lets it pass

    /** Whether somebody looks at the stages: else those that cost something to show need not be worked out. */
    boolean isInspected() {
        return false;
    }

    /** The state's data has come to a stage. */
    void show(Stage stage, JsonNode data) {}

    /** The state's error is about to be handled. */
    void failing(StatesError error) {}

    /** The retrier of this index tries again after {@code delay}, or with jitter before. */
    void retrying(int retrier, Duration delay) {}

    /** The retrier of this index matches, and has no attempt left. */
    void retriesUsedUp(int retrier) {}

    /** The catcher of this index takes the error. */
    void catching(int catcher) {}

    // ---- what behaviours do

    /** Has the children of a Map or Parallel run, which the state has just worked out. */
    void runChildren(FanOut fanOut) {
        fanOut.state.start(fanOut, this);
    }

    /** A new name, for an effect that is to be awaited. */
    EffectId nextEffect(Scope scope) {
        return new EffectId(scope.path, ++scope.step);
    }

    /** Asks for an effect, and waits for it. */
    void await(Scope scope, Effect wanted) {
        scope.pending = wanted;
        scope.phase = Scope.Phase.WAITING;
        effects.add(wanted);
    }

    /** Does the state's work again. */
    void repeat(Scope scope) {
        scope.phase = Scope.Phase.REPEATING;
        enqueue(scope);
    }

    /** Leaves the state, for the next one or for the end of the body. */
    final void leave(Scope scope, Exit exit, Target target) {
        leave(scope, exit, target, null);
    }

    /** @param caught the error for which a catcher leaves it; null when the state succeeded */
    void leave(Scope scope, Exit exit, Target target, @Nullable StatesError caught) {
        payloads.check(exit.output(), scope, scope.state.name);
        if (exit.assigned() != null) {
            payloads.check(exit.assigned(), scope, scope.state.name);
        }
        scope.history.stateExited(scope, scope.state, exit);
        if (live != null) {
            live.stateLeft(scope.path, scope.state.name, now);
        }
        spans.stateEnded(scope, caught);
        scope.assign(exit.assigned());
        Behaviour next = target.state();
        if (next == null) {
            scopeSucceeded(scope, exit.output());
        } else {
            scope.goTo(next, exit.output());
            enqueue(scope);
        }
    }

    private void scopeSucceeded(Scope scope, JsonNode output) {
        scope.phase = Scope.Phase.CLOSED;
        FanOut within = scope.within;
        if (within == null) {
            end(new Outcome.Succeeded(output));
        } else {
            within.state.childSucceeded(within, scope, output, this);
        }
    }

    /** The state's error that nothing in its body handles. */
    void scopeFailed(Scope scope, StatesError error) {
        if (failing == null) {
            failing = scope;
        }
        spans.stateEnded(scope, error);
        scope.phase = Scope.Phase.CLOSED;
        FanOut within = scope.within;
        if (within == null) {
            end(new Outcome.Failed(error));
        } else {
            within.state.childFailed(within, scope, error, this);
        }
    }

    /** {@code States.Runtime}: on AWS neither a retrier nor a catcher handles it, however it names it. */
    static boolean isFatal(StatesError error) {
        return ErrorNames.RUNTIME.equals(error.error());
    }

    /**
     * Ends the execution with an error that nothing may handle; or the innermost item or branch whose failure its Map
     * or Parallel judges.
     */
    private void die(Scope scope, StatesError error) {
        if (failing == null) {
            failing = scope;
        }
        Scope top = scope;
        while (top.within != null && !isJudged(top.within)) {
            spans.stateEnded(top, error);
            spans.childEnded(top, error);
            top.phase = Scope.Phase.CLOSED;
            top = top.within.owner;
        }
        spans.stateEnded(top, error);
        top.phase = Scope.Phase.CLOSED;
        top.lastEvent = scope.lastEvent;
        abandon(top);
        scopeFailed(top, error);
    }

    private static boolean isJudged(FanOut fanOut) {
        return fanOut.state.judgesFailures(fanOut);
    }

    void end(Outcome how) {
        if (outcome != null) {
            return;
        }
        Scope top = Objects.requireNonNull(root);
        abandon(top);
        outcome = how;
        ready.clear();
        history.ended(top, how);
        effects.add(new Effect.End(EffectId.EXECUTION, how));
    }

    /** Closes a scope and all below it: nobody waits for their effects any more. */
    void abandon(Scope scope) {
        abandonPending(scope);
        FanOut fanOut = scope.fanOut;
        if (fanOut != null) {
            fanOut.forEachOpen(this::abandon);
            scope.fanOut = null;
        }
        spans.cut(scope);
        scope.phase = Scope.Phase.CLOSED;
    }

    void abandonPending(Scope scope) {
        if (scope.pending instanceof Effect.RunTask task) {
            spans.attemptCut(scope, task);
        }
        dropPending(scope);
    }

    /** The same, of a task that has told its end. */
    void dropPending(Scope scope) {
        Effect pending = scope.pending;
        if (pending != null) {
            scope.pending = null;
            effects.add(new Effect.Abandon(pending.id()));
        }
    }

    /** Whether it is the very same node: comparing the values would cost more than it saves. */
    @SuppressWarnings("ReferenceEquality")
    static boolean isSame(JsonNode value, @Nullable JsonNode other) {
        return value == other;
    }

    /**
     * The items of a data set that was read; null when the runtime has none to supply, and their Map is to stand still.
     */
    @Nullable
    ItemList items(Effect.ReadItems read, String version) {
        hasReadItems = true;
        return items.of(read, version, this);
    }

    InterpreterLimits limits() {
        return limits;
    }

    /** The effects asked for since the last call. */
    List<Effect> takeEffects() {
        if (effects.isEmpty()) {
            return List.of();
        }
        List<Effect> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }
}
