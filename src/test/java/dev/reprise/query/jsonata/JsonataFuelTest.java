package dev.reprise.query.jsonata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Value;
import dev.reprise.query.Environment;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Fuel;
import dev.reprise.query.Given;
import dev.reprise.query.QueryLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an expression takes is counted, and the count is the same on every machine, interpreted or compiled. */
class JsonataFuelTest {

    private static final String INPUT =
            "{'n': 5, 's': 'abracadabra', 'a': [{'k': 'x', 'v': 3}, {'k': 'y', 'v': 1}, {'k': 'x', 'v': 2}]}";

    /** An environment whose meter can be read. */
    private record Metered(Given given, Fuel fuel) implements Environment {
        @Override
        public JsonNode input() {
            return given.input();
        }

        @Override
        public @Nullable JsonNode result() {
            return null;
        }

        @Override
        public @Nullable JsonNode errorOutput() {
            return null;
        }

        @Override
        public JsonNode context() {
            return given.context();
        }

        @Override
        public @Nullable JsonNode variable(String name) {
            return null;
        }

        @Override
        public Instant now() {
            return given.now();
        }

        @Override
        public RandomGenerator random() {
            return given.random();
        }
    }

    /** Expressions, and what they were seen to take. */
    private static Map<String, Long> expressions() {
        Map<String, Long> fuel = new LinkedHashMap<>();
        fuel.put("$states.input.n + 1", 7L);
        fuel.put("$states.input.a[v > 1].k", 35L);
        fuel.put("$sum($states.input.a.v)", 18L);
        fuel.put("$states.input.a^(>v).k", 36L);
        fuel.put("$states.input.a{k: $sum(v)}", 41L);
        fuel.put("$map($states.input.a, function($e, $i) { $e.v * $i })", 42L);
        fuel.put("$sort([1..50], function($a, $b) { $a < $b })", 1231L);
        fuel.put("$match($states.input.s, /(a|b)+/)", 165L);
        fuel.put("$replace($states.input.s, /(?<=b)r/, '-')", 63L);
        fuel.put("$split($states.input.s, 'a')", 56L);
        fuel.put("$string($states.input)", 39L);
        fuel.put("$states.input.**", 96L);
        fuel.put("$distinct([1, 2, 1, 3])", 33L);
        fuel.put("($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(20))", 241L);
        fuel.put("($f := function($n, $s) { $n = 0 ? $s : $f($n - 1, $s + $n) }; $f(1000, 0))", 14014L);
        fuel.put("$states.input ~> |a|{'w': v + 1}, 'k'|", 93L);
        fuel.put("$states.input.a@$x.v#$i.{'i': $i, 'k': $x.k}", 21L);
        fuel.put("$fromMillis(0, '[Y0001]-[M01]-[D01] [FNn]')", 471L);
        fuel.put("$formatNumber(1234.5, '#,##0.00')", 274L);
        fuel.put("$contains($pad('', 9, 'a'), /(a|a)*b/)", 12222L);
        fuel.put("$length($pad('x', 100000))", 37513L);
        fuel.put("$nosuch(1)", 3L);
        fuel.put("$hash('a', 'SHA-256')", 47L);
        return fuel;
    }

    private static long fuel(String expression) {
        return fuel(expression, Given.input(INPUT));
    }

    static long fuel(String expression, Given given) {
        Metered metered = new Metered(given, new Fuel());
        try {
            new JsonataQueries(QueryLimits.DEFAULT)
                    .value(new Value.Jsonata(expression), "Output")
                    .evaluate(metered);
        } catch (EvaluationException e) {
            assertThat(e.error()).isEqualTo("States.QueryEvaluationError");
        }
        return metered.fuel().spent();
    }

    @Test
    void isWhatItWasOnAnotherMachine() {
        Map<String, Long> seen = new LinkedHashMap<>();
        expressions().keySet().forEach(expression -> seen.put(expression, fuel(expression)));

        assertThat(seen).isEqualTo(expressions());
    }

    @Test
    void isTheSameWhenTheMachineIsWarm() {
        for (int i = 0; i < 300; i++) {
            expressions().forEach((expression, expected) -> {
                if (expected < 2_000) {
                    assertThat(fuel(expression)).as(expression).isEqualTo(expected);
                }
            });
        }
    }

    /** Prints what each expression takes, for the test that runs this in another process. */
    public static void main(String[] arguments) {
        expressions().keySet().forEach(expression -> System.out.println(fuel(expression)));
    }

    @Test
    void isTheSameInAProcessThatOnlyInterprets() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xint",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JsonataFuelTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();

        assertThat(printed.lines().map(Long::valueOf).toList())
                .isEqualTo(new ArrayList<>(expressions().values()));
    }

    @Test
    void boundsWhatHasNoEnd() {
        for (String endless : List.of(
                "($f := function($x) { $f($x + 1) }; $f(1))",
                "$contains($pad('', 40, 'a'), /(a|a)*b/)",
                "$map([1..700000], function($x) { $sum([1..$x]) })")) {
            long taken = fuel(endless);
            assertThat(taken).as(endless).isBetween(QueryLimits.DEFAULT.fuel(), QueryLimits.DEFAULT.fuel() + 8_000_000);
        }
    }
}
