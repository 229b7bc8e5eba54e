package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operations of durable functions as states: a wait is a Wait, a child context a Parallel of one branch, waiting
 * for a condition a loop of Task, Choice and Wait.
 */
class DurableOperationsTest {

    /** A child context whose body is given. It ends with the output of its body's last state. */
    private static final String CHILD = """
        {'StartAt': 'Child', 'States': {
        'Child': {'Type': 'Parallel', 'Branches': [%s], 'OutputPath': '$[0]', 'End': true}}}\
        """;

    /** The same with a step after it, or for its failures. */
    private static final String CHILD_AND_STEP = """
        {'StartAt': 'Child', 'States': {
        'Child': {'Type': 'Parallel', 'Branches': [%s], 'OutputPath': '$[0]', %s},
        'After': {'Type': 'Task', 'Resource': 'task:after', 'End': true}}}\
        """;

    private static final String TWO_STEPS = """
        {'StartAt': 'One', 'States': {
        'One': {'Type': 'Task', 'Resource': 'task:one', 'Next': 'Two'},
        'Two': {'Type': 'Task', 'Resource': 'task:two', 'End': true}}}\
        """;

    private static final String STEP_AND_WAIT = """
        {'StartAt': 'One', 'States': {
        'One': {'Type': 'Task', 'Resource': 'task:one', 'Next': 'Pause'},
        'Pause': {'Type': 'Wait', 'Seconds': 3, 'End': true}}}\
        """;

    // ---- wait

