package dev.reprise.testing.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Interpreter;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Program;
import dev.reprise.core.Redaction;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.ItemList;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.Provisions;
import dev.reprise.execution.TimerKind;
import dev.reprise.testing.WorkflowTest;
import dev.reprise.testing.suite.Difference.Kind;
import dev.reprise.testing.suite.RecordedExecution.Leg;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Runs the facts of an execution of the past against a definition as it is now, and tells where it goes another way.
 * The interpreter is given what tasks gave then, at the times at which they did; all else it computes. Nothing outside
 * is asked for anything.
 */
public final class Replay {

    /** A wait that took longer than it was to take, by less than this, was late; it is as late again. */
    private static final Duration LATE = Duration.ofMinutes(1);

    /** So much work of expressions and transitions a replay is followed, on every machine. */
    private static final long MOST_FUEL = 1_000_000_000;

    private static final long MOST_EVENTS = 1_000_000;

    /** Transitions that may follow from one fact: more are taken for a loop without end. */
    private static final long MOST_TRANSITIONS = 200_000;

    private static final int MOST_LEFT_OVER = 100;

    private static final InterpreterLimits LIMITS = new InterpreterLimits(
            InterpreterLimits.DEFAULT.payloadBytes(),
            InterpreterLimits.DEFAULT.sliceTransitions(),
            InterpreterLimits.DEFAULT.sliceFuel(),
            MOST_TRANSITIONS);

    private static final Provisions PROVISIONS = new Provisions() {
        @Override
        public String taskToken(EffectId task) {
            return Comparison.TOKEN;
        }

        @Override
        public @Nullable ItemList items(Effect.ReadItems read, String version) {
            return null;
        }
    };

    /**
     * A fact that is due.
     *
     * @param order tells apart what happened at the same time: the number of the event that told of it then
     * @param number tells apart the rest: in the order in which it was asked for
     * @param attempt whose end it is; null for a timer
     */
    private record Due(Instant at, long order, long number, Entry entry, RecordedStep.@Nullable Attempt attempt) {}

    private final RecordedExecution recorded;
    private final Program program;
    private final Redaction redaction;
    private final Comparison comparison;
    private final PriorityQueue<Due> queue = new PriorityQueue<>(
            Comparator.comparing(Due::at).thenComparingLong(Due::order).thenComparingLong(Due::number));
    private final List<Entry> entries = new ArrayList<>();
    private final long mostFuel;
    private Interpreter interpreter;
    private long numbers;
    private boolean isEndless;

    private Replay(RecordedExecution recorded, WorkflowTest test, Redaction redaction, long mostFuel) {
        this.recorded = recorded;
        this.mostFuel = mostFuel;
        this.program = test.program();
        this.redaction = redaction;
        this.comparison = new Comparison(recorded, test.states(), redaction);
        this.interpreter = interpreter();
    }

    private Interpreter interpreter() {
        return new Interpreter(program, recorded.identity(), LIMITS, PROVISIONS, comparison);
    }

    /**
     * Where the definition leads elsewhere than it did then, in words.
     *
     * @param test the definition
     * @return empty when it does the same
     */
    public static List<String> differences(RecordedExecution recorded, WorkflowTest test) {
        return of(recorded, test).differences().stream().map(Difference::words).toList();
    }

    /**
     * What the definition does with the facts of then.
     *
     * @param test the definition
     */
    public static ReplayResult of(RecordedExecution recorded, WorkflowTest test) {
        return of(recorded, test, Redaction.NONE);
    }

    /**
     * The same for somebody who is not to see everything.
     *
     * @param redaction hides it in what is told
     */
    public static ReplayResult of(RecordedExecution recorded, WorkflowTest test, Redaction redaction) {
        return of(recorded, test, redaction, MOST_FUEL);
    }

    static ReplayResult of(RecordedExecution recorded, WorkflowTest test, Redaction redaction, long mostFuel) {
        return new Replay(recorded, test, redaction, mostFuel).run();
    }

    // ---- the way

    private ReplayResult run() {
        Leg leg = recorded.legs().getFirst();
        take(new Entry.Started(leg.begunAt(), recorded.input()));
        follow(leg);
        for (Leg next : recorded.legs().subList(1, recorded.legs().size())) {
            if (isEndless || interpreter.outcome() == null || interpreter.outcome() instanceof Outcome.Succeeded) {
                break;
            }
            leg = next;
            redrive(new Entry.Redriven(latest(leg.begunAt()), interpreter.redrives() + 1));
            follow(leg);
        }
        return result(leg);
    }

