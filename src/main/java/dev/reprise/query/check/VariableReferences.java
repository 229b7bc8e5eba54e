package dev.reprise.query.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.asl.Body;
import dev.reprise.asl.ExpressionChecker;
import dev.reprise.asl.ExpressionChecker.Language;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.State;
import dev.reprise.asl.StateMachine;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathSyntax;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which workflow variables each state reads, as DescribeStateMachine reports them.
 *
 * @see
 *     <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html">DescribeStateMachine,
 *     variableReferences</a>
 */
public final class VariableReferences {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Members of a state that hold other states, whose references are their own. */
    private static final Set<String> BODIES = Set.of("ItemProcessor", "Iterator", "Branches");

    /** Members that hold templates, in which a path stands only under a name that ends in {@code .$}. */
    private static final Set<String> TEMPLATES =
            Set.of("Parameters", "ResultSelector", "ItemSelector", "Assign", "Credentials", "BatchInput");

    private final ExpressionChecker checker = new QueryExpressionChecker();
    private final SortedMap<String, SortedSet<String>> references = new TreeMap<>();

    private VariableReferences() {}

    /**
     * Names without {@code $}, in alphabetical order, by the name of the state that reads them; states that read none
     * are left out.
     */
    public static SortedMap<String, SortedSet<String>> of(StateMachine machine) {
        VariableReferences all = new VariableReferences();
        all.read(machine.body(), source(machine));
        return all.references;
    }

    private static JsonNode source(StateMachine machine) {
        try {
            return MAPPER.readTree(machine.source().text());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A state machine whose definition is not JSON", e);
        }
    }

    private void read(Body body, JsonNode source) {
        for (State state : body.states().values()) {
            JsonNode definition = source.path("States").path(state.name());
            SortedSet<String> names = new TreeSet<>();
            definition.properties().forEach(field -> {
                if (!BODIES.contains(field.getKey())) {
                    read(field.getKey(), field.getValue(), state.queryLanguage(), false, names);
                }
            });
            if (!names.isEmpty()) {
                references
                        .computeIfAbsent(state.name(), name -> new TreeSet<>())
                        .addAll(names);
            }
            readInside(state, definition);
        }
    }

    private void readInside(State state, JsonNode definition) {
        if (state instanceof State.Map map) {
            JsonNode processor =
                    definition.has("ItemProcessor") ? definition.get("ItemProcessor") : definition.path("Iterator");
            read(map.processor().body(), processor);
        } else if (state instanceof State.Parallel parallel) {
            for (int i = 0; i < parallel.branches().size(); i++) {
                read(parallel.branches().get(i), definition.path("Branches").path(i));
            }
        }
    }

    /**
     * Collects from one field.
     *
     * @param inTemplate whether the field stands in a JSONPath payload template
     */
    private void read(
            String field, JsonNode value, QueryLanguage language, boolean inTemplate, SortedSet<String> names) {
        if (value.isTextual()) {
            readText(field, value.textValue(), language, inTemplate, names);
        } else if (value.isObject()) {
            boolean template = inTemplate || TEMPLATES.contains(field);
            value.properties().forEach(member -> read(member.getKey(), member.getValue(), language, template, names));
        } else if (value.isArray()) {
            value.forEach(element -> read(field, element, language, inTemplate, names));
        }
    }

    private void readText(
            String field, String text, QueryLanguage language, boolean inTemplate, SortedSet<String> names) {
        if (language == QueryLanguage.JSONATA) {
            if (JsonataQueries.isExpression(text)) {
                names.addAll(checker.variables(Language.JSONATA, JsonataQueries.expression(text)));
            }
        } else if (inTemplate ? field.endsWith(".$") : field.endsWith("Path") || field.equals("Variable")) {
            names.addAll(checker.variables(
                    JsonPathSyntax.isIntrinsicFunction(text) ? Language.INTRINSIC_FUNCTION : Language.PATH, text));
        }
    }
}
