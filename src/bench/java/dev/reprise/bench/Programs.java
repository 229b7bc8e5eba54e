package dev.reprise.bench;

import dev.reprise.asl.StateMachine;
import dev.reprise.asl.parser.Definitions;
import dev.reprise.asl.parser.ParsedDefinition;
import dev.reprise.core.Program;
import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;

/** Definitions written down in a benchmark, made ready to run. */
final class Programs {

    private static final Queries JSON_PATH = new JsonPathQueries();
    private static final Queries JSONATA = new JsonataQueries(QueryLimits.DEFAULT);

    private Programs() {}

    /** Compiles a definition, as a workflow file is. */
    static Program compile(String definition) {
        ParsedDefinition parsed = Definitions.parse("benchmark", definition, new QueryExpressionChecker());
        StateMachine machine = parsed.machine();
        if (machine == null) {
            throw new IllegalArgumentException(String.join("\n", parsed.report()));
        }
        return Program.compile(machine, language -> switch (language) {
            case JSONPATH -> JSON_PATH;
            case JSONATA -> JSONATA;
        });
    }
}
