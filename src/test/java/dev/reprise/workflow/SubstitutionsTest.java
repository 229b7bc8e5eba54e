package dev.reprise.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SubstitutionsTest {

    @Test
    void theEnvironmentGoesBeforeTheConfigurationAndOneWorkflowBeforeAll() {
        Substitutions substitutions = Substitutions.of(
                Map.of("A", "configured", "B", "configured", "orders/B", "configured for orders", "C", "configured"),
                "{\"C\": \"environment\", \"orders\": {\"C\": \"environment for orders\", \"D\": 5, \"E\": true}}");

        assertThat(values(substitutions, "orders"))
                .isEqualTo(Map.of(
                        "A", "configured",
                        "B", "configured for orders",
                        "C", "environment for orders",
                        "D", "5",
                        "E", "true"));
        assertThat(values(substitutions, "returns"))
                .isEqualTo(Map.of("A", "configured", "B", "configured", "C", "environment"));
        assertThat(substitutions.problems()).isEmpty();
    }

    @Test
    void everyValueTellsWhereItComesFrom() {
        Substitutions substitutions = Substitutions.of(
                Map.of("A", "1", "orders/B", "2", "c.name", "3"), "{\"D\": \"4\", \"orders\": {\"E\": \"5\"}}");

        assertThat(substitutions.of("orders").values())
                .extracting(Substitution::origin)
                .containsExactlyInAnyOrder(
                        "reprise.substitutions.A",
                        "reprise.substitutions.\"orders/B\"",
                        "reprise.substitutions.\"c.name\"",
                        "REPRISE_SUBSTITUTIONS /D",
                        "REPRISE_SUBSTITUTIONS /orders/E");
    }

    @Test
    void aVariableThatCannotBeReadIsAProblem() {
        assertThat(Substitutions.of(Map.of(), "{\"A\": ").problems())
                .singleElement()
                .asString()
                .startsWith("REPRISE_SUBSTITUTIONS: is no JSON: ");
        assertThat(Substitutions.of(Map.of(), "[]").problems())
                .containsExactly("REPRISE_SUBSTITUTIONS: must be a JSON object of values by token, or by workflow and"
                        + " token");
        assertThat(Substitutions.of(Map.of(), "{\"A\": [], \"orders\": {\"B\": null}, \"C\": \"1\"}")
                        .problems())
                .containsExactly(
                        "REPRISE_SUBSTITUTIONS /A: a value is a text, a number or a boolean",
                        "REPRISE_SUBSTITUTIONS /orders/B: a value is a text, a number or a boolean");
        assertThat(Substitutions.of(Map.of(), " ").problems()).isEmpty();
    }

    private static Map<String, String> values(Substitutions substitutions, String workflow) {
        Map<String, String> values = new TreeMap<>();
        substitutions.of(workflow).forEach((token, value) -> values.put(token, value.value()));
        return values;
    }
}
