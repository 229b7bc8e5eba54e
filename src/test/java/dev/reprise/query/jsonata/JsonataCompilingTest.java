package dev.reprise.query.jsonata;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.reprise.asl.ExpressionChecker.Language;
import dev.reprise.asl.ExpressionChecker.StatesVariable;
import dev.reprise.query.check.QueryExpressionChecker;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reading an expression takes work in proportion to its length, however it is built. */
class JsonataCompilingTest {

    private static final int LONG = 800_000;

    private static final int LENGTH = 20_000;

    /** Quadratic work on a long text takes minutes. */
    private static final Duration QUICK = Duration.ofSeconds(60);

    /** An expression that goes on with the same part, in which {@code #} is a number that differs each time. */
    private record Shape(String before, String part, String after) {
        String ofLength(int length) {
            StringBuilder text = new StringBuilder(before);
            for (int i = 0; text.length() < length; i++) {
                text.append(part.replace("#", String.valueOf(i)));
            }
            return text.append(after).toString();
        }
    }

    static Shape[] shapes() {
        return new Shape[] {
            new Shape("'", "x", "'"),
            new Shape("'", "\\n\\u0041", "'"),
            new Shape("1", " ", ""),
            new Shape("1 /*", " *", "*/"),
            new Shape("1", "/* */", ""),
            new Shape("1.", "0", ""),
            new Shape("`", "x", "` in $x"),
            new Shape("[1", ", 1", "]"),
            new Shape("['a'", ", 'a'", "]"),
            new Shape("{'a': 1", ", 'k#': #", "}"),
            new Shape("1", " + 1", ""),
            new Shape("1", " + 1 * 2 & 'a'", ""),
            new Shape("$x", ".a", ""),
            new Shape("$x", ".a[0]", ""),
            new Shape("$x.a", ".b.(%)", ""),
            new Shape("$x", ".a@$v#", ""),
            new Shape("(", "1;", "1)"),
            new Shape("(", "$v# := #;", "1)"),
            new Shape("(", "$v# := #; ($v#);", "1)"),
            new Shape("(", "$f# := function($x) { $x };", "1)"),
            new Shape("$f(1", ", 1", ")"),
            new Shape("$f(1", ", ?", ")"),
            new Shape("function($a", ", $p#", ") { 1 }"),
            new Shape("$x^(a", ", >a", ")"),
            new Shape("/", "ab", "/"),
            new Shape("/[", "a\u00e9-", "b]/"),
            new Shape("/[", "\\p{Lu}", "]/"),
            new Shape("/", "\\{", "/"),
            new Shape("/", "{}", "/"),
            new Shape("/(", "a|", "b)/"),
            new Shape("function($a)<", "s", ":s> { 1 }"),
        };
    }

    private static void compile(String expression) {
        QueryExpressionChecker checker = new QueryExpressionChecker();
        if (checker.problemsWithJsonata(expression, StatesVariable.INPUT).stream()
                .noneMatch(problem -> problem.code().startsWith("INVALID"))) {
            checker.variables(Language.JSONATA, expression);
        }
    }

    private static long allocatedFor(Shape shape, int length) {
        String expression = shape.ofLength(length);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        compile(expression);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void takesWorkInProportionToTheText(Shape shape) {
        allocatedFor(shape, LENGTH);
        long once = allocatedFor(shape, LENGTH);
        long fourTimes = allocatedFor(shape, 4 * LENGTH);

        assertThat((double) fourTimes / once).isLessThan(6);
    }

    static Shape[] longShapes() {
        return new Shape[] {
            new Shape("'", "x", "'"), new Shape("[1", ", 1", "]"), new Shape("$x", ".a", ""), new Shape("/", "{}", "/")
        };
    }

    @ParameterizedTest
    @MethodSource("longShapes")
    void isQuick(Shape shape) {
        String expression = shape.ofLength(LONG);

        Assertions.assertTimeout(QUICK, () -> compile(expression));
    }
}
