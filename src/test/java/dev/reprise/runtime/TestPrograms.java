package dev.reprise.runtime;

import dev.reprise.asl.parser.Definitions;
import dev.reprise.asl.parser.ParsedDefinition;
import dev.reprise.core.Program;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import java.util.Objects;

/** Definitions that tests give as text. */
public final class TestPrograms {

    private TestPrograms() {}

    /** The program of a definition that has no errors. */
    public static Program compile(String text) {
        ParsedDefinition parsed = Definitions.parse("test.asl.json", text, new QueryExpressionChecker());
        JsonPathQueries jsonPath = new JsonPathQueries();
        JsonataQueries jsonata = new JsonataQueries(QueryLimits.DEFAULT);
        return Program.compile(
                Objects.requireNonNull(
                        parsed.machine(), () -> parsed.diagnostics().toString()),
                language -> switch (language) {
                    case JSONPATH -> jsonPath;
                    case JSONATA -> jsonata;
                });
    }
}
