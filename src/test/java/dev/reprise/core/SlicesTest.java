package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.Provisions;
import dev.reprise.execution.StatesError;
import dev.reprise.query.Fuel;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much is worked out between two looks at a clock, and how much between two facts. */
class SlicesTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final ExecutionIdentity IDENTITY =
            new ExecutionIdentity("execution", "name", "machine", "loop", "role");
    private static final Program LOOP = Scripted.compile("""
        {'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'Next': 'B'}, 'B': {'Type': 'Choice', 'Choices': [
        {'Variable': '$.stop', 'IsPresent': true, 'Next': 'Done'}], 'Default': 'A'}, 'Done': {'Type': 'Succeed'}}}\
        """);
    private static final Entry.Started STARTED = new Entry.Started(NOON, Scripted.json("{}"));

    private static Interpreter begun(Program program, InterpreterLimits limits, String input) {
        Interpreter interpreter = new Interpreter(program, IDENTITY, limits, null);
        interpreter.apply(new Entry.Started(NOON, Scripted.json(input)));
        return interpreter;
    }

    @Test
    void aSliceEndsAfterSoManyTransitions() {
        Interpreter loop = begun(LOOP, new InterpreterLimits(1_000, 7, 1_000_000, 1_000_000), "{}");

        loop.advance();

        assertThat(loop.transitions()).isEqualTo(7);
    }

    @Test
    void aSliceEndsEarlierWhereItsTransitionsAreDear() {
        Program program = Scripted.compile("""
            {'StartAt': 'A', 'States': {
            'A': {'Type': 'Pass', 'ResultPath': '$.a', 'Result': 1, 'Next': 'B'},
            'B': {'Type': 'Choice', 'Choices': [
            {'Variable': '$.stop', 'IsPresent': true, 'Next': 'Done'}], 'Default': 'A'}, 'Done': {'Type': 'Succeed'}}}\
            """);
        String large = IntStream.range(0, 1_000).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        InterpreterLimits limits = new InterpreterLimits(1_000_000, 1_000, 5_000, 1_000_000);
        Interpreter cheap = begun(program, limits, "{}");
        Interpreter dear = begun(program, limits, "{'large': " + large + "}");

        cheap.advance();
        dear.advance();

        assertThat(cheap.transitions()).isGreaterThan(dear.transitions());
        assertThat(dear.transitions()).isBetween(2L, 50L);
        assertThat(dear.fuelSpent()).isBetween(5_000L, 10_000L);
    }

    @Test
    void workBesideEvaluationsIsUnderNoBoundOfOne() {
        Fuel fuel = new Fuel();
        fuel.allow(10);
        fuel.burn(10);

        fuel.count(1_000);
        fuel.allow(5);
        fuel.burn(5);

        assertThat(fuel.spent()).isEqualTo(1_015);
    }

    @Test
    void anExecutionThatGoesOnAndOnWithoutAFactMakesNoProgress() {
        Interpreter loop = begun(LOOP, new InterpreterLimits(1_000, 10, 1_000_000, 100), "{}");

        for (int slice = 0; slice < 10; slice++) {
            loop.advance();
            assertThat(loop.makesNoProgress()).isFalse();
        }
        loop.advance();

        assertThat(loop.makesNoProgress()).isTrue();
    }

    @Test
    void whatASnapshotAmidWorkGoesOnFromCountsToo() {
        InterpreterLimits limits = new InterpreterLimits(1_000, 60, 1_000_000, 100);
        Interpreter loop = begun(LOOP, limits, "{}");
        loop.advance();

        Interpreter restored = Interpreter.restore(LOOP, IDENTITY, limits, Provisions.NONE, STARTED, loop.snapshot());
        assertThat(restored.makesNoProgress()).isFalse();
        restored.advance();

        assertThat(restored.makesNoProgress()).isTrue();
    }

    /** An item whose second state is about to be entered, some time after the first. */
    @Test
    void aSnapshotAmidWorkKnowsWhenAnItemBegan() {
        Program program = Scripted.compile("""
            {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true, 'ItemProcessor': {
            'StartAt': 'A', 'States': {
            'A': {'Type': 'Task', 'Resource': 'task:a', 'Next': 'B'},
            'B': {'Type': 'Pass', 'Next': 'C'},
            'C': {'Type': 'Task', 'Resource': 'task:c', 'End': true}}}}}}\
            """);
        InterpreterLimits limits = new InterpreterLimits(1_000, 1);
        Interpreter live = begun(program, limits, "[1]");
        while (live.hasWork()) {
            live.advance();
        }
        live.apply(new Entry.TaskSucceeded(Scripted.id("/Each[0]:1"), NOON.plusSeconds(1), Scripted.json("1")));

        Interpreter restored =
                Interpreter.restore(program, IDENTITY, limits, Provisions.NONE, STARTED, live.snapshot());
        while (live.hasWork()) {
            live.advance();
            restored.advance();
        }

        assertThat(restored.snapshot()).hasToString(live.snapshot().toString());
    }

    @Test
    void aReplayEndsWhereTheJournalSaysWhateverTheBoundIs() {
        Interpreter first = begun(LOOP, new InterpreterLimits(1_000, 10, 1_000_000, 100), "{}");
        while (!first.makesNoProgress()) {
            first.advance();
        }
        Entry end = new Entry.Interrupted(first.transitions(), new Entry.GivenUp(NOON, new StatesError("Loop", null)));
        first.apply(end);

        for (long bound : new long[] {1, 1_000_000}) {
            Interpreter again = begun(LOOP, new InterpreterLimits(1_000, 7, 1_000_000, bound), "{}");
            while (again.hasWorkBefore(end)) {
                again.advanceTo(end);
            }
            again.apply(end);

            assertThat(again.outcome()).isEqualTo(first.outcome());
            assertThat(again.transitions()).isEqualTo(first.transitions());
        }
    }
}