    private void follow(Leg leg) {
        while (interpreter.outcome() == null && !isEndless) {
            Due next = queue.peek();
            if (next == null || (leg.isCutOff() && next.at().isAfter(leg.endedAt()))) {
                break;
            }
            queue.remove();
            Entry entry = next.entry().movedTo(latest(next.at()));
            if (interpreter.expects(entry)) {
                if (next.attempt() != null) {
                    comparison.use(next.attempt());
                }
                take(entry);
            }
        }
        if (leg.status() == ExecutionStatus.ABORTED && interpreter.outcome() == null && !isEndless) {
            take(new Entry.Stopped(latest(leg.endedAt()), leg.error(), leg.cause()));
        }
    }

    /** No fact may be earlier than the one before. */
    private Instant latest(Instant at) {
        return at.isBefore(interpreter.time()) ? interpreter.time() : at;
    }

    private void take(Entry entry) {
        entries.add(entry);
        interpreter.apply(entry).forEach(this::perform);
        work(true);
    }

    private void work(boolean performs) {
        while (interpreter.hasWork() && !isEndless) {
            List<Effect> effects = interpreter.advance();
            if (performs) {
                effects.forEach(this::perform);
            }
            if (interpreter.makesNoProgress()
                    || comparison.lastEvent() > MOST_EVENTS
                    || interpreter.fuelSpent() > mostFuel) {
                isEndless = true;
                comparison.end(
                        Kind.NO_END,
                        "It goes on longer than a replay is followed: after " + comparison.lastEvent()
                                + " events it has not come to its end");
            }
        }
    }

    /** An end that was redriven has to be led up to anew. */
    private void redrive(Entry.Redriven redriven) {
        entries.add(redriven);
        queue.clear();
        interpreter = interpreter();
        for (Entry entry : entries) {
            while (interpreter.hasWorkBefore(entry)) {
                interpreter.advanceTo(entry);
            }
            interpreter.replay(entry);
        }
        work(false);
        interpreter.openEffects().forEach(this::perform);
    }

