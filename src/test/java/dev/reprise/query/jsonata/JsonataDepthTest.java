package dev.reprise.query.jsonata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Value;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Given;
import dev.reprise.query.QueryLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Depth is counted before a thread's stack is full, whatever is nested in what: in code that is interpreted, and in
 * code that was compiled once and twice, whose frames differ.
 */
class JsonataDepthTest {

    private static final int KILOBYTES = 512;

    /** Often enough for the frames to become those of compiled code. */
    private static final int TIMES = 25;

    private static final JsonataQueries QUERIES = new JsonataQueries(QueryLimits.DEFAULT);

    /** Bodies of a function {@code $f} that calls itself with no end, by what it calls itself from. */
    private static final List<String> ENDLESS = List.of(
            "1 + $f($x)",
            "$f($x) + 1",
            "-(-(-$f($x)))",
            "'a' & $f($x)",
            "true and $f($x)",
            "$f($x) in [1]",
            "[1..$f($x)]",
            "$string($string($string($f($x))))",
            "$zip([$f($x)], [1])",
            "1 + ($g := function($y)<n:n> { 1 + $f($y) }; $g($x))",
            "((((1; 1 + $f($x)))))",
            "($y := $f($x); $y)",
            "[[[[$f($x)]]]]",
            "{'a': {'b': {'c': $f($x)}}}",
            "$x ? (true ? 1 + $f($x)) : 2",
            "{'a': 1}.{'b': 1}.(1 + $f($x))",
            "{'a': {'a': 1 + $f($x)}.a}.a",
            "[1, 2][[1][$f($x)]]",
            "[1][$f($x)]{'a': 1}",
            "[{'a': 1}]{'k': $f($x)}",
            "[{'a': 1}]{$f($x): 1}",
            "[{'a': 1}, {'a': 2}]^($f($x))",
            "[{'a': 1}, {'a': 2}]@$t^($f($x))",
            "[{'a': 1}]@$t#$i.($t.a + $f($x))",
            "[{'a': 1}]@$t[$f($x)]",
            "{'b': {'a': 1}}.b.a.(%.a + $f($x))",
            "($x ~> $f) + 1",
            "($x ~> $f()) + 1",
            "($x ~> ($f ~> $f)) + 1",
            "($g := function($a, $b) { 1 + $f($a) }; $q := $g(?, 1); $q($x) + 1)",
            "($p := $map(?, $f); $p([1]))",
            "(function($y) { function($z) { 1 + $f($z) } })($x)($x)",
            "$map([$x], $f)",
            "$map([$x], function($v) { [$f($v)] })",
            "$map([[1]], function($a) { $map($a, function($b) { $map([$b], $f) }) })",
            "$x.$map([1], $f)[0]",
            "$filter([$x], $f)",
            "$single([$x], function($v) { 1 + $f($v) })",
            "$reduce([$x, $x], function($v, $w) { 1 + $f($v) })",
            "$sift({'a': 1}, $f)",
            "$each({'a': 1}, $f)",
            "$sort([1, 2], $f)",
            "$sort([1..100], function($l, $r) { 1 + $f($l) })",
            "$replace('a', /a/, $f)",
            "$match('a', $f)",
            "$split('a', $f)",
            "$contains('a', $f)",
            "{} ~> |$|{'a': $f(1)}|",
            "{'b': 1} ~> |$f(1)|{'a': 1}|",
            "{'a': 1} ~> |$|{}| ~> $f()");

    /** What walks through values. */
    private static final List<String> WALKS = List.of(
            "$string($v)",
            "$v = $w",
            "$boolean([$v])",
            "$count($distinct([$v, $w]))",
            "$count($clone($v))",
            "$count($v.**)",
            "$count($v.*)",
            "$count($keys($v))",
            "$count($spread($v))",
            "$count($sort([$v, $w], function($a, $b) { $a = $b }))");

    private static final List<String> DEEP_VALUES = List.of(
            "$reduce([1..990], function($a, $i) { {'a': $a} }, {})",
            "$reduce([1..490], function($a, $i) { [[$a]] }, [[]])");

    /** The beginning of an expression, what goes on so, and its end. */
    private static final List<List<String>> NESTED = List.of(
            List.of("(", "1", ")"),
            List.of("[", "1", "]"),
            List.of("{'a': ", "1", "}"),
            List.of("-", "$x", ""),
            List.of("$string(", "1", ")"),
            List.of("1 + (2 * ", "3", ")"),
            List.of("[1][", "0", "]"),
            List.of("true ? ", "1", " : 2"),
            List.of("function($x) { ", "1", " }"),
            List.of("$x := ", "1", ""),
            List.of("{'a': 1} ~> |$|{'b': ", "1", "}|"),
            List.of("[1]^(", "1", ")"),
            List.of("$map([1], function($x) { ", "1", " })"),
            List.of("[{'a': 1}]{'k': ", "1", "}"),
            List.of("$match('a', /a/).(", "1", ")"));

    private static String evaluate(String expression) {
        try {
            JsonNode value =
                    QUERIES.value(new Value.Jsonata(expression), "Output").evaluate(Given.input("{}"));
            return value.isContainerNode() ? "gave a value" : "gave " + value.asText();
        } catch (EvaluationException e) {
            return e.causeText();
        } catch (IllegalArgumentException e) {
            return "refused: " + e.getMessage();
        }
    }

    private static List<String> onAStackOf(int kilobytes, List<String> expressions) throws InterruptedException {
        List<String> answers = new ArrayList<>();
        for (String expression : expressions) {
            AtomicReference<String> answer = new AtomicReference<>("none");
            Thread thread = new Thread(null, () -> answer.set(evaluate(expression)), "small", kilobytes * 1024L);
            thread.setUncaughtExceptionHandler((of, e) -> answer.set(expression + " threw " + e));
            thread.start();
            thread.join();
            answers.add(answer.get());
        }
        return answers;
    }

    @Test
    void isBoundedForEveryKindOfRecursion() throws InterruptedException {
        List<String> expressions = ENDLESS.stream()
                .map(body -> "($f := function($x) { " + body + " }; $f(1))")
                .toList();
        for (int i = 0; i < TIMES; i++) {
            assertThat(onAStackOf(KILOBYTES, expressions))
                    .allSatisfy(answer -> assertThat(answer).contains("Stack overflow error", "Depth=301 max=300"));
        }
    }

    @Test
    void leavesRoomForWalksThroughDeepValues() throws InterruptedException {
        List<String> expressions = new ArrayList<>();
        for (String walk : WALKS) {
            for (String value : DEEP_VALUES) {
                expressions.add("($v := " + value + "; $w := " + value + "; $f := function($n) { $n = 0 ? [$string("
                        + walk + ")] : [$f($n - 1)] }; $count($f(65)))");
            }
        }
        for (int i = 0; i < TIMES; i++) {
            assertThat(onAStackOf(2 * KILOBYTES, expressions)).containsOnly("gave 1");
        }
    }

    @Test
    void isBoundedForEveryKindOfText() throws InterruptedException {
        List<String> expressions = new ArrayList<>();
        for (List<String> nested : NESTED) {
            for (int depth : new int[] {60, 190, 20_000}) {
                expressions.add(nested.get(0).repeat(depth)
                        + nested.get(1)
                        + nested.get(2).repeat(depth));
            }
        }
        for (int i = 0; i < 5; i++) {
            assertThat(onAStackOf(KILOBYTES, expressions))
                    .allSatisfy(answer -> assertThat(answer).doesNotContain(" threw java"));
        }
    }
}
