package dev.reprise.query.check;

import dev.reprise.asl.ExpressionChecker;
import dev.reprise.query.jsonata.JsonataReferences;
import dev.reprise.query.jsonpath.JsonPathSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with the expressions of a definition before it runs, by compiling them as the queries do, and with
 * AWS's texts for JSONata.
 *
 * @see
 *     <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html">ValidateStateMachineDefinition</a>
 */
public final class QueryExpressionChecker implements ExpressionChecker {

    private static final String INVALID = "INVALID_JSONATA_EXPRESSION";
    private static final String UNSUPPORTED = "UNSUPPORTED_JSONATA_EXPRESSION";

    /** A checker without settings. */
    public QueryExpressionChecker() {}

    @Override
    public @Nullable String problemWithPath(String path) {
        return problem(() -> JsonPathSyntax.checkPath(path));
    }

    @Override
    public @Nullable String problemWithReferencePath(String path) {
        return problem(() -> JsonPathSyntax.checkReferencePath(path));
    }

    @Override
    public @Nullable String problemWithIntrinsicFunction(String call) {
        return problem(() -> JsonPathSyntax.checkIntrinsicFunction(call));
    }

    private static @Nullable String problem(Runnable compiling) {
        try {
            compiling.run();
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @Override
    public List<Problem> problemsWithJsonata(String expression, StatesVariable visible) {
        try {
            return unsupported(JsonataReferences.of(expression), visible);
        } catch (IllegalArgumentException e) {
            return List.of(new Problem(INVALID, String.valueOf(e.getMessage())));
        }
    }

    private static List<Problem> unsupported(JsonataReferences references, StatesVariable visible) {
        List<Problem> problems = new ArrayList<>();
        for (String name : references.atTopLevel()) {
            problems.add(new Problem(UNSUPPORTED, "Reference to '" + name + "' at the top level is not supported."));
        }
        for (String member : references.ofStates()) {
            if (!members(visible).contains(member)) {
                problems.add(new Problem(UNSUPPORTED, "Field '$states." + member + "' does not exist."));
            }
        }
        return problems;
    }

    private static Set<String> members(StatesVariable visible) {
        return switch (visible) {
            case INPUT -> Set.of("input", "context");
            case RESULT -> Set.of("input", "context", "result");
            case ERROR_OUTPUT -> Set.of("input", "context", "errorOutput");
        };
    }

    @Override
    public Set<String> variables(Language language, String expression) {
        return switch (language) {
            case PATH -> JsonPathSyntax.variablesOfPath(expression);
            case INTRINSIC_FUNCTION -> JsonPathSyntax.variablesOfIntrinsicFunction(expression);
            case JSONATA -> new TreeSet<>(JsonataReferences.of(expression).variables());
        };
    }
}
