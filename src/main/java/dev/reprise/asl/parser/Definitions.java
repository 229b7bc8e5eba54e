package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.DefinitionText;
import dev.reprise.asl.ExpressionChecker;
import dev.reprise.asl.ExpressionChecker.StatesVariable;
import dev.reprise.asl.ItemProcessor.ExecutionType;
import dev.reprise.asl.StateMachine;
import org.jspecify.annotations.Nullable;

/** Reads definitions. Whatever the text, it gives an answer: a machine, or everything that is wrong. */
public final class Definitions {

    /** The name of a state that is tested alone, as Step Functions calls it. */
    public static final String SINGLE_STATE = "StateName";

    private Definitions() {}

    /**
     * Reads a machine whose executions are what the text itself says: express with {@code "Durability": "NONE"}, else
     * standard.
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
        return parse(file, text, DefinitionFormat.JSON, expressions, type);
    }

    /**
     * Reads a machine from a file of the given format. The machine's source is JSON in any case: one that comes from
     * YAML is written as JSON, as CloudFormation does before Step Functions sees it.
     *
     * @param file the name that problems are reported under
     * @param text the definition
     * @param expressions who knows the query languages
     */
    public static ParsedDefinition parse(
            String file, String text, DefinitionFormat format, ExpressionChecker expressions) {
        return parse(file, text, format, expressions, ExecutionType.STANDARD);
    }

    private static ParsedDefinition parse(
            String file, String text, DefinitionFormat format, ExpressionChecker expressions, ExecutionType type) {
        Problems problems = new Problems();
        JsonNode root = JsonText.read(text, format, problems);
        if (root instanceof ObjectNode definition) {
            Document document = document(definition, problems, expressions);
            VariableScope variables = check(definition, document, type);
            document.bodies().check(problems);
            new RepeatedVariables(problems).check(definition, Place.ROOT);
            variables.reportUnknown(problems);
            return result(file, definition, format == DefinitionFormat.JSON ? text : null, problems);
        }
        return noObject(file, problems);
    }

    /**
     * Reads what the {@code TestState} API takes: one state, which may lead to states that are not there, or a whole
     * machine. A single state becomes the only one of a machine.
     *
     * @param file the name that problems are reported under
     * @param text the state, or the machine
     * @param expressions who knows the query languages
     */
    public static ParsedDefinition parseState(String file, String text, ExpressionChecker expressions) {
        Problems problems = new Problems();
        JsonNode root = JsonText.read(text, DefinitionFormat.JSON, problems);
        if (root instanceof ObjectNode state && !state.has("States")) {
            ObjectNode machine = JsonNodeFactory.instance.objectNode().put("StartAt", SINGLE_STATE);
            machine.putObject("States").set(SINGLE_STATE, state);
            Document document = document(machine, problems, expressions);
            check(machine, document, ExecutionType.STANDARD);
            document.bodies().checkInner(problems);
            new RepeatedVariables(problems).check(machine, Place.ROOT);
            return result(file, machine, text, problems);
        }
        return root instanceof ObjectNode ? parse(file, text, expressions) : noObject(file, problems);
    }

    private static Document document(ObjectNode machine, Problems problems, ExpressionChecker expressions) {
        return new Document(problems, expressions, new Bodies(), new RateLimits(), QueryLanguages.ofMachine(machine));
    }

    private static VariableScope check(ObjectNode machine, Document document, ExecutionType type) {
        boolean express = machine.path("Reprise").path("Durability").asText().equals("NONE");
        VariableScope variables = VariableScope.root();
        BodyTables.MACHINE.check(
                machine,
                Place.ROOT,
                new Checking(
                        document,
                        express ? ExecutionType.EXPRESS : type,
                        variables,
                        document.language(),
                        StatesVariable.INPUT));
        return variables;
    }

    /** @param json the text of the machine; null when it is to be written first */
    private static ParsedDefinition result(String file, ObjectNode machine, @Nullable String json, Problems problems) {
        StateMachine built = null;
        if (!problems.hasErrors()) {
            DefinitionText source = DefinitionText.of(json == null ? machine.toPrettyString() : json);
            built = new MachineBuilder(machine).machine(source);
        }
        return new ParsedDefinition(file, true, built, problems.all());
    }

    private static ParsedDefinition noObject(String file, Problems problems) {
        if (!problems.hasErrors()) {
            String message = "Definition must be a valid JSON object";
            problems.error(Problems.SCHEMA, Place.ROOT, message, null, new Wording(message, null));
        }
        return new ParsedDefinition(file, false, null, problems.all());
    }
}
