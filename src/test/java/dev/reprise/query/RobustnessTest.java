package dev.reprise.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ExpressionChecker.Language;
import dev.reprise.asl.ExpressionChecker.StatesVariable;
import dev.reprise.asl.Value;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever stands in a definition, compiling it throws IllegalArgumentException or nothing, and evaluating it
 * EvaluationException or nothing.
 */
class RobustnessTest {

    private static final long SEED = 20_261_120;

    private static final QueryLimits TIGHT = new QueryLimits(200_000, 200, 100_000);
    private static final JsonataQueries JSONATA = new JsonataQueries(TIGHT);
    private static final JsonPathQueries JSON_PATH = new JsonPathQueries();

    private static final Given GIVEN = Given.input(
                    "{'a': 1, 'b': [1, 2, {'c': null}], 's': 'text', 'o': {'x': {'y': [true, 'z']}}, 'd': 0.5, 'big':"
                            + " 12345678901234567890}")
            .context("{'Execution': {'Name': 'run'}}")
            .variable("v", "[3, 1, 2]");

    private static final List<String> JSONATA_PIECES = List.of(
            ("$states.input|$states.input.b|$states|$v|$|$$|a|*|**|%|.|[|]|{|}|(|)|,|;|:|?|+|-|*|/|=|!=|<|>|<=|>=|&|~>|:=|and|or|in|..|^(|>|@$i|#$k|'s'|\"t\"|1|0|-1|1e308|0.1|true|null|"
                            + "$sum(|$map(|$filter(|$reduce(|$string(|$number(|$match(|/a+/|/(x|xx)+y/i|$replace(|$split(|$join(|$pad(|$sort(|$each(|$merge(|$spread(|$keys(|$lookup(|$eval(|"
                            + "$formatNumber(|$formatInteger(|$parseInteger(|$fromMillis(|$toMillis(|$now(|$random(|$partition(|$range(|$hash(|$uuid()|$parse(|$single(|$zip(|$distinct(|$clone(|$error(|$assert(|$type(|$exists(|function($x){|$x|}|$f"
                            + " := function($n){$f($n)}|$f(1)|[1..9]|[1..999999999]|'[Y0001]'|'#,##0.00'|'w'|`q`|{'k':"
                            + " 1}|[]|{}|\u0000|\ud83d|é|/*|*/|\\|'|\"")
                    .split("\\|"));

    private static final List<String> PATH_PIECES = List.of(
            "$ $$ $v .a .b .o .x .. * [*] [0] [-1] [9] [1:] [:2] ['s'] [\"s\"] [?(@.c)] [?(@ > 1)] .length() .sum() .nosuch() ( ) [ ] . , 'x' @ ? : [?( && || == ~ /a/ .min() .keys() .first() .concat(\"x\") .append(1)"
                    .split(" "));

    private static final List<String> CALL_PIECES =
            List.of(("States.Format( States.Array( States.ArrayPartition( States.ArrayGetItem( States.ArrayRange("
                            + " States.MathAdd( States.MathRandom( States.Hash( States.Base64Decode( States.StringToJson("
                            + " States.JsonMerge( States.UUID() States.StringSplit( States.ArrayUnique( States.JsonToString( ) ,"
                            + " '{}' 'MD5' '\\{' '\\ $.a $.b $v $$.Execution 0 -1 1.5 1e99 99999999999999999999 true null $.o $.s"
                            + " $.")
                    .split(" "));

    @Test
    void survivesAnyJsonata() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            String expression = pieces(JSONATA_PIECES, random, 1 + random.nextInt(12));
            survive(expression, () -> JSONATA.value(new Value.Jsonata(expression), "Output"));
            survive(expression, () -> {
                new QueryExpressionChecker().variables(Language.JSONATA, expression);
                return new PayloadTemplate.Constant(GIVEN.input());
            });
        }
    }

    @Test
    void survivesAnyPath() {
        Random random = new Random(SEED);
        for (int i = 0; i < 30_000; i++) {
            String path = pieces(PATH_PIECES, random, 1 + random.nextInt(6));
            survive(path, () -> JSON_PATH.value(new Value.Path(path), "InputPath"));
        }
    }

    @Test
    void survivesAnyIntrinsicFunction() {
        Random random = new Random(SEED);
        for (int i = 0; i < 30_000; i++) {
            String call = "States.Array(" + pieces(CALL_PIECES, random, 1 + random.nextInt(8));
            survive(call, () -> JSON_PATH.value(new Value.Path(call), "CausePath"));
        }
    }

    private static String pieces(List<String> pieces, Random random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(pieces.get(random.nextInt(pieces.size()))).append(random.nextInt(4) == 0 ? " " : "");
        }
        return text.toString();
    }

    private interface Compiling {
        Expression compile();
    }

    private static void survive(String text, Compiling compiling) {
        try {
            Expression expression = compiling.compile();
            JsonNode value = expression.evaluate(GIVEN);
            assertThat(value).as(text).isNotNull();
        } catch (EvaluationException e) {
            assertThat(e.causeText()).as(text).isNotBlank();
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).as(text).isNotBlank();
        } catch (Throwable e) {
            throw new AssertionError("seed " + SEED + ": '" + text + "'", e);
        }
    }

    @ParameterizedTest
    @CsvSource({"(,1", "[,1", "-,1", "$not(,1", "function($x){,1", "{'a':,1"})
    void survivesDeepNesting(String open, String inner) {
        String expression = open.repeat(20_000) + inner;
        survive("deep", () -> JSONATA.value(new Value.Jsonata(expression), "Output"));
        assertThat(new QueryExpressionChecker().problemsWithJsonata(expression, StatesVariable.INPUT))
                .isNotEmpty();
    }

    @Test
    void survivesADeepPath() {
        survive("deep", () -> JSON_PATH.value(new Value.Path("$" + ".a".repeat(50_000)), "InputPath"));
        survive("deep", () -> JSON_PATH.value(new Value.Path("$" + "[?(@.a".repeat(5_000)), "InputPath"));
        survive("deep", () -> JSON_PATH.value(new Value.Path("States.Array(".repeat(50_000)), "CausePath"));
    }

    @Test
    void isSharedByThreads() throws Exception {
        Expression jsonata = JSONATA.value(
                new Value.Jsonata(
                        "$sum($map($states.input.list, function($x) { $x * $v })) & $replace('abc', /b/, function($m)"
                                + " { $string($v) })"),
                "Output");
        Expression jsonPath = JSON_PATH.value(new Value.Path("$.list[?(@ > 1)]"), "InputPath");
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int factor = t;
                results.add(threads.submit(() -> {
                    Given given = Given.input("{'list': [1, 2, 3]}").variable("v", String.valueOf(factor));
                    String expected = 6 * factor + "a" + factor + "c";
                    for (int i = 0; i < 2_000; i++) {
                        assertThat(jsonata.evaluate(given).textValue()).isEqualTo(expected);
                        jsonPath.evaluate(given);
                    }
                    return true;
                }));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        }
    }
}
