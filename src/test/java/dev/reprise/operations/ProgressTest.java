package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.core.Standing;
import dev.reprise.execution.Effect;
import dev.reprise.testing.InMemoryStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where an execution is while it runs. */
class ProgressTest {

    private static final String MAP = """
        {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'MaxConcurrency': 2, 'End': true,
          'ItemProcessor': {'StartAt': 'One', 'States': {
            'One': {'Type': 'Task', 'Resource': 'task:one', 'Next': 'Rest'},
            'Rest': {'Type': 'Wait', 'Seconds': 3600, 'End': true}}}}}}\
        """;

    @Test
    void tellsTheInputTheStatesAndHowManyItemsAreDone() {
        TestEngine engine = new TestEngine(new InMemoryStore(), MAP, TestEngine.answering(call -> "1"));
        ExecutionDescription suspended = engine.start("[1, 2, 3, 4, 5]");

        ExecutionProgress progress = engine.executions.progress(suspended.executionArn());

        assertThat(progress.description()).isEqualTo(suspended);
        assertThat(progress.input()).isEqualTo(TestEngine.json("[1, 2, 3, 4, 5]"));
        assertThat(progress.standings()).extracting(Standing::state).containsExactly("Each", "Rest", "Rest");
        assertThat(progress.standings().getFirst().children()).isEqualTo(new Standing.Children(true, 5, 0, 0, 2));
        assertThat(progress.standings().get(1)).satisfies(item -> {
            assertThat(item.scope()).hasToString("/Each[0]");
            assertThat(item.awaits())
                    .isInstanceOfSatisfying(
                            Effect.StartTimer.class,
                            timer -> assertThat(timer.due())
                                    .isAfter(suspended.startDate().plus(Duration.ofMinutes(59))));
        });
    }

    @Test
    void tellsWhichTaskIsWaitedFor() {
        TestEngine engine = new TestEngine(
                new InMemoryStore(), """
                    {'StartAt': 'Ask', 'States': {'Ask': {'Type': 'Task', 'Resource': 'task:ask.waitForTaskToken',
                      'End': true}}}\
                    """, call -> Uni.createFrom().item(TestEngine.json("null")));
        ExecutionDescription suspended = engine.start("{}");

        assertThat(engine.executions.progress(suspended.executionArn()).standings())
                .singleElement()
                .satisfies(standing -> assertThat(standing.awaits())
                        .isInstanceOfSatisfying(
                                Effect.RunTask.class,
                                task -> assertThat(task.resource().uri()).isEqualTo("task:ask.waitForTaskToken")));
    }

    @Test
    void ofOneThatHasEndedThereIsNothingMoreToTell() {
        TestEngine engine = new TestEngine(
                new InMemoryStore(),
                "{'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'End': true}}}",
                TestEngine.answering(call -> "1"));
        ExecutionDescription ended = engine.start("{}");

        assertThat(engine.executions.progress(ended.executionArn()))
                .isEqualTo(new ExecutionProgress(ended, null, List.of()));
    }

    @Test
    void aStartThatIsNotWaitedForIsCarriedOnByAWakeUp() {
        TestEngine engine = new TestEngine(
                new InMemoryStore(),
                "{'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'End': true}}}",
                TestEngine.answering(call -> "1"));

        ExecutionDescription submitted = engine.executions.submit(
                "test", "run", TestEngine.json("{}"), Map.of(), TestEngine.invocation("first", null));
        assertThat(submitted.status().name()).isEqualTo("RUNNING");
        assertThat(engine.wakeUps)
                .extracting(TestEngine.WakeUp::executionArn)
                .containsExactly(submitted.executionArn());

        ExecutionDescription again = engine.executions.submit(
                "test", "run", TestEngine.json("{}"), Map.of(), TestEngine.invocation("second", null));
        assertThat(again.executionArn()).isEqualTo(submitted.executionArn());
        assertThat(engine.resume(submitted).status().name()).isEqualTo("SUCCEEDED");
    }
}
