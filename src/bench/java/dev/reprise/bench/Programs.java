package dev.reprise.bench;

import dev.reprise.asl.ExpressionChecker;
import dev.reprise.asl.StateMachine;
import dev.reprise.asl.parser.Definitions;
import dev.reprise.asl.parser.ParsedDefinition;
import dev.reprise.core.Program;
import dev.reprise.query.JsonPathQueries;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Definitions written down in a benchmark, made ready to run. */
final class Programs {

    private Programs() {}

    /** Compiles a definition whose expressions are JSONPath. */
    static Program compile(String definition) {
        ParsedDefinition parsed = Definitions.parse("benchmark", definition, new GoodExpressions());
        StateMachine machine = parsed.machine();
        if (machine == null) {
            throw new IllegalArgumentException(String.join("\n", parsed.report()));
        }
        return Program.compile(machine, language -> new JsonPathQueries());
    }

    /** A benchmark's own expressions need no check. */
    private static final class GoodExpressions implements ExpressionChecker {

        @Override
        public @Nullable String problemWithPath(String path) {
            return null;
        }

        @Override
        public @Nullable String problemWithReferencePath(String path) {
            return null;
        }

        @Override
        public @Nullable String problemWithIntrinsicFunction(String call) {
            return null;
        }

        @Override
        public List<Problem> problemsWithJsonata(String expression, StatesVariable visible) {
            return List.of();
        }
    }
}
