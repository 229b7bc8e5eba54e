package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.DefinitionText;
import dev.reprise.asl.Diagnostic.StepFunctionsWording;
import dev.reprise.asl.ExpressionChecker;
import dev.reprise.asl.ExpressionChecker.StatesVariable;
import dev.reprise.asl.ItemProcessor.ExecutionType;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.StateMachine;

/** Reads definitions. Whatever the text, it gives an answer: a machine, or everything that is wrong. */
public final class Definitions {

    private Definitions() {}

    /**
     * Reads a machine whose executions are what the text itself says: express with {@code "Durability": "NONE"}, else standard.
     *
     * @param file the name that problems are reported under
     * @param text the definition
     * @param expressions who knows the query languages
     */
    public static ParsedDefinition parse(String file, String text, ExpressionChecker expressions) {
        return parse(file, text, expressions, ExecutionType.STANDARD);
    }

    /**
     * Reads a machine of the given type.
     *
     * @param file the name that problems are reported under
     * @param text the definition
     * @param expressions who knows the query languages
     * @param type {@code EXPRESS} refuses tasks that wait for others, as Step Functions does
     */
    public static ParsedDefinition parse(String file, String text, ExpressionChecker expressions, ExecutionType type) {
        Problems problems = new Problems();
        JsonNode root = JsonText.read(text, problems);
        if (root instanceof ObjectNode definition) {
            check(definition, problems, expressions, type);
            if (!problems.hasErrors()) {
                StateMachine machine = new MachineBuilder(definition).machine(DefinitionText.of(text));
                return new ParsedDefinition(file, machine, problems.all());
            }
        } else if (!problems.hasErrors()) {
            String message = "Definition must be a valid JSON object";
            problems.error(Problems.SCHEMA, Place.ROOT, message, null, new StepFunctionsWording(message, null));
        }
        return new ParsedDefinition(file, null, problems.all());
    }

    private static void check(
            ObjectNode definition, Problems problems, ExpressionChecker expressions, ExecutionType type) {
        QueryLanguage language = QueryLanguages.ofMachine(definition);
        boolean express = definition.path("Reprise").path("Durability").asText().equals("NONE");
        Bodies bodies = new Bodies();
        BodyTables.MACHINE.check(
                definition,
                Place.ROOT,
                new Checking(
                        problems,
                        expressions,
                        bodies,
                        express ? ExecutionType.EXPRESS : type,
                        language,
                        language,
                        StatesVariable.INPUT));
        bodies.check(problems);
    }
}
