package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Diagnostic;
import dev.reprise.asl.Diagnostic.Severity;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Puts diagnostics as the Step Functions API does.
 *
 * @see
 *     <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html">AWS,
 *     ValidateStateMachineDefinition</a>
 */
public final class StepFunctionsDiagnostics {

    private StepFunctionsDiagnostics() {}

    /**
     * The message of the {@code InvalidDefinition} error with which {@code CreateStateMachine} and
     * {@code UpdateStateMachine} refuse a definition:
     * {@code Invalid State Machine Definition: 'CODE: message at /place, CODE: message at /place'}.
     *
     * @param diagnostics at least one error; warnings are left out
     */
    public static String invalidDefinition(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .filter(Diagnostic::isError)
                .map(diagnostic -> diagnostic.code() + ": "
                        + diagnostic.stepFunctions().message() + " at "
                        + diagnostic.stepFunctions().location())
                .collect(Collectors.joining(", ", "Invalid State Machine Definition: '", "'"));
    }

    /**
     * The answer of {@code ValidateStateMachineDefinition}.
     *
     * @param least {@code WARNING} shows warnings too
     * @param most the number of diagnostics to show, {@code truncated} says whether there are more; 100 where the
     *     caller names none
     */
    public static ObjectNode validation(List<Diagnostic> diagnostics, Severity least, int most) {
        List<Diagnostic> shown = diagnostics.stream()
                .filter(diagnostic -> diagnostic.isError() || least == Severity.WARNING)
                .toList();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("result", diagnostics.stream().anyMatch(Diagnostic::isError) ? "FAIL" : "OK");
        ArrayNode list = answer.putArray("diagnostics");
        shown.stream().limit(most).forEach(diagnostic -> list.add(entry(diagnostic)));
        answer.put("truncated", shown.size() > most);
        return answer;
    }

    private static ObjectNode entry(Diagnostic diagnostic) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("severity", diagnostic.severity().name());
        entry.put("code", diagnostic.code());
        entry.put("message", diagnostic.stepFunctions().message());
        if (diagnostic.stepFunctions().location() != null) {
            entry.put("location", diagnostic.stepFunctions().location());
        }
        return entry;
    }
}
