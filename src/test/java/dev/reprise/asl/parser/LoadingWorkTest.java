package dev.reprise.asl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.reprise.query.check.QueryExpressionChecker;
import java.lang.management.ManagementFactory;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Loading a definition is work that grows with its length. The work is counted in bytes that are allocated on the way,
 * which no other process changes.
 */
class LoadingWorkTest {

    private static final QueryExpressionChecker CHECKER = new QueryExpressionChecker();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<Arguments> definitions() {
        return Stream.of(
                shape("states in a row", 1_000, n -> machine(chain(n, i -> ""))),
                shape("a long literal", 200_000, n -> pass("\"Result\": \"" + "x".repeat(n) + "\"")),
                shape(
                        "many literals",
                        2_000,
                        n -> pass("\"Result\": [" + list(n, i -> "{\"a\": \"" + i + "\"}") + "]")),
                shape(
                        "templates",
                        1_000,
                        n -> pass("\"Parameters\": {" + list(n, i -> "\"p" + i + ".$\": \"$.a[0].b\"") + "}")),
                shape(
                        "variables that are set and read",
                        500,
                        n -> machine(
                                chain(n, i -> "\"Assign\": {\"v" + i + ".$\": \"$v" + Math.max(0, i - 1) + "\"}, "))),
                shape(
                        "variables that nobody sets",
                        500,
                        n -> machine(chain(n, i -> "\"Assign\": {\"set" + i + ".$\": \"$unset" + i + "\"}, "))),
                shape(
                        "targets that are missing",
                        500,
                        n -> machine(chain(n, i -> "").replace("\"Next\": \"S", "\"Next\": \"T"))),
                shape("fields that are unknown", 1_000, n -> pass(list(n, i -> "\"Unknown" + i + "\": 1"))),
                shape(
                        "fields that are there twice",
                        1_000,
                        n -> pass("\"Result\": {" + list(n, i -> "\"a\": 1") + "}")),
                shape(
                        "problems in a state with a long name",
                        500,
                        n -> machine("\"" + "S".repeat(n * 10) + "\": {\"Type\": \"Pass\", "
                                + list(n, i -> "\"Unknown" + i + "\": 1") + ", \"End\": true}")),
                shape(
                        "retriers",
                        500,
                        n -> machine(
                                "\"S0\": {\"Type\": \"Task\", \"Resource\": \"task:a\", \"End\": true, \"Retry\": ["
                                        + list(n, i -> "{\"ErrorEquals\": [\"E" + i + "\"]}") + "]}")),
                shape(
                        "branches",
                        500,
                        n -> machine("\"S0\": {\"Type\": \"Parallel\", \"End\": true, \"Branches\": ["
                                + list(
                                        n,
                                        i -> "{\"StartAt\": \"B" + i + "\", \"States\": {\"B" + i
                                                + "\": {\"Type\": \"Pass\", \"Assign\": {\"x\": 1}, \"End\": true}}}")
                                + "]}")));
    }

    private static Arguments shape(String name, int size, IntFunction<String> definition) {
        return Arguments.of(name, definition.apply(size), definition.apply(4 * size));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("definitions")
    void fourTimesTheDefinitionIsFourTimesTheWork(String name, String small, String large) {
        allocated(large);

        assertThat(allocated(large)).isLessThan(6 * allocated(small));
    }

    /** One problem repeats the name of the object around it; all of them together are not to fill the memory. */
    @Test
    void theTextOfAllProblemsIsBounded() {
        String definition = machine("\"" + "S".repeat(40_000) + "\": {\"Type\": \"Pass\", "
                + list(20_000, i -> "\"Unknown" + i + "\": 1") + ", \"End\": true}");

        ParsedDefinition parsed = Definitions.parse("d", definition, CHECKER);

        assertThat(parsed.diagnostics().stream()
                        .mapToLong(problem -> problem.toString().length())
                        .sum())
                .isLessThan(6_000_000);
        assertThat(parsed.diagnostics().getLast().message()).matches("and \\d+ more problems, which are not listed");
    }

    private static long allocated(String definition) {
        long thread = Thread.currentThread().threadId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        Definitions.parse("d", definition, CHECKER);
        return THREADS.getThreadAllocatedBytes(thread) - before;
    }

    private static String machine(String states) {
        return "{\"StartAt\": \"S0\", \"States\": {" + states + "}}";
    }

    private static String pass(String fields) {
        return machine("\"S0\": {\"Type\": \"Pass\", " + fields + ", \"End\": true}");
    }

    private static String chain(int states, IntFunction<String> fields) {
        return list(
                        states,
                        i -> "\"S" + i + "\": {\"Type\": \"Pass\", " + fields.apply(i) + "\"Next\": \"S" + (i + 1)
                                + "\"}")
                + ", \"S" + states + "\": {\"Type\": \"Succeed\"}";
    }

    private static String list(int size, IntFunction<String> element) {
        return IntStream.range(0, size).mapToObj(element).collect(Collectors.joining(", "));
    }
}
