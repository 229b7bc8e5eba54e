package dev.reprise.asl;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says whether an expression can be compiled, and what it reads. The {@code asl} package knows where expressions stand;
 * what they mean is the business of the {@code query} package, which implements this. The methods {@code problemWith…}
 * return null when the text is well-formed, else what is wrong with it.
 */
public interface ExpressionChecker {

    /** A path that selects: {@code $.a[0]}, {@code $$.Execution.Id}, {@code $variable.b}. */
    @Nullable
    String problemWithPath(String path);

    /** A path that names exactly one place to write to, as {@code ResultPath} does. */
    @Nullable
    String problemWithReferencePath(String path);

    /** An intrinsic function call, such as {@code States.Format('{}', $.name)}. */
    @Nullable
    String problemWithIntrinsicFunction(String call);

    /**
     * A JSONata expression without its delimiters.
     *
     * @param expression the text between <code>{%</code> and <code>%}</code>
     * @param visible what {@code $states} holds where the expression stands
     * @return everything wrong with it; empty when it can be compiled
     */
    List<Problem> problemsWithJsonata(String expression, StatesVariable visible);

    /**
     * The names, without their {@code $}, of the workflow variables that a well-formed expression reads; not those that
     * it binds itself, and not {@code states}.
     */
    default Set<String> variables(Language language, String expression) {
        return Set.of();
    }

    /** The forms of expression in a definition. */
    enum Language {
        /** {@code $.a}, {@code $$.a}, {@code $variable.a}. */
        PATH,
        /** {@code States.Format(…)}. */
        INTRINSIC_FUNCTION,
        /** Without its delimiters. */
        JSONATA
    }

    /**
     * What the reserved variable {@code $states} holds, beside {@code input} and {@code context}, which it always does.
     */
    enum StatesVariable {
        /** Nothing more: before a state's work, or in a state that does none. */
        INPUT,
        /** {@code result} too: {@code Output} and {@code Assign} of a Task, Parallel or Map. */
        RESULT,
        /** {@code errorOutput} too: {@code Output} and {@code Assign} of a catcher. */
        ERROR_OUTPUT
    }

    /**
     * One thing wrong with an expression.
     *
     * @param code as in {@link Diagnostic}: {@code INVALID_JSONATA_EXPRESSION} for what does not parse,
     *     {@code UNSUPPORTED_JSONATA_EXPRESSION} for what parses and can mean nothing in a workflow
     * @param message what is wrong
     */
    record Problem(String code, String message) {}
}
