package dev.reprise.corpus;

import dev.reprise.asl.ExpressionChecker;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.query.JsonPathQueries;
import dev.reprise.query.JsonataQueries;
import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;
import java.util.List;

/** The two query languages as a workflow on AWS has them. */
final class Languages {

    private static final Queries JSON_PATH = new JsonPathQueries();
    private static final Queries JSONATA = new JsonataQueries(QueryLimits.DEFAULT);

    static final ExpressionChecker CHECKER = new ExpressionChecker() {
        @Override
        public String problemWithPath(String path) {
            return null;
        }

        @Override
        public String problemWithReferencePath(String path) {
            return null;
        }

        @Override
        public String problemWithIntrinsicFunction(String call) {
            return null;
        }

        @Override
        public List<Problem> problemsWithJsonata(String expression, StatesVariable visible) {
            return List.of();
        }
    };

    private Languages() {}

    static Queries of(QueryLanguage language) {
        return switch (language) {
            case JSONPATH -> JSON_PATH;
            case JSONATA -> JSONATA;
        };
    }
}