    @ParameterizedTest
    @ValueSource(ints = {2, 60, 900})
    void aWaitEndsTheInvocationAndTheNextOneComesInTime(int seconds) {
        VirtualFunction function = new VirtualFunction("""
            {'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': %d, 'End': true}}}\
            """.formatted(seconds), DurableOperationsTest::none);

        assertThat(function.run("7").output()).isEqualTo(TestEngine.json("7"));
        assertThat(function.invocations).hasSize(2);
        assertThat(function.elapsed()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void eachOfSeveralWaitsEndsAnInvocation() {
        VirtualFunction function = new VirtualFunction("""
            {'StartAt': 'A', 'States': {
            'A': {'Type': 'Wait', 'Seconds': 2, 'Next': 'B'},
            'B': {'Type': 'Wait', 'Seconds': 5, 'End': true}}}\
            """, DurableOperationsTest::none);

        function.run("{}");

        assertThat(function.invocations).hasSize(3);
        assertThat(function.elapsed()).isEqualTo(Duration.ofSeconds(7));
    }

    // ---- child context

    @Test
    void aChildRunsItsStepsInOrderAndGivesTheResultOfTheLast() {
        VirtualFunction function = new VirtualFunction(CHILD.formatted(TWO_STEPS), wrapping());

        assertThat(function.run("'x'").output()).isEqualTo(TestEngine.json("'Two(One(x))'"));
        assertThat(function.invocations).hasSize(1);
        assertThat(scopes(function)).containsExactly("/Child[0]", "/Child[0]");
    }

    @Test
    void aChildInsideAChildHasAScopeOfItsOwn() {
        String inner = """
            {'StartAt': 'First', 'States': {
            'First': {'Type': 'Task', 'Resource': 'task:first', 'Next': 'Inner'},
            'Inner': {'Type': 'Parallel', 'Branches': [%s], 'OutputPath': '$[0]', 'End': true}}}\
            """.formatted(TWO_STEPS);
        VirtualFunction function = new VirtualFunction(CHILD.formatted(inner), wrapping());

        assertThat(function.run("'x'").output()).isEqualTo(TestEngine.json("'Two(One(First(x)))'"));
        assertThat(scopes(function)).containsExactly("/Child[0]", "/Child[0]/Inner[0]", "/Child[0]/Inner[0]");
    }

    @Test
    void aWaitInsideAChildSuspendsItAndWhatRanBeforeDoesNotRunAgain() {
        VirtualFunction function =
                new VirtualFunction(CHILD_AND_STEP.formatted(STEP_AND_WAIT, "'Next': 'After'"), wrapping());

        assertThat(function.run("'x'").output()).isEqualTo(TestEngine.json("'After(One(x))'"));
        assertThat(function.invocations).hasSize(2);
        assertThat(states(function)).containsExactly("One", "After");
    }

    @Test
    void aStepThatFailsFailsItsChildAndTheExecution() {
        VirtualFunction function = new VirtualFunction(CHILD.formatted(TWO_STEPS), failing("Two", Integer.MAX_VALUE));

        ExecutionDescription failed = function.run("'x'");

        assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(failed.error()).isEqualTo("Broken");
    }

    @Test
    void whatAChildFailsWithMayBeCaughtAroundIt() {
        VirtualFunction function = new VirtualFunction(
                CHILD_AND_STEP.formatted(
                        TWO_STEPS,
                        "'End': true, 'Catch': [{'ErrorEquals': ['Broken'], 'ResultPath': null, 'Next': 'After'}]"),
                failing("Two", Integer.MAX_VALUE));

        assertThat(function.run("'x'").output()).isEqualTo(TestEngine.json("'After(x)'"));
        assertThat(function.invocations).hasSize(1);
    }

    @Test
    void aRetryInsideAChildSuspendsAndRunsOnlyTheStepThatFailed() {
        String retried = TWO_STEPS.replace(
                "'Resource': 'task:two'",
                "'Resource': 'task:two', 'Retry': [{'ErrorEquals': ['Broken'], 'IntervalSeconds': 4}]");
        VirtualFunction function = new VirtualFunction(CHILD.formatted(retried), failing("Two", 1));

        assertThat(function.run("'x'").output()).isEqualTo(TestEngine.json("'Two(One(x))'"));
        assertThat(function.invocations).hasSize(2);
        assertThat(function.elapsed()).isEqualTo(Duration.ofSeconds(4));
        assertThat(states(function)).containsExactly("One", "Two", "Two");
    }

    // ---- waiting for a condition

    /** Checks until the task says so, three times at most, two seconds apart. */
    private static final String POLL = """
        {'QueryLanguage': 'JSONata', 'StartAt': 'Begin', 'States': {
        'Begin': {'Type': 'Pass', 'Assign': {'checks': 0}, 'Next': 'Check'},
        'Check': {'Type': 'Task', 'Resource': 'task:check', 'Assign': {'checks': '{% $checks + 1 %}'}, 'Next': 'Done?',
          'Catch': [{'ErrorEquals': ['Broken'], 'Output': 'recovered', 'Next': 'Done'}]},
        'Done?': {'Type': 'Choice', 'Default': 'Pause', 'Choices': [
          {'Condition': '{% $states.input.status = $states.context.Execution.Input.until %}', 'Next': 'Done'},
          {'Condition': '{% $checks >= 3 %}', 'Next': 'TooLong'}]},
        'Pause': {'Type': 'Wait', 'Seconds': 2, 'Next': 'Check'},
        'TooLong': {'Type': 'Fail', 'Error': 'MaxAttemptsExceeded'},
        'Done': {'Type': 'Succeed'}}}\
        """;

    private static VirtualFunction polling(int doneAfter) {
        return new VirtualFunction(POLL, call -> {
            int attempts = call.input().path("attempts").asInt() + 1;
            return TestEngine.json(
                    "{'status': '%s', 'attempts': %d}".formatted(attempts >= doneAfter ? "DONE" : "PENDING", attempts));
        });
    }

    private static final String INPUT = "{'until': 'DONE', 'attempts': 0}";

    @Test
    void aConditionThatHoldsAtOnceIsNotWaitedFor() {
        VirtualFunction function = polling(1);

        assertThat(function.run(INPUT).output()).isEqualTo(TestEngine.json("{'status': 'DONE', 'attempts': 1}"));
        assertThat(function.invocations).hasSize(1);
    }

    @Test
    void eachCheckGoesOnFromTheStateThatTheLastOneLeft() {
        VirtualFunction function = polling(3);

        assertThat(function.run(INPUT).output()).isEqualTo(TestEngine.json("{'status': 'DONE', 'attempts': 3}"));
        assertThat(function.invocations).hasSize(3);
        assertThat(function.elapsed()).isEqualTo(Duration.ofSeconds(4));
        assertThat(function.calls()).hasSize(3);
    }

    @Test
    void aConditionThatNeverHoldsFailsAfterTheLastCheck() {
        VirtualFunction function = polling(100);

        assertThat(function.run(INPUT).error()).isEqualTo("MaxAttemptsExceeded");
        assertThat(function.calls()).hasSize(3);
    }

    @Test
    void aCheckThatFailsIsNotRepeatedAndMayBeCaught() {
        VirtualFunction function = new VirtualFunction(POLL, failing("Check", Integer.MAX_VALUE));

        assertThat(function.run("{}").output()).isEqualTo(TestEngine.json("'recovered'"));
        assertThat(function.calls()).hasSize(1);
    }

    // ---- tasks

    private static JsonNode none(TaskCall call) {
        throw new AssertionError("no task here");
    }

    /** {@code x} becomes {@code State(x)}. */
    private static Function<TaskCall, JsonNode> wrapping() {
        return failing("", 0);
    }

    /** The same, but for the first attempts of one state. */
    private static Function<TaskCall, JsonNode> failing(String state, int attempts) {
        return call -> {
            if (call.context().state().equals(state) && call.context().attempt() < attempts) {
                throw new TaskException("Broken", "as told");
            }
            return TestEngine.json(
                    "'%s(%s)'".formatted(call.context().state(), call.input().asText()));
        };
    }

    private static List<String> states(VirtualFunction function) {
        return function.calls().stream().map(call -> call.context().state()).toList();
    }

    private static List<String> scopes(VirtualFunction function) {
        return function.calls().stream().map(call -> call.context().scope()).toList();
    }
}
