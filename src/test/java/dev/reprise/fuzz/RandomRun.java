package dev.reprise.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.core.Interpreter;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Program;
import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.ItemList;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.Provisions;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TimerKind;
import dev.reprise.journal.StoredForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs one execution with random answers, and once more from its journal. What it finds wrong it throws as an {@link
 * AssertionError}.
 */
final class RandomRun {

    /** After so many entries the execution is stopped. */
    private static final int MOST_ENTRIES = 40;

    /** One entry leads to no more slices than this; what works on still is a loop that waits for nothing. */
    private static final int MOST_SLICES = 60;

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static final ExecutionIdentity IDENTITY = new ExecutionIdentity(
            "arn:aws:states:us-east-1:111111111111:execution:fuzz:run",
            "run",
            "arn:aws:states:us-east-1:111111111111:stateMachine:fuzz",
            "fuzz",
            "arn:aws:iam::111111111111:role/fuzz");

    private static final Provisions WORLD = new Provisions() {
        @Override
        public String taskToken(EffectId task) {
            return "token-of-" + task;
        }

        @Override
        public ItemList items(Effect.ReadItems read, String version) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            RandomJson json = new RandomJson(new Dice(version.length()));
            for (int i = 0; i < version.length(); i++) {
                items.add(json.likely());
            }
            return ItemList.of(items);
        }
    };

    private final Dice dice;
    private final RandomJson json;
    private final Program program;
    private final InterpreterLimits limits;

    private final List<Entry> entries = new ArrayList<>();
    private final List<String> history = new ArrayList<>();
    private Instant now = NOON;
    private boolean endless;

    /** After how many entries the execution is cut. */
    private final int cut;

    private @Nullable String openAtCut;
    private @Nullable JsonNode snapshotAtCut;

    RandomRun(Dice dice, Program program) {
        this.dice = dice;
        this.json = new RandomJson(dice);
        this.program = program;
        this.limits = new InterpreterLimits(dice.percent(90) ? 100_000 : 600, dice.oneOf(1, 7, 100));
        this.cut = dice.between(1, 6);
    }

    /** Runs it, and says whether it came to an end of its own. */
    boolean run() {
        Interpreter live = interpreter(event -> history.add(text(event)));
        add(live, new Entry.Started(now, dice.percent(85) ? json.likely() : json.any()));
        goOn(live);
        for (int count = 1; count <= 3 && !(live.outcome() instanceof Outcome.Succeeded) && dice.percent(50); count++) {
            live = redriven(count);
            goOn(live);
        }
        String outcome = String.valueOf(live.outcome());
        check(live.outcome() != null, "it has not ended");
        check(live.openEffects().isEmpty(), "it has ended, and waits for " + live.openEffects());
        runAgain(outcome);
        return !endless;
    }

    private void goOn(Interpreter live) {
        while (live.outcome() == null && !endless) {
            add(live, entries.size() < MOST_ENTRIES ? next(live.openEffects()) : new Entry.Stopped(now, null, null));
        }
        if (endless) {
            add(live, new Entry.Interrupted(live.transitions(), new Entry.Stopped(now, "Endless", null)));
        }
    }

    private Interpreter redriven(int count) {
        now = now.plusMillis(dice.below(1_500));
        endless = false;
        entries.add(StoredForm.appended(new Entry.Redriven(now, count)));
        history.clear();
        Interpreter again = interpreter(event -> history.add(text(event)));
        entries.forEach(entry -> replay(again, entry));
        check(again.redrives() == count, "it was not redriven");
        workOffAtMost(again);
        return again;
    }

    private static void check(boolean right, String problem) {
        if (!right) {
            throw new AssertionError(problem);
        }
    }

    private Interpreter interpreter(@Nullable ExecutionObserver observer) {
        return new Interpreter(program, IDENTITY, limits, WORLD, observer);
    }

    private static String text(HistoryEvent event) {
        return event.id() + " " + event.type() + " " + event.previousId() + " " + event.timestamp();
    }

    private void add(Interpreter live, Entry entry) {
        Entry appended = StoredForm.appended(entry);
        entries.add(appended);
        live.apply(appended);
        boolean amidWork = entries.size() == cut && live.hasWork() && dice.percent(50);
        if (amidWork) {
            snapshotAtCut = live.snapshot();
        }
        workOffAtMost(live);
        if (endless) {
            return;
        }
        if (entries.size() == cut && live.outcome() == null) {
            openAtCut = live.openEffects().toString();
            snapshotAtCut = amidWork ? snapshotAtCut : live.snapshot();
        }
    }

    private void workOffAtMost(Interpreter live) {
        for (int slices = 0; live.hasWork() && !endless; slices++) {
            live.advance();
            endless = live.hasWork() && slices > MOST_SLICES && slices > 3_000 / limits.sliceTransitions();
        }
    }

    // ---- answers

    private Entry next(List<Effect> open) {
        check(!open.isEmpty(), "it has not ended, and waits for nothing");
        now = now.plusMillis(dice.below(1_500));
        if (dice.percent(1)) {
            return new Entry.Stopped(now, json.text(), null);
        }
        Effect effect = open.get(dice.below(open.size()));
        EffectId id = dice.percent(97)
                ? effect.id()
                : new EffectId(ScopePath.ROOT.child("S1", 1, dice.below(3)), dice.below(3));
        return switch (effect) {
            case Effect.StartTimer timer -> fired(id, timer);
            case Effect.RunTask task -> answer(id);
            case Effect.ReadItems read ->
                dice.percent(85)
                        ? new Entry.ItemsRead(id, now, "v".repeat(dice.below(4)), dice.below(4))
                        : new Entry.TaskFailed(id, now, error());
            case Effect.WriteResults write ->
                dice.percent(85)
                        ? new Entry.TaskSucceeded(id, now, json.any())
                        : new Entry.TaskFailed(id, now, error());
            default -> new Entry.TaskSucceeded(id, now, json.any());
        };
    }

    private Entry fired(EffectId id, Effect.StartTimer timer) {
        now = timer.due().isAfter(now) ? timer.due() : now;
        return new Entry.TimerFired(id, now, dice.percent(98) ? timer.kind() : TimerKind.WAIT);
    }

    private Entry answer(EffectId id) {
        return switch (dice.below(20)) {
            case 0 -> new Entry.TimerFired(id, now, TimerKind.TIMEOUT);
            case 1 -> new Entry.TimerFired(id, now, TimerKind.HEARTBEAT);
            case 2 -> new Entry.TaskSubmitted(id, now, dice.percent(50) ? json.any() : null);
            case 3 -> new Entry.TaskStarted(id, now, dice.percent(50) ? json.text() : null);
            case 4, 5, 6, 7 -> new Entry.TaskFailed(id, now, error());
            case 8, 9 -> new Entry.TaskSucceeded(id, now, json.any());
            default -> new Entry.TaskSucceeded(id, now, json.likely());
        };
    }

    private StatesError error() {
        return new StatesError(
                dice.percent(90)
                        ? dice.oneOf("Oops", "States.TaskFailed", "States.Runtime", "States.Timeout", json.text())
                        : null,
                dice.percent(70) ? json.text() : null);
    }

    // ---- once more

    private void runAgain(String outcome) {
        List<Entry> reread = entries.stream().map(StoredForm::reread).toList();
        List<String> replayedHistory = new ArrayList<>();
        Interpreter replayed = interpreter(event -> replayedHistory.add(text(event)));
        for (int i = 0; i < reread.size(); i++) {
            replay(replayed, reread.get(i));
            if (i + 1 == cut && openAtCut != null) {
                workOff(replayed);
                same(
                        "what is open after a replay of " + cut,
                        openAtCut,
                        replayed.openEffects().toString());
            }
        }
        workOff(replayed);
        same("the outcome of a replay", outcome, String.valueOf(replayed.outcome()));
        same("the history of a replay", history.toString(), replayedHistory.toString());
        JsonNode snapshot = snapshotAtCut == null ? null : StoredForm.rereadSnapshot(snapshotAtCut);
        if (snapshot != null) {
            Interpreter restored =
                    Interpreter.restore(program, IDENTITY, limits, WORLD, (Entry.Started) reread.get(0), snapshot);
            if (openAtCut != null) {
                workOff(restored);
                same(
                        "what is open after a snapshot at " + cut,
                        openAtCut,
                        restored.openEffects().toString());
            }
            reread.subList(cut, reread.size()).forEach(entry -> replay(restored, entry));
            workOff(restored);
            same("the outcome after a snapshot at " + cut, outcome, String.valueOf(restored.outcome()));
        }
    }

    private static void replay(Interpreter interpreter, Entry entry) {
        while (interpreter.hasWorkBefore(entry)) {
            interpreter.advanceTo(entry);
        }
        interpreter.replay(entry);
    }

    private static void workOff(Interpreter interpreter) {
        while (interpreter.hasWork()) {
            interpreter.advance();
        }
    }

    private static void same(String what, String expected, String actual) {
        check(expected.equals(actual), what + "\n  was      " + expected + "\n  and then " + actual);
    }

    /** What has been told so far. */
    List<Entry> entries() {
        return entries;
    }
}