    // ---- what is asked for

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.RunTask task -> run(task);
            case Effect.StartTimer timer -> start(timer);
            case Effect.ReadItems read ->
                comparison.noAnswer(
                        read.id().scope(),
                        read.state(),
                        null,
                        "state " + read.state() + " reads a data set, which stands in no history");
            case Effect.WriteResults write ->
                comparison.noAnswer(
                        write.id().scope(),
                        write.state(),
                        null,
                        "state " + write.state() + " writes its results, and where to stands in no history");
            case Effect.Abandon abandon -> {}
            case Effect.End end -> {}
        }
    }

    private void run(Effect.RunTask task) {
        RecordedStep.Attempt attempt = comparison.asked(task);
        if (attempt == null) {
            return;
        }
        Facts facts = new Facts(task, attempt);
        Duration later = asLate(task.requestedAt(), attempt.at()).equals(attempt.at())
                ? Duration.ZERO
                : Duration.between(attempt.at(), task.requestedAt());
        for (RecordedStep.Phase phase : attempt.phases()) {
            Entry fact = facts.of(phase, phase.at().plus(later));
            queue.add(new Due(fact.at(), phase.event(), numbers++, fact, null));
        }
        RecordedStep.End end = attempt.end();
        if (end == null) {
            return;
        }
        Entry fact = facts.of(end, end.at().plus(later));
        if (fact == null) {
            comparison.noAnswer(
                    task.id().scope(),
                    task.state(),
                    comparison.asked(task.id().scope()) - 1,
                    "state " + task.state() + " waits longer for its task than it did, and what that would have given"
                            + " is not known");
            return;
        }
        queue.add(new Due(fact.at(), end.event(), numbers++, fact, attempt));
    }

    private void start(Effect.StartTimer timer) {
        Instant now = interpreter.time();
        Instant at = timer.due();
        long order = Long.MAX_VALUE;
        RecordedStep step = comparison.current(timer.id().scope());
        if (step != null && timer.kind() == TimerKind.WAIT && step.exitedAt() != null) {
            at = asLate(at, now.plus(Duration.between(step.enteredAt(), step.exitedAt())));
            order = step.exitEvent();
        } else if (step != null && timer.kind() == TimerKind.RETRY) {
            int asked = comparison.asked(timer.id().scope());
            List<RecordedStep.Attempt> attempts = step.attempts();
            RecordedStep.End last = asked > 0 && asked <= attempts.size()
                    ? attempts.get(asked - 1).end()
                    : null;
            if (last != null && asked < attempts.size()) {
                at = asLate(
                        at,
                        now.plus(Duration.between(last.at(), attempts.get(asked).at())));
                order = attempts.get(asked).event();
            }
        }
        queue.add(new Due(at, order, numbers++, new Entry.TimerFired(timer.id(), at, timer.kind()), null));
    }

    private static Instant asLate(Instant due, Instant then) {
        return then.isBefore(due) || then.isAfter(due.plus(LATE)) ? due : then;
    }

    // ---- what comes of it

    private ReplayResult result(Leg reached) {
        ReplayResult.End then = new ReplayResult.End(
                reached.status(), shown(reached.output()), redaction.quoted(reached.error()), reached.cause());
        Outcome outcome = interpreter.outcome();
        ReplayResult.End now = end(outcome);
        boolean isLast = recorded.legs().getLast().equals(reached);
        if (outcome != null && !reached.isCutOff()) {
            comparison.ended();
        }
        String other = isEndless ? null : otherEnd(reached, outcome);
        if (other == null && !isLast) {
            other = "It is not redriven now, for it " + (outcome == null ? "does not end" : "succeeds");
        }
        if (other != null) {
            comparison.end(Kind.OTHER_END, other);
        }
        List<ReplayResult.LeftOver> left = new ArrayList<>();
        int facts = 0;
        int leftCount = 0;
        for (var body : recorded.bodies().entrySet()) {
            for (RecordedStep step : body.getValue()) {
                for (int i = 0; i < step.attempts().size(); i++) {
                    RecordedStep.Attempt attempt = step.attempts().get(i);
                    RecordedStep.End end = attempt.end();
                    if (end != null) {
                        facts++;
                    }
                    if (end != null && !comparison.isUsed(attempt)) {
                        leftCount++;
                        if (left.size() < MOST_LEFT_OVER) {
                            left.add(new ReplayResult.LeftOver(
                                    step.state(), body.getKey().toString(), i, end.event()));
                        }
                    }
                }
            }
        }
        if (leftCount > 0 && comparison.differences().isEmpty()) {
            comparison.end(
                    Kind.LEFT_OVER,
                    "It comes to the same end, and does not ask for all that tasks gave then: for "
                            + (leftCount == 1 ? "one answer" : leftCount + " answers") + " less, the first of state "
                            + left.getFirst().state());
        }
        return new ReplayResult(
                comparison.differences(),
                comparison.otherData(),
                new ReplayResult.End(then.status(), then.output(), then.error(), redaction.quoted(then.cause())),
                now,
                facts,
                left,
                leftCount,
                comparison.events(),
                comparison.lastEvent());
    }

    private @Nullable JsonNode shown(@Nullable JsonNode value) {
        return value == null ? null : redaction.value(value);
    }

    private ReplayResult.End end(@Nullable Outcome outcome) {
        return switch (outcome == null ? null : redaction.outcome(outcome)) {
            case null -> new ReplayResult.End(ExecutionStatus.RUNNING, null, null, null);
            case Outcome.Succeeded(JsonNode output) ->
                new ReplayResult.End(ExecutionStatus.SUCCEEDED, output, null, null);
            case Outcome.Failed(var error) ->
                new ReplayResult.End(ExecutionStatus.FAILED, null, error.error(), error.cause());
            case Outcome.TimedOut timedOut -> new ReplayResult.End(ExecutionStatus.TIMED_OUT, null, null, null);
            case Outcome.Aborted(String error, String cause) ->
                new ReplayResult.End(ExecutionStatus.ABORTED, null, error, cause);
        };
    }

    /** How it does not come to the same end; null when it does, or when nobody can know. */
    private @Nullable String otherEnd(Leg then, @Nullable Outcome outcome) {
        ReplayResult.End now = end(outcome);
        if (outcome == null) {
            boolean unknown = comparison.differences().stream().anyMatch(each -> each.kind() == Kind.NO_ANSWER);
            return then.status() == ExecutionStatus.RUNNING || unknown
                    ? null
                    : "It ended as " + then.status() + ", and does not end now";
        }
        if (then.status() != now.status()) {
            return "It " + (then.status() == ExecutionStatus.RUNNING ? "still ran" : "ended as " + then.status())
                    + ", and ends as " + now.status() + " now"
                    + (now.error() == null ? "" : " with " + now.error() + ": " + now.cause());
        }
        if (then.output() != null && outcome instanceof Outcome.Succeeded succeeded) {
            String difference = comparison.difference(then.output(), succeeded.output());
            return difference == null ? null : "Its output is another. " + difference;
        }
        String error = outcome instanceof Outcome.Failed failed ? failed.error().error() : then.error();
        return then.error() == null || then.error().equals(error)
                ? null
                : "It ended with error " + redaction.quoted(then.error()) + ", and ends with " + now.error() + " now";
    }
}
