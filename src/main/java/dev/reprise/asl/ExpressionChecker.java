package dev.reprise.asl;

import org.jspecify.annotations.Nullable;

/**
 * Says whether an expression can be compiled. The {@code asl} package knows where expressions stand; what they mean is the business of the {@code query} package, which implements this.
 * Each method returns null when the text is well-formed, else what is wrong with it.
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

    /** A JSONata expression without its delimiters. */
    @Nullable
    String problemWithJsonata(String expression);
}
