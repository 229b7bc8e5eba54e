package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.execution.RequestException;
import dev.reprise.testing.InMemoryStore;
import org.junit.jupiter.api.Test;

/** What executions have cost. */
class ExecutionCostTest {

    private static TestEngine engine(String definition) {
        return new TestEngine(new InMemoryStore(), definition, TestEngine.answering(call -> "7"));
    }

    @Test
    void oneTaskIsTwoTransitionsAndWhatItsTwoWritesTook() {
        TestEngine engine =
                engine("{'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}}");
        String arn = engine.start("{}").executionArn();

        ExecutionCost cost = engine.executions.cost(arn);

        assertThat(cost.told().transitions()).isEqualTo(2);
        assertThat(cost.told().bytes()).isEqualTo(1);
        assertThat(cost.told().standard()).isEqualTo(2 * 0.000025);
        // Two writes of the head, each with its places in the two indexes.
        assertThat(cost.consumed().write()).isBetween(2.0, 6.0);
        assertThat(cost.here()).isLessThan(cost.told().standard() / 10);
    }

    @Test
    void everyItemCountsItsStatesAndOneThatGoesOnCostsWhatItHasCostSoFar() {
        TestEngine engine = engine("""
            {'StartAt': 'Each', 'States': {
              'Each': {'Type': 'Map', 'Next': 'W', 'ItemProcessor': {
                'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}}},
              'W': {'Type': 'Wait', 'Seconds': 3600, 'End': true}}}
            """);
        String arn = engine.start("[1, 2, 3]").executionArn();

        ExecutionCost cost = engine.executions.cost(arn);

        assertThat(cost.told().transitions()).isEqualTo(1 + 1 + 3 + 1);
        assertThat(cost.told().results()).isEqualTo(3);
        assertThat(cost.consumed().write()).isPositive();
    }

    @Test
    void theChildrenOfADistributedMapCostAsTheExecutionsThatTheyWouldBe() {
        TestEngine engine = engine("""
            {'StartAt': 'Each', 'States': {'Each': {'Type': 'Map', 'End': true, 'ItemProcessor': {
              'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
              'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}}}}}
            """);
        String arn = engine.start("[1, 2, 3]").executionArn();

        assertThat(engine.executions.cost(arn).told().transitions()).isEqualTo(1 + 1 + 3 * 2);
    }

    @Test
    void anExecutionThatThereIsNotCostsNothingAndIsNotFound() {
        TestEngine engine = engine("{'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'End': true}}}");
        String other = engine.start("{}").executionArn() + "-other";

        assertThatThrownBy(() -> engine.executions.cost(other))
                .isInstanceOfSatisfying(
                        RequestException.class,
                        refused -> assertThat(refused.error()).isEqualTo("ExecutionDoesNotExist"));
    }
}
