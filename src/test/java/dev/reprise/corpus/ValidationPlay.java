package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.asl.Diagnostic.Severity;
import dev.reprise.asl.ItemProcessor.ExecutionType;
import dev.reprise.asl.parser.Definitions;
import dev.reprise.asl.parser.ParsedDefinition;
import dev.reprise.asl.parser.StepFunctionsDiagnostics;

/** Plays a {@code validation} case through the parser of definitions. */
final class ValidationPlay {

    private static final int MOST_DIAGNOSTICS = 100;

    private ValidationPlay() {}

    static Verdict play(CorpusCase testCase) {
        Verdict verdict = new Verdict();
        ParsedDefinition parsed = Definitions.parse(
                "definition",
                text(testCase),
                Languages.CHECKER,
                ExecutionType.valueOf(testCase.at("state_machine_type").asText("STANDARD")));
        JsonNode expected = testCase.at("expected");
        verdict.check("valid", expected.get("valid"), BooleanNode.valueOf(parsed.machine() != null));
        if (testCase.at("api").asText().equals("ValidateStateMachineDefinition")) {
            ObjectNode answer =
                    StepFunctionsDiagnostics.validation(parsed.diagnostics(), Severity.ERROR, MOST_DIAGNOSTICS);
            verdict.check("result", expected.get("result"), answer.get("result"));
            verdict.checkWording("diagnostics", expected.get("diagnostics"), answer.get("diagnostics"));
        } else {
            String message =
                    parsed.machine() == null ? StepFunctionsDiagnostics.invalidDefinition(parsed.diagnostics()) : "";
            verdict.checkWording("message", expected.get("message"), TextNode.valueOf(message));
        }
        return verdict;
    }

    static String text(CorpusCase testCase) {
        return testCase.json().has("definition_text")
                ? testCase.at("definition_text").asText()
                : testCase.at("definition").toString();
    }
}
