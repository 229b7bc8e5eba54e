package dev.reprise.asl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.asl.State;
import org.junit.jupiter.api.Test;

/** A state that stands alone, as the {@code TestState} API takes it. */
class SingleStateTest {

    @Test
    void mayLeadToStatesThatAreNotThere() {
        ParsedDefinition parsed = parse(
                "{\"Type\": \"Pass\", \"QueryLanguage\": \"JSONata\", \"Output\": \"{% $x %}\", \"Next\": \"B\"}");
        assertThat(parsed.diagnostics()).isEmpty();
        assertThat(parsed.machine().body().states().get(Definitions.SINGLE_STATE))
                .isInstanceOf(State.Pass.class);
    }

    @Test
    void isCheckedLikeAnyOther() {
        assertThat(StepFunctionsDiagnostics.invalidDefinition(
                        parse("{\"Type\": \"Parallel\", \"Branches\": [], \"End\": true}")
                                .diagnostics()))
                .isEqualTo(
                        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/StateName/Branches'");
    }

    @Test
    void holdsBodiesWhoseTransitionsLeadSomewhere() {
        assertThat(parse(
                                "{\"Type\": \"Parallel\", \"Next\": \"Z\", \"Branches\": [{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\", \"Next\": \"B\"}, \"C\": {\"Type\": \"Succeed\"}}}]}")
                        .report())
                .containsExactly(
                        "state: /States/StateName/Branches/0/States/A/Next: no state named 'B' (did you mean 'A'?)",
                        "state: /States/StateName/Branches/0/States/C: State \"C\" is not reachable. (lead to it from another state, or remove it)");
    }

    @Test
    void mayStandInAWholeMachine() {
        assertThat(parse("{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}")
                        .machine()
                        .body()
                        .startAt())
                .isEqualTo("A");
    }

    private static ParsedDefinition parse(String text) {
        return Definitions.parseState("state", text, new AnyExpression());
    }
}
