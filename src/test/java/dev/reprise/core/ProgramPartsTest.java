package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.execution.Effect;
import dev.reprise.execution.Entry;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.Provisions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A part of a definition runs as an execution of its own. */
class ProgramPartsTest {

    private static final Program WHOLE = Scripted.compile("""
        {'StartAt': 'Each/One', 'TimeoutSeconds': 60, 'States': {'Each/One': {'Type': 'Map', 'End': true,
        'ItemProcessor': {'StartAt': 'Both', 'States': {'Both': {'Type': 'Parallel', 'End': true, 'Branches': [
        {'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}},
        {'StartAt': 'B', 'States': {'B': {'Type': 'Task', 'Resource':
        'arn:aws:states:::lambda:invoke.waitForTaskToken', 'Parameters': {'FunctionName': 'f', 'Payload': {'t.$': '$$.Task.Token'}}, 'End': true}}}]}}}}}}\
        """);

    private static Interpreter begun(String pointer) {
        Interpreter part = new Interpreter(WHOLE.at(pointer), Scripted.IDENTITY, InterpreterLimits.DEFAULT, null);
        part.apply(new Entry.Started(Instant.EPOCH, Scripted.json("7")));
        return part;
    }

    @Test
    void theWholeIsAtTheEmptyPointer() {
        assertThat(WHOLE.at("")).isSameAs(WHOLE);
    }

    @Test
    void aBranchOfAnItemProcessorRunsAlone() {
        Interpreter branch = begun("/States/Each~1One/ItemProcessor/States/Both/Branches/0");
        List<Effect> asked = branch.advance();

        assertThat(asked).hasSize(1);
        Effect.RunTask task = (Effect.RunTask) asked.get(0);
        assertThat(task.id()).hasToString("/:1");
        assertThat(task.state()).isEqualTo("A");
        branch.apply(new Entry.TaskSucceeded(task.id(), Instant.EPOCH, Scripted.json("'done'")));
        assertThat(branch.outcome()).isEqualTo(new Outcome.Succeeded(Scripted.json("'done'")));
    }

    @Test
    void itIsRestoredFromItsSnapshot() {
        String pointer = "/States/Each~1One/ItemProcessor/States/Both/Branches/0";
        Interpreter branch = begun(pointer);
        branch.advance();

        Interpreter restored = Interpreter.restore(
                WHOLE.at(pointer),
                Scripted.IDENTITY,
                InterpreterLimits.DEFAULT,
                Provisions.NONE,
                new Entry.Started(Instant.EPOCH, Scripted.json("7")),
                branch.snapshot());

        assertThat(restored.openEffects()).isEqualTo(branch.openEffects());
    }

    @Test
    void theMachinesTimeOutIsNotThatOfAPart() {
        assertThat(begun("").timeoutAt()).isEqualTo(Instant.ofEpochSecond(60));
        assertThat(begun("/States/Each~1One/ItemProcessor").timeoutAt()).isNull();
    }

    @Test
    void aPartKnowsWhetherItsOwnTasksAreAnsweredFromOutside() {
        assertThat(WHOLE.at("/States/Each~1One/ItemProcessor/States/Both/Branches/1")
                        .isAnsweredFromOutside())
                .isTrue();
        assertThat(WHOLE.at("/States/Each~1One/ItemProcessor/States/Both/Branches/0")
                        .isAnsweredFromOutside())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/States",
                "/States/Each~1One",
                "/States/Nowhere/ItemProcessor",
                "/States/Each~1One/Branches/0",
                "/States/Each~1One/ItemProcessor/States/Both/Branches/2",
                "/States/Each~1One/ItemProcessor/States/Both/Branches/x",
                "/States/Each~1One/ItemProcessor/States/Both/Branches",
                "/States/Each~1One/ItemProcessor/States/Both/Branches/0/States/A"
            })
    void whereNoBodyStandsNothingRuns(String pointer) {
        assertThatThrownBy(() -> WHOLE.at(pointer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The definition has no body at '" + pointer + "'");
    }

    @Test
    void aSnapshotOfAnotherPartDoesNotFit() {
        Interpreter branch = begun("/States/Each~1One/ItemProcessor/States/Both/Branches/0");
        branch.advance();
        String elsewhere = branch.snapshot().toString().replace("\"state\":\"A\"", "\"state\":\"Both\"");

        assertThatThrownBy(() -> Interpreter.restore(
                        WHOLE.at("/States/Each~1One/ItemProcessor"),
                        Scripted.IDENTITY,
                        InterpreterLimits.DEFAULT,
                        Provisions.NONE,
                        new Entry.Started(Instant.EPOCH, Scripted.json("7")),
                        Scripted.json(elsewhere)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The snapshot does not fit the program: state 'Both' is no Task");
    }
}
