package dev.reprise.asl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Diagnostic.Severity;
import dev.reprise.asl.ItemProcessor.ExecutionType;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What Step Functions accepts, this accepts; what it refuses, this refuses in the same words. */
class CorpusDefinitionsTest {

    @TestFactory
    Stream<DynamicTest> everyDefinitionThatRanIsAccepted() {
        return Corpus.cases(Set.of("execution", "variable_references")).stream()
                .map(testCase -> DynamicTest.dynamicTest(testCase.path("id").asText(), () -> {
                    ParsedDefinition parsed = parse(testCase);
                    assertThat(parsed.errors()).isEmpty();
                    assertThat(parsed.machine()).isNotNull();
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyDefinitionThatWasRefusedIsRefusedInTheSameWords() {
        return Corpus.cases(Set.of("validation")).stream()
                .filter(testCase -> !testCase.path("expected").toString().contains("intrinsic function call"))
                .map(testCase -> DynamicTest.dynamicTest(testCase.path("id").asText(), () -> {
                    ParsedDefinition parsed = parse(testCase);
                    JsonNode expected = testCase.path("expected");
                    assertThat(parsed.machine()).isNull();
                    if (expected.has("message")) {
                        assertThat(StepFunctionsDiagnostics.invalidDefinition(parsed.diagnostics()))
                                .isEqualTo(expected.path("message").asText());
                    } else {
                        JsonNode answer =
                                StepFunctionsDiagnostics.validation(parsed.diagnostics(), Severity.ERROR, 100);
                        assertThat(answer.path("result")).isEqualTo(expected.path("result"));
                        assertThat(answer.path("diagnostics")).isEqualTo(expected.path("diagnostics"));
                        assertThat(answer.path("truncated")).isEqualTo(expected.path("truncated"));
                    }
                }));
    }

    private static ParsedDefinition parse(JsonNode testCase) {
        boolean express = testCase.path("state_machine_type").asText().equals("EXPRESS")
                || testCase.path("execution_type").asText().equals("EXPRESS");
        return Definitions.parse(
                "definition",
                Corpus.definition(testCase),
                new AnyExpression(),
                express ? ExecutionType.EXPRESS : ExecutionType.STANDARD);
    }
}
