package dev.reprise.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Value;
import dev.reprise.query.Environment;
import dev.reprise.query.Expression;
import dev.reprise.query.Fuel;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.jsonata.JsonataQueries;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a unit of fuel takes of each kind of JSONata's work: the quickest of many evaluations, by the units that they
 * count.
 */
final class ExpressionFuel implements Measurement {

    private static final long ROUND = 300_000_000;

    @Override
    public String name() {
        return "jsonata-fuel";
    }

    /** Expressions, by what most of their work is. */
    private static Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("arithmetic", "$sum($map([1..2000], function($x) { $x * 2 + 1 - 3 * $x }))");
        kinds.put("lambda-calls", "$count($map([1..5000], function($x) { $x }))");
        kinds.put("tail-calls", "($f := function($n, $s) { $n = 0 ? $s : $f($n - 1, $s + $n) }; $f(2000, 0))");
        kinds.put("function-calls", "$count($map([1..5000], function($x) { $abs($x) }))");
        kinds.put("paths", "$sum($map([1..2000], function($x) { $states.input.o[0].v }))");
        kinds.put("predicates", "$count($states.input.o[v > 500])");
        kinds.put("bound-steps", "$count($states.input.o@$x#$i.{'i': $i, 'k': $x.k})");
        kinds.put("arrays", "$count($append([1..50000], [1..50000]))");
        kinds.put("objects", "$count($map([1..2000], function($x) { {'a': $x, 'b': $x} }))");
        kinds.put("groups", "$count($keys($states.input.o{$string(v): k}))");
        kinds.put("merges", "$count($keys($merge($states.input.o.{k: v})))");
        kinds.put("transforms", "$count($states.input ~> |o|{'w': v + 1}|)");
        kinds.put("equality", "$states.input.o = $states.input.p");
        kinds.put("membership", "$sum($map([1..200], function($x) { 5000 in $states.input.n ? 1 : 0 }))");
        kinds.put("sorting-numbers", "$count($sort([1..20000]))");
        kinds.put("sorting-texts", "$count($sort($states.input.o.s))");
        kinds.put("sorting-by-lambda", "$count($sort([1..2000], function($a, $b) { $a < $b }))");
        kinds.put("ordering", "$count($states.input.o^(>v))");
        kinds.put("copying-texts", "$length($states.input.long & $states.input.long)");
        kinds.put("padding", "$length($pad('x', 1000000, '\u20ac'))");
        kinds.put("searching", "$contains($states.input.as, 'aaaaaaaaaaaab')");
        kinds.put("splitting", "$count($split($states.input.long, ''))");
        kinds.put("joining", "$length($join($states.input.o.s, ','))");
        kinds.put("matching-backtracking", "$contains($pad('', 15, 'a'), /(a|a)*b/)");
        kinds.put("matching-any-case", "$contains($states.input.long, /ZZ/i)");
        kinds.put("matching-classes", "$contains($states.input.long, /[^a-y0-9 ]{3}/)");
        kinds.put("replacing", "$length($replace($states.input.long, /a(.)/, '$1'))");
        kinds.put("text-of-objects", "$length($string($states.input.o))");
        kinds.put("text-of-fractions", "$length($string($states.input.f))");
        kinds.put("numbers-of-texts", "$count($map([1..2000], function($x) { $number('12.75') }))");
        kinds.put("parsing", "$count($parse($string($states.input.o)))");
        kinds.put("radixes", "$count($map([1..500], function($x) { $formatBase(1e300, 7) }))");
        kinds.put("number-pictures", "$count($map([1..2000], function($x) { $formatNumber($x / 7, '#,##0.00') }))");
        kinds.put("integer-pictures", "$count($map([1..2000], function($x) { $formatInteger($x, '#,##0') }))");
        kinds.put("number-words", "$count($map([1..2000], function($x) { $formatInteger($x * 1000003, 'w') }))");
        kinds.put("dates", "$count($map([1..1000], function($x) { $fromMillis($x * 86400000) }))");
        kinds.put(
                "date-pictures",
                "$count($map([1..1000], function($x) { $fromMillis($x * 86400000, '[FNn] [D1o] [MNn] [W]') }))");
        kinds.put("reading-dates", "$count($map([1..1000], function($x) { $toMillis('2017-10-30T16:25:32Z') }))");
        kinds.put(
                "reading-date-pictures",
                "$count($map([1..200], function($x) { $toMillis('2017-10-30', '[Y0001]-[M01]-[D01]') }))");
        kinds.put("base64", "$length($base64decode($base64encode($states.input.long)))");
        kinds.put("urls", "$length($decodeUrl($encodeUrl($states.input.long)))");
        kinds.put("hashes", "$hash($states.input.long, 'MD5')");
        kinds.put("short-hashes", "$count($map([1..1000], function($x) { $hash('a', 'SHA-512') }))");
        kinds.put("results", "$states.input.o.{'k': k, 'v': v}");
        return kinds;
    }

    private static JsonNode input() {
        Random random = new Random(1);
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        ArrayNode objects = input.putArray("o");
        ArrayNode numbers = input.putArray("n");
        ArrayNode fractions = input.putArray("f");
        for (int i = 0; i < 2_000; i++) {
            objects.addObject()
                    .put("k", "k" + i % 50)
                    .put("v", random.nextInt(1000))
                    .put("s", "text number " + random.nextInt(100_000));
            numbers.add(i);
            fractions.add(1000 * random.nextDouble());
        }
        input.set("p", objects.deepCopy());
        StringBuilder text = new StringBuilder();
        while (text.length() < 100_000) {
            text.append((char) ('a' + random.nextInt(25))).append(random.nextInt(6) == 0 ? " " : "");
        }
        return input.put("long", text.toString()).put("as", "a".repeat(20_000));
    }

    /** What an expression sees, and what it takes. */
    private record Metered(JsonNode input, Fuel fuel) implements Environment {
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
            return JsonNodeFactory.instance.objectNode();
        }

        @Override
        public @Nullable JsonNode variable(String name) {
            return null;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public RandomGenerator random() {
            return new Random(1);
        }
    }

    @Override
    public void run(Report report) {
        JsonNode input = input();
        // The first round is for the just-in-time compiler.
        kinds().values().forEach(expression -> nanosecondsAUnit(expression, input));
        kinds().forEach((kind, expression) -> report.figure(kind, nanosecondsAUnit(expression, input), "ns/unit"));
    }

    private static double nanosecondsAUnit(String text, JsonNode input) {
        Expression expression = new JsonataQueries(QueryLimits.DEFAULT).value(new Value.Jsonata(text), "Output");
        double best = Double.MAX_VALUE;
        long end = System.nanoTime() + ROUND;
        do {
            Metered metered = new Metered(input, new Fuel());
            long start = System.nanoTime();
            expression.evaluate(metered);
            best = Math.min(
                    best, (double) (System.nanoTime() - start) / metered.fuel().spent());
        } while (System.nanoTime() < end);
        return best;
    }
}
