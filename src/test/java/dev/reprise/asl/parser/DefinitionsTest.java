package dev.reprise.asl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.asl.Body;
import dev.reprise.asl.CompletionOptions.Nesting;
import dev.reprise.asl.CompletionOptions.ResultForm;
import dev.reprise.asl.Condition;
import dev.reprise.asl.DataFlow.JsonPathFlow;
import dev.reprise.asl.DataFlow.JsonataFlow;
import dev.reprise.asl.DefinitionText;
import dev.reprise.asl.ItemProcessor.Mode;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.Retrier;
import dev.reprise.asl.State;
import dev.reprise.asl.StateMachine;
import dev.reprise.asl.StateMachine.Durability;
import dev.reprise.asl.TaskSemantics;
import dev.reprise.asl.Transition;
import dev.reprise.asl.Value;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a definition becomes. */
class DefinitionsTest {

    @Test
    void aMachineHasItsFieldsOrTheirDefaults() {
        StateMachine plain = machine("{'StartAt': 'A', 'States': {'A': {'Type': 'Succeed'}}}");
        assertThat(plain.comment()).isNull();
        assertThat(plain.queryLanguage()).isEqualTo(QueryLanguage.JSONPATH);
        assertThat(plain.timeout()).isNull();
        assertThat(plain.durability()).isEqualTo(Durability.JOURNALED);
        assertThat(plain.retention()).isEqualTo(Period.ofDays(14));
        StateMachine full = machine(
                "{'Comment': 'c', 'QueryLanguage': 'JSONata', 'TimeoutSeconds': 60, 'StartAt': 'A', 'States': {'A': {'Type': 'Succeed'}}, 'Reprise': {'Durability': 'NONE', 'Retention': 'P1M'}}");
        assertThat(full.comment()).isEqualTo("c");
        assertThat(full.queryLanguage()).isEqualTo(QueryLanguage.JSONATA);
        assertThat(full.timeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(full.durability()).isEqualTo(Durability.NONE);
        assertThat(full.retention()).isEqualTo(Period.ofMonths(1));
    }

    @Test
    void aMachineKeepsItsTextAndTheHashOfIt() {
        assertThat(DefinitionText.of("{}").sha256())
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        String text = "{ \"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}} }";
        assertThat(machine(text).source()).isEqualTo(DefinitionText.of(text));
    }

    @Test
    void aStateSpeaksTheMachinesLanguageUnlessItNamesItsOwn() {
        State.Map map = (State.Map)
                state(
                        "{'Type': 'Map', 'QueryLanguage': 'JSONata', 'Items': [1], 'End': true, 'ItemProcessor': {'StartAt': 'I', 'States': {'I': {'Type': 'Succeed'}}}}");
        assertThat(map.queryLanguage()).isEqualTo(QueryLanguage.JSONATA);
        assertThat(map.processor().body().states().get("I").queryLanguage()).isEqualTo(QueryLanguage.JSONPATH);
    }

    @Test
    void aPathThatIsAbsentIsNotOneThatIsNull() {
        assertThat(state("{'Type': 'Pass', 'End': true}").dataFlow()).isSameAs(JsonPathFlow.DEFAULT);
        JsonPathFlow flow =
                (JsonPathFlow) state("{'Type': 'Pass', 'InputPath': null, 'OutputPath': '$.o', 'End': true}")
                        .dataFlow();
        assertThat(flow.inputPath()).isNull();
        assertThat(flow.resultPath()).isEqualTo("$");
        assertThat(flow.outputPath()).isEqualTo("$.o");
    }

    @Test
    void aTaskHasValuesInThreeForms() throws Exception {
        State.Task task = (State.Task)
                state(
                        "{'Type': 'Task', 'QueryLanguage': 'JSONata', 'Resource': 'task:a', 'TimeoutSeconds': '{%  $states.input.t %}', 'HeartbeatSeconds': 5, 'Next': 'S', 'Reprise': {'Semantics': 'AT_MOST_ONCE_PER_RETRY'}}");
        assertThat(task.timeout()).isEqualTo(new Value.Jsonata("$states.input.t"));
        assertThat(task.heartbeat()).isEqualTo(new Value.Literal(new ObjectMapper().readTree("5")));
        assertThat(task.semantics()).isEqualTo(TaskSemantics.AT_MOST_ONCE_PER_RETRY);
        assertThat(task.transition()).isEqualTo(new Transition.Next("S"));
        assertThat(task.dataFlow()).isSameAs(JsonataFlow.DEFAULT);
        State.Wait wait = (State.Wait) state("{'Type': 'Wait', 'TimestampPath': '$.at', 'End': true}");
        assertThat(wait.until()).isEqualTo(new State.WaitUntil.Timestamp(new Value.Path("$.at")));
    }

    @Test
    void aRetrierHasDefaults() {
        State.Task task = (State.Task)
                state("{'Type': 'Task', 'Resource': 'task:a', 'Retry': [{'ErrorEquals': ['E', 'F']}], 'End': true}");
        assertThat(task.retry())
                .containsExactly(new Retrier(
                        List.of("E", "F"), Duration.ofSeconds(1), 3, 2.0, null, Retrier.JitterStrategy.NONE));
    }

    @Test
    void aChoiceAsksConditions() throws Exception {
        State.Choice choice = (State.Choice)
                state(
                        "{'Type': 'Choice', 'Choices': [{'Not': {'Variable': '$.a', 'StringEqualsPath': '$.b'}, 'Next': 'S'}], 'Default': 'S'}");
        assertThat(choice.choices().getFirst().condition())
                .isEqualTo(new Condition.Not(new Condition.Comparison(
                        "$.a", dev.reprise.asl.ComparisonOperator.StringEquals, new Value.Path("$.b"))));
        assertThat(choice.defaultState()).isEqualTo("S");
    }

    @Test
    void aMapsParametersShapeItsItems() throws Exception {
        State.Map map = (State.Map)
                state(
                        "{'Type': 'Map', 'Parameters': {'x.$': '$.y'}, 'ItemsPath': '$.items', 'Iterator': {'StartAt': 'I', 'States': {'I': {'Type': 'Succeed'}}}, 'End': true, 'Reprise': {'CaptureErrors': true, 'Result': 'BATCH', 'MinSuccessfulPath': '$.least'}}");
        assertThat(map.itemSelector()).isEqualTo(new ObjectMapper().readTree("{\"x.$\": \"$.y\"}"));
        assertThat(map.dataFlow()).isSameAs(JsonPathFlow.DEFAULT);
        assertThat(map.items()).isEqualTo(new Value.Path("$.items"));
        assertThat(map.processor().mode()).isEqualTo(Mode.INLINE);
        assertThat(map.completion().captureErrors()).isTrue();
        assertThat(map.completion().result()).isEqualTo(ResultForm.BATCH);
        assertThat(map.completion().nesting()).isEqualTo(Nesting.NESTED);
        assertThat(map.completion().minSuccessful()).isEqualTo(new Value.Path("$.least"));
    }

    @Test
    void statesKeepTheFilesOrder() {
        Body body = machine(
                        "{'StartAt': 'Z', 'States': {'Z': {'Type': 'Pass', 'Next': 'A'}, 'A': {'Type': 'Pass', 'Next': 'M'}, 'M': {'Type': 'Succeed'}}}")
                .body();
        assertThat(body.states().keySet()).containsExactly("Z", "A", "M");
    }

    @Test
    void aReportNamesTheFile() {
        assertThat(Definitions.parse(
                                "workflows/orders.asl.json",
                                "{\"StartAt\": \"Charge\", \"States\": {\"Charge\": {\"Type\": \"Pass\", \"Next\": \"Recipt\"}, \"Receipt\": {\"Type\": \"Succeed\"}}}",
                                new AnyExpression())
                        .report())
                .first()
                .isEqualTo(
                        "workflows/orders.asl.json: /States/Charge/Next: no state named 'Recipt' (did you mean 'Receipt'?)");
    }

    private static State state(String state) {
        return Definitions.parseState("state", state.replace('\'', '"'), new AnyExpression())
                .machine()
                .body()
                .states()
                .get(Definitions.SINGLE_STATE);
    }

    private static StateMachine machine(String definition) {
        return Definitions.parse("definition", definition.replace('\'', '"'), new AnyExpression())
                .machine();
    }
}
