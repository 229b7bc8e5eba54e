package dev.reprise.asl.parser;

import static dev.reprise.asl.parser.Field.optional;
import static dev.reprise.asl.parser.Field.required;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Diagnostic;
import dev.reprise.asl.ExpressionChecker;
import dev.reprise.asl.ExpressionChecker.StatesVariable;
import dev.reprise.asl.ItemProcessor.ExecutionType;
import dev.reprise.asl.QueryLanguage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads which events start which workflows: an array of triggers. Expressions in it are JSONata, as in definitions. */
public final class TriggerTexts {

    /** Names of EventBridge, one or several of which an event has to have. */
    private static final FieldType PATTERNS = (value, place, checking) -> {
        if (value.isArray()) {
            Values.nonEmptyArrayOf(TriggerTexts::checkPattern).check(value, place, checking);
        } else {
            checkPattern(value, place, checking);
        }
    };

    private static final FieldTable EVENT = FieldTable.of(
                    optional("source", PATTERNS),
                    optional("detail-type", PATTERNS),
                    optional("resource", PATTERNS),
                    optional("account", PATTERNS),
                    optional("region", PATTERNS))
            .atLeastOneOf("source", "detail-type", "resource");

    private static final FieldTable TRIGGER = FieldTable.of(
                    optional("queue", TriggerTexts::checkPattern),
                    optional("topic", TriggerTexts::checkPattern),
                    optional("bucket", TriggerTexts::checkPattern),
                    optional("event", EVENT),
                    optional("key", TriggerTexts::checkPattern),
                    required("workflow", TriggerTexts::checkPattern),
                    optional("name", Jsonata.EXPRESSION),
                    optional("input", Jsonata.TEMPLATE),
                    optional("labels", RepriseTables::checkLabels))
            .exactlyOneOf("queue", "topic", "bucket", "event")
            .also((trigger, place, checking) -> {
                if (trigger.has("key") && !trigger.has("bucket")) {
                    checking.problems()
                            .error(
                                    place.member("key"),
                                    "'key' goes with 'bucket' alone",
                                    "remove it, or say the bucket");
                }
            });

    private static final FieldType TRIGGERS = Values.arrayOf(TRIGGER);

    /**
     * What was read.
     *
     * @param triggers null when the text is no JSON
     * @param diagnostics what is wrong; only what has no error can be used
     */
    public record Parsed(@Nullable JsonNode triggers, List<Diagnostic> diagnostics) {
        public Parsed {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    private TriggerTexts() {}

    /**
     * Reads a text. Whatever it is, this gives an answer.
     *
     * @param expressions who knows JSONata
     */
    public static Parsed parse(String text, ExpressionChecker expressions) {
        Problems problems = new Problems();
        JsonNode root = JsonText.read(text, DefinitionFormat.JSON, problems);
        if (root != null) {
            check(root, problems, expressions);
        } else if (!problems.hasErrors()) {
            problems.error(Place.ROOT, "The file is empty", "an array of triggers belongs there, [] for none");
        }
        return new Parsed(root, problems.all());
    }

    private static void check(JsonNode root, Problems problems, ExpressionChecker expressions) {
        VariableScope variables = VariableScope.root();
        Document document = new Document(problems, expressions, new Bodies(), new RateLimits(), QueryLanguage.JSONATA);
        TRIGGERS.check(
                root,
                Place.ROOT,
                new Checking(document, ExecutionType.STANDARD, variables, QueryLanguage.JSONATA, StatesVariable.INPUT));
        variables.reportUnknown(problems);
    }

    private static void checkPattern(JsonNode value, Place place, Checking checking) {
        Values.STRING.check(value, place, checking);
        if (value.isTextual() && value.textValue().isBlank()) {
            checking.problems().error(place, "Value cannot be empty");
        }
    }
}
