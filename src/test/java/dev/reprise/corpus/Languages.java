package dev.reprise.corpus;

import dev.reprise.asl.ExpressionChecker;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;

/** The two query languages as a workflow on AWS has them. */
final class Languages {

    private static final Queries JSON_PATH = new JsonPathQueries();
    private static final Queries JSONATA = new JsonataQueries(QueryLimits.DEFAULT);

    static final ExpressionChecker CHECKER = new QueryExpressionChecker();

    private Languages() {}

    static Queries of(QueryLanguage language) {
        return switch (language) {
            case JSONPATH -> JSON_PATH;
            case JSONATA -> JSONATA;
        };
    }
}
