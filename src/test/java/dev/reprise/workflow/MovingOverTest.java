package dev.reprise.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The two templates of {@code infra/moving-over} say the same, and the second fits {@code infra/template.yaml}. */
class MovingOverTest {

    private static final Path FOLDER = Path.of("infra", "moving-over");

    private final JsonNode before = read(FOLDER.resolve("before.yaml"));
    private final JsonNode after = read(FOLDER.resolve("after.yaml"));
    private final JsonNode template = read(Path.of("infra", "template.yaml"));

    @Test
    void theSubstitutionsOfTheStateMachineAreThoseOfTheWorkflow() {
        JsonNode machine = before.at("/Resources/OrdersStateMachine/Properties");
        String name = machine.path("Name").asText();
        Map<String, Substitution> values = Substitutions.of(
                        Map.of(),
                        after.at("/Resources/Reprise/Properties/Parameters/Substitutions")
                                .asText())
                .of(name);

        assertThat(machine.path("DefinitionUri").asText()).isEqualTo("workflows/" + name + ".asl.json");
        assertThat(machine.path("DefinitionSubstitutions").properties())
                .isNotEmpty()
                .allSatisfy(value -> assertThat(values.get(value.getKey()).value())
                        .isEqualTo("${" + value.getValue().asText() + "}"))
                .hasSameSizeAs(values.keySet());
    }

    @Test
    void theDefinitionLoadsWithThem() {
        Substitutions substitutions = Substitutions.of(
                Map.of(
                        "ChargeFunctionArn",
                        "arn:aws:lambda:us-east-1:111111111111:function:charge",
                        "OrdersTable",
                        "t"),
                null);
        Map<QueryLanguage, dev.reprise.query.Queries> languages = Map.of(
                QueryLanguage.JSONPATH, new JsonPathQueries(),
                QueryLanguage.JSONATA, new JsonataQueries(QueryLimits.DEFAULT));
        WorkflowCatalogue catalogue = new WorkflowCatalogue(
                FOLDER.resolve("workflows"), new QueryExpressionChecker(), languages::get, List.of(), substitutions);

        assertThat(catalogue.named("orders").definition().text()).doesNotContain("${");
        assertThat(catalogue.unusedSubstitutions()).isEmpty();
    }

    @Test
    void theTemplateTakesTheParametersAndGivesTheOutputs() {
        after.at("/Resources/Reprise/Properties/Parameters")
                .fieldNames()
                .forEachRemaining(
                        parameter -> assertThat(template.path("Parameters").has(parameter))
                                .as(parameter)
                                .isTrue());
        assertThat(template.path("Outputs").has("RoleName")).isTrue();
        assertThat(template.path("Outputs").has("FunctionArn")).isTrue();
        assertThat(template.at("/Resources/Function/Properties/Environment/Variables")
                        .has(Substitutions.VARIABLE))
                .isTrue();
    }

    private static JsonNode read(Path file) {
        try {
            return new YAMLMapper().readTree(file.toFile());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
