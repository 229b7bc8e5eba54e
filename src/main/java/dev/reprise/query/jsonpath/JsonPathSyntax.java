package dev.reprise.query.jsonpath;

import java.util.Set;
import java.util.TreeSet;

/**
 * Says whether a text is well-formed in this language, and which variables it reads. The methods {@code check…} throw
 * {@link IllegalArgumentException} with what is wrong.
 */
public final class JsonPathSyntax {

    private JsonPathSyntax() {}

    /** A path that selects: {@code $.a[0]}, {@code $$.Execution.Id}, {@code $variable.b}. */
    public static void checkPath(String path) {
        Path.compile(path);
    }

    /** A path that names exactly one place to write to, as {@code ResultPath} does. */
    public static void checkReferencePath(String path) {
        ReferencePath.parse(path);
    }

    /** A call such as {@code States.Format('{}', $.name)}. */
    public static void checkIntrinsicFunction(String call) {
        IntrinsicParser.parse(call);
    }

    /** Whether {@code text} is meant as a call rather than as a path. */
    public static boolean isIntrinsicFunction(String text) {
        return IntrinsicParser.isCall(text);
    }

    /** The names, without their {@code $}, of the variables that a well-formed path reads. */
    public static Set<String> variablesOfPath(String path) {
        return variables(Path.compile(path));
    }

    /** The names, without their {@code $}, of the variables that a well-formed call reads. */
    public static Set<String> variablesOfIntrinsicFunction(String call) {
        return variables(IntrinsicParser.parse(call));
    }

    private static Set<String> variables(Path path) {
        return path.root() == Path.Root.VARIABLE ? Set.of(path.variable()) : Set.of();
    }

    private static Set<String> variables(IntrinsicCall call) {
        Set<String> names = new TreeSet<>();
        for (IntrinsicCall.Argument argument : call.arguments()) {
            switch (argument) {
                case IntrinsicCall.Argument.Literal literal -> {}
                case IntrinsicCall.Argument.Selected(Path path) -> names.addAll(variables(path));
                case IntrinsicCall.Argument.Nested(IntrinsicCall nested) -> names.addAll(variables(nested));
            }
        }
        return names;
    }
}
