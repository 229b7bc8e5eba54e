package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.execution.Effect;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.Provisions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a state machine as a function of the facts it is told. It has no clock, no randomness, no I/O and no thread of
 * its own: the same entries give the same effects, always, so a replay brings an execution back to where it was.
 *
 * <p>{@link #apply} takes in an entry. What follows from it is worked out in slices of bounded length: while {@link
 * #hasWork()} says so, {@link #advance} does another. The next entry may be applied only when no work is left, unless
 * it is {@link Entry.Interrupted}. A replay comes to the place where an entry belongs by {@link #hasWorkBefore} and
 * {@link #advanceTo}, and takes it in by {@link #replay}.
 *
 * <p>Not safe for use by several threads: whoever owns the execution owns this.
 */
public final class Interpreter {

    private final Program program;
    /** A redrive puts another in its place. */
    private Execution execution;
    /** Where a redrive goes on from, should one come next; else null. */
    private Redrive.@Nullable BeforeEnd beforeEnd;

    /**
     * An execution that has not started: its first entry is {@link Entry.Started}.
     *
     * @param observer sees the history as it is made; null when nobody wants it
     */
    public Interpreter(
            Program program,
            ExecutionIdentity identity,
            InterpreterLimits limits,
            @Nullable ExecutionObserver observer) {
        this(program, identity, limits, Provisions.NONE, observer);
    }

    /**
     * An execution that has not started, with what it may need from outside.
     *
     * @param observer sees the history as it is made; null when nobody wants it
     */
    public Interpreter(
            Program program,
            ExecutionIdentity identity,
            InterpreterLimits limits,
            Provisions provisions,
            @Nullable ExecutionObserver observer) {
        this(program, new Execution(identity, program.body(), limits, provisions, observer));
    }

    /** What it runs. */
    public Program program() {
        return program;
    }

    private Interpreter(Program program, Execution execution) {
        this.program = program;
        this.execution = execution;
    }

    /**
     * An execution as {@link #snapshot()} wrote it down, under the same program.
     *
     * @param started the execution's first entry, which snapshots do not repeat
     * @param provisions with the items of the data sets that {@link #readBy} finds
     * @throws IllegalArgumentException when {@code snapshot} is of another version, or does not fit the program
     * @throws IllegalStateException when items are missing in {@code provisions}
     */
    public static Interpreter restore(
            Program program,
            ExecutionIdentity identity,
            InterpreterLimits limits,
            Provisions provisions,
            Entry.Started started,
            JsonNode snapshot) {
        return restore(program, identity, limits, provisions, started, snapshot, null);
    }

    /**
     * The same, for somebody who sees what happens from there on.
     *
     * @param observer sees the events after {@link #lastEvent}
     */
    public static Interpreter restore(
            Program program,
            ExecutionIdentity identity,
            InterpreterLimits limits,
            Provisions provisions,
            Entry.Started started,
            JsonNode snapshot,
            @Nullable ExecutionObserver observer) {
        Interpreter interpreter = new Interpreter(program, identity, limits, provisions, observer);
        new SnapshotReader(interpreter.execution, program).read(started, snapshot);
        return interpreter;
    }

    /** Number of the history's last event. */
    public long lastEvent() {
        return execution.history.lastId();
    }

    /** Number of the history's last event before a {@link #snapshot()}. */
    public static long lastEvent(JsonNode snapshot) {
        return SnapshotNumbers.number(snapshot, "events");
    }

    /**
     * From now on the observer is told what the execution does. What it did before, in a replay above all, it is not
     * told.
     */
    public void observe(LiveObserver observer) {
        execution.live = observer;
    }

    /**
     * Finds the data sets that an execution was running over when a snapshot was taken of it: their items are to be in
     * its {@link Provisions} before it is restored.
     *
     * @param found is given what was read, and of which version
     */
    public static void readBy(Program program, JsonNode snapshot, BiConsumer<Effect.ReadItems, String> found) {
        new SnapshotDataSets(found).find(snapshot, program.body());
    }

    /** When the last entry was that an execution had taken in when a snapshot was taken of it. */
    public static Instant time(JsonNode snapshot) {
        return SnapshotNumbers.instant(snapshot, "now");
    }

    /** How many transitions an execution had made since its last entry when a snapshot was taken of it. */
    public static long transitions(JsonNode snapshot) {
        return SnapshotNumbers.numberOr0(snapshot, "transitions");
    }

    /** How often an execution had been redriven when a snapshot was taken of it. */
    public static int redrives(JsonNode snapshot) {
        return SnapshotNumbers.countOr0(snapshot, "redrives");
    }

    /**
     * What was read when {@code next} tells that a data set was: its items are to be in the {@link Provisions} before
     * that entry is taken in. To be asked where the entry belongs, when no work before it is left.
     *
     * @return null when the entry tells of none, or nobody waits for it
     */
    public Effect.@Nullable ReadItems readBefore(Entry next) {
        Scope scope = next instanceof Entry.ItemsRead read && expects(read)
                ? execution.find(read.effect().scope())
                : null;
        return scope != null && scope.pending instanceof Effect.ReadItems read ? read : null;
    }

    /**
     * Takes in one fact. A fact that nobody waits for any more changes nothing but the position; {@link #expects} tells
     * beforehand.
     *
     * @return the effects that it causes at once; each may begin once this entry is durable, and so may those of the
     *     work that follows from it
     * @throws IllegalStateException when the work that the entry before has left is not where this one belongs
     */
    public List<Effect> apply(Entry entry) {
        replay(entry);
        applyLast();
        return execution.takeEffects();
    }

    /**
     * Takes in a fact that the journal holds, at the place where it belongs. All that follows from it is left to {@link
     * #advance}.
     *
     * @throws IllegalStateException when the work that the entry before has left is not where this one belongs
     */
    public void replay(Entry entry) {
        if (hasWorkBefore(entry)) {
            throw new IllegalStateException("Work is left from entry " + execution.position);
        }
        if (entry instanceof Entry.Interrupted interrupted && execution.transitions > interrupted.transitions()) {
            throw new IllegalStateException("After entry " + execution.position + " come " + interrupted.transitions()
                    + " transitions, not " + execution.transitions);
        }
        if (entry instanceof Entry.Redriven redriven && expects(redriven)) {
            redrive(redriven);
            return;
        }
        execution.position++;
        execution.draws = 0;
        execution.transitions = 0;
        execution.now = entry.at();
        execution.unapplied = entry;
    }

    private void applyLast() {
        Entry entry = execution.unapplied;
        if (entry != null) {
            execution.unapplied = null;
            execution.working = null;
            execution.failing = null;
            if (expects(entry)) {
                take(entry);
            }
        }
    }

    private void redrive(Entry.Redriven entry) {
        Execution ended = execution;
        boolean hasEnded = ended.outcome != null;
        Redrive.BeforeEnd from = hasEnded ? beforeEnd : Redrive.BeforeEnd.of(ended);
        if (from == null) {
            throw new IllegalStateException("A redrive of an execution whose end was not led up to by advanceTo");
        }
        Interpreter again = new Interpreter(program, ended.anew());
        new SnapshotReader(again.execution, program).read(Objects.requireNonNull(ended.started), from.state());
        again.execution.transitions = from.transitions();
        boolean endedAtOnce = ended.transitions == from.transitions();
        if (!endedAtOnce) {
            again.execution.unapplied = from.unapplied();
            again.advanceBy(ended.transitions - 1);
        }
        boolean interrupted = from.unapplied() instanceof Entry.Interrupted;
        new Redrive(ended, again.execution, interrupted, entry, program.timeout()).perform();
        execution = again.execution;
        execution.live = ended.live;
        beforeEnd = null;
    }

    private void advanceBy(long transitions) {
        while (hasWork() && (execution.unapplied != null || execution.transitions < transitions)) {
            advance(transitions);
        }
    }

    private void take(Entry entry) {
        switch (entry) {
            case Entry.Started started -> execution.start(started, program.timeout());
            case Entry.End end -> execution.end(end.outcome());
            case Entry.Interrupted interrupted -> take(interrupted.end());
            case Entry.Redriven redriven -> throw new IllegalStateException("Heard where it is replayed: " + redriven);
            case Entry.OfEffect ofEffect -> {
                if (new ExpectedEntries(execution).isExecutionTimeout(ofEffect)) {
                    execution.end(new Outcome.TimedOut());
                } else {
                    dispatch(
                            ofEffect,
                            Objects.requireNonNull(
                                    execution.find(ofEffect.effect().scope())));
                }
            }
        }
    }

    private void dispatch(Entry.OfEffect entry, Scope scope) {
        Effect effect = Objects.requireNonNull(scope.pending);
        execution.working = scope;
        if (answers(entry)) {
            scope.pending = null;
        }
        execution.within(scope, () -> scope.state.handle(scope, effect, entry, execution));
    }

    /**
     * Whether the effect is over with this fact. A time-out is not an answer: the task goes on until it is abandoned.
     */
    private static boolean answers(Entry.OfEffect entry) {
        return switch (entry) {
            case Entry.TaskSubmitted submitted -> false;
            case Entry.TaskStarted started -> false;
            case Entry.TaskHeard heard -> false;
            case Entry.TimerFired fired -> !fired.kind().endsTask();
            case Entry.TaskSucceeded succeeded -> true;
            case Entry.TaskFailed failed -> true;
            case Entry.ItemsRead read -> true;
        };
    }

    /** Whether somebody waits for this fact. One that nobody waits for must not be written to the journal. */
    public boolean expects(Entry entry) {
        return new ExpectedEntries(execution).expects(entry);
    }

    /** Works on for one slice, and gives the effects that it causes. */
    public List<Effect> advance() {
        return advance(Long.MAX_VALUE);
    }

    /**
     * Works on for one slice, but not past the place where {@code next} belongs, which the journal holds; and gives the
     * effects that it causes.
     */
    public List<Effect> advanceTo(Entry next) {
        if (beforeEnd == null && next instanceof Entry.Redriven) {
            beforeEnd = Redrive.BeforeEnd.of(execution);
        } else if (execution.unapplied != null && next instanceof Entry.Interrupted) {
            return applyLastBefore(next);
        }
        return advance(lastTransition(next));
    }

    /** Whoever interrupted the work may not have seen that the entry before was the end already. */
    private List<Effect> applyLastBefore(Entry next) {
        Redrive.BeforeEnd before = Redrive.BeforeEnd.of(execution);
        List<Effect> caused = advance(lastTransition(next));
        if (beforeEnd == null && execution.outcome != null) {
            beforeEnd = before;
        }
        return caused;
    }

    private List<Effect> advance(long lastTransition) {
        InterpreterLimits limits = execution.limits();
        long spentBefore = execution.fuel.spent();
        applyLast();
        int left = limits.sliceTransitions();
        while (left-- > 0
                && execution.transitions < lastTransition
                && execution.fuel.spent() - spentBefore < limits.sliceFuel()) {
            Scope scope = execution.ready.pollFirst();
            if (scope == null) {
                break;
            }
            scope.queued = false;
            execution.step(scope);
        }
        return execution.takeEffects();
    }

    /** Whether the last entry's consequences are not all worked out yet. */
    public boolean hasWork() {
        return execution.unapplied != null || !execution.ready.isEmpty();
    }

    /** Whether some of the last entry's consequences belong before {@code next}, and are not worked out yet. */
    public boolean hasWorkBefore(Entry next) {
        return execution.unapplied != null
                || (!execution.ready.isEmpty() && execution.transitions < lastTransition(next));
    }

    private static long lastTransition(Entry before) {
        return before instanceof Entry.Interrupted interrupted ? interrupted.transitions() : Long.MAX_VALUE;
    }

    /**
     * Whether work goes on and on: more transitions were made since the last fact than {@link
     * InterpreterLimits#transitionsWithoutFact} allows, and some are left. It is for the caller to end the execution,
     * by an {@link Entry.Interrupted}, and so for good: a replay goes by what the journal says, not by the limit.
     */
    public boolean makesNoProgress() {
        return !execution.ready.isEmpty()
                && execution.transitions > execution.limits().transitionsWithoutFact();
    }

    /** How many transitions have been made since the last entry. */
    public long transitions() {
        return execution.transitions;
    }

    /** How much fuel its work has taken since it was begun or restored. */
    public long fuelSpent() {
        return execution.fuel.spent();
    }

    /** How the execution ended; null while it runs. */
    public @Nullable Outcome outcome() {
        return execution.outcome;
    }

    /**
     * Whether the outcome follows from the entries alone. It does not when items were read from a data set, which may
     * be gone one day.
     */
    public boolean followsFromEntries() {
        return !execution.hasReadItems;
    }

    /** When the machine's {@code TimeoutSeconds} run out; null when it has none, and before the start. */
    public @Nullable Instant timeoutAt() {
        return execution.timeout == null ? null : execution.timeout.due();
    }

    /** The time of the last entry; the epoch before the first. Later entries must not be earlier. */
    public Instant time() {
        return execution.now();
    }

    /** How often the execution was redriven. */
    public int redrives() {
        return execution.redrives;
    }

    /** How many entries have been applied. */
    public long position() {
        return execution.position;
    }

    /**
     * Every effect that is asked for and not answered, in the order of the scopes: what a resumed execution has to
     * begin again.
     */
    public List<Effect> openEffects() {
        List<Effect> open = new ArrayList<>();
        if (execution.outcome == null) {
            if (execution.timeout != null) {
                open.add(execution.timeout);
            }
            if (execution.root != null) {
                collect(execution.root, open);
            }
        }
        return open;
    }

    private static void collect(Scope scope, List<Effect> open) {
        if (scope.pending != null) {
            open.add(scope.pending);
        }
        FanOut fanOut = scope.fanOut;
        if (fanOut != null) {
            fanOut.forEachOpen(child -> collect(child, open));
        }
    }

    /** Where the open scopes stand, each before those inside it; the first {@code most} of them. */
    public List<Standing> standings(int most) {
        List<Standing> found = new ArrayList<>();
        if (execution.outcome == null && execution.root != null) {
            collect(execution.root, found, most);
        }
        return found;
    }

    private static void collect(Scope scope, List<Standing> found, int most) {
        if (found.size() < most) {
            FanOut fanOut = scope.fanOut;
            found.add(new Standing(
                    scope.path,
                    scope.state.name,
                    scope.pending,
                    fanOut == null ? null : fanOut.children.counts(fanOut.state instanceof MapBehaviour)));
            if (fanOut != null) {
                fanOut.forEachOpen(child -> collect(child, found, most));
            }
        }
    }

    /**
     * The whole state as JSON, from which {@link #restore} goes on. It may be taken at any time, in the midst of work
     * too. It shares the payloads that it holds.
     *
     * @throws IllegalStateException when the execution has ended: its outcome is all that is left of it, and stands
     *     elsewhere
     */
    public JsonNode snapshot() {
        if (execution.outcome != null) {
            throw new IllegalStateException("The execution has ended, there is nothing to go on from");
        }
        if (execution.unapplied != null) {
            throw new IllegalStateException(
                    "Entry " + execution.position + " was replayed, and its consequences not begun yet");
        }
        return SnapshotWriter.write(execution);
    }
}
