package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.execution.Entry;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.Provisions;
import dev.reprise.execution.TimerKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An execution that is ended in the midst of its work has come as far on every replay as it had when that happened. */
class InterruptionTest {

    /**
     * Goes round for ever. In each turn an item of the inner Map fails both Maps at once, while the next ones stand in
     * the queue.
     */
    static final Program ENDLESS = Scripted.compile("""
        {'StartAt': 'Outer', 'States': {
        'Outer': {'Type': 'Map', 'ItemsPath': '$.items', 'End': true,
        'Catch': [{'ErrorEquals': ['States.ALL'], 'ResultPath': null, 'Next': 'Again'}],
        'ItemProcessor': {'StartAt': 'Inner', 'States': {'Inner': {'Type': 'Map', 'End': true,
        'ItemProcessor': {'StartAt': 'P', 'States': {
        'P': {'Type': 'Pass', 'Next': 'F'},
        'F': {'Type': 'Fail', 'Error': 'Oops'}}}}}}},
        'Again': {'Type': 'Pass', 'Next': 'Outer'}}}\
        """);

    static final Entry STARTED = new Entry.Started(Instant.EPOCH, Scripted.json("{'items': [[1, 2], [3]]}"));

    private final List<String> told = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 100, 1_001})
    void itIsFoundAgainAtTheSamePlaceWhateverTheSlices(int slices) {
        Interpreter live = interpreter(1, told);
        live.apply(STARTED);
        for (int i = 0; i < slices; i++) {
            live.advance();
        }
        Entry stop = new Entry.Interrupted(live.transitions(), stopped());
        live.apply(stop);

        assertThat(live.outcome()).isEqualTo(new Outcome.Aborted("Enough", null));
        assertThat(live.hasWork()).isFalse();
        assertThat(live.openEffects()).isEmpty();
        for (int slice : new int[] {1, 7, 10_000}) {
            List<String> retold = new ArrayList<>();
            Interpreter replayed = interpreter(slice, retold);
            replay(replayed, STARTED);
            replay(replayed, stop);
            replayed.advance();
            assertThat(replayed.outcome()).isEqualTo(live.outcome());
            assertThat(retold).isEqualTo(told);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 100, 1_001})
    void aSnapshotAmidTheWorkKnowsHowFarItHasCome(int slices) {
        Interpreter live = interpreter(1, told);
        live.apply(STARTED);
        for (int i = 0; i < slices; i++) {
            live.advance();
        }
        Interpreter restored = Interpreter.restore(
                ENDLESS,
                Scripted.IDENTITY,
                InterpreterLimits.DEFAULT,
                Provisions.NONE,
                (Entry.Started) STARTED,
                Scripted.json(live.snapshot().toString()));

        Entry later = new Entry.Interrupted(live.transitions() + 60, stopped());
        while (live.hasWorkBefore(later)) {
            live.advanceTo(later);
        }
        while (restored.hasWorkBefore(later)) {
            restored.advanceTo(later);
        }
        assertThat(restored.transitions()).isEqualTo(live.transitions());
        assertThat(restored.snapshot()).hasToString(live.snapshot().toString());
    }

    @Test
    void anythingElseWaitsForTheWork() {
        Interpreter live = interpreter(1, told);
        live.apply(STARTED);
        live.advance();

        assertThatThrownBy(() -> live.apply(stopped())).hasMessage("Work is left from entry 1");
        assertThatThrownBy(() -> live.apply(new Entry.Interrupted(2, stopped())))
                .hasMessage("Work is left from entry 1");
    }

    @Test
    void aPlaceThatIsPassedIsNotFoundAgain() {
        Interpreter live = interpreter(1, told);
        live.apply(STARTED);
        live.advance();
        live.advance();

        assertThatThrownBy(() -> live.apply(new Entry.Interrupted(1, stopped())))
                .hasMessage("After entry 1 come 1 transitions, not 2");
    }

    @Test
    void onlyAnEndInterrupts() {
        Entry wait = new Entry.TimerFired(Scripted.id("/:1"), Instant.EPOCH, TimerKind.WAIT);

        assertThatThrownBy(() -> new Entry.Interrupted(1, wait))
                .hasMessageStartingWith("Only the execution's end interrupts its work, not TimerFired");
    }

    static Entry stopped() {
        return new Entry.Stopped(Instant.ofEpochSecond(1), "Enough", null);
    }

    private static Interpreter interpreter(int slice, List<String> events) {
        @Nullable
        ExecutionObserver observer = event -> events.add(event.id() + " " + event.type() + " " + event.details());
        return new Interpreter(ENDLESS, Scripted.IDENTITY, new InterpreterLimits(100_000, slice), observer);
    }

    static void replay(Interpreter interpreter, Entry next) {
        while (interpreter.hasWorkBefore(next)) {
            interpreter.advanceTo(next);
        }
        interpreter.replay(next);
    }
}
