package dev.reprise.query.jsonata;

import static dev.reprise.query.Given.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Value;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import dev.reprise.query.Given;
import dev.reprise.query.QueryLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonataFunctionsTest {

    private static final JsonataQueries QUERIES = new JsonataQueries(QueryLimits.DEFAULT);

    private static JsonNode evaluate(String expression) {
        return QUERIES.value(new Value.Jsonata(expression), "Output")
                .evaluate(Given.input("{'n': 5, 'a': [1, 2, 3, 4, 5]}"));
    }

    private static String causeOf(String expression) {
        try {
            return "gave " + evaluate(expression);
        } catch (EvaluationException e) {
            assertThat(e.error()).isEqualTo("States.QueryEvaluationError");
            return e.causeText()
                    .replace("The JSONata expression '" + expression + "' specified for the field 'Output' ", "");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$partition([1,2,3,4,5], 2)        | [[1,2],[3,4],[5]]",
                "$partition($states.input.a, 9)    | [[1,2,3,4,5]]",
                "$partition([1,2,3], 1.9)          | [[1],[2],[3]]",
                "$partition([1,2,3])               | [[1,2,3]]",
                "$partition([], $states.input.no)  | [[]]",
                "[$partition([], 2)]               | []",
                "[$partition([1,2], 0)]            | []",
                "[$partition([1,2], -0.9)]         | []",
                "$range(0, 10, 2)                  | [0,2,4,6,8,10]",
                "$range(0, 6, 4)                   | [0,4]",
                "$range(3, 1, -1)                  | [3,2,1]",
                "$range(-1.7, 2, 1)                | [-1,0,1,2]",
                "[$range(1, 3)]                    | []",
                "[$range(1, 3, 0.9)]               | []",
                "$hash('input', 'SHA-1')           | '140f86aae51ab9e1cda9b4254fe98a74eb54c1a1'",
                "$random(42)                       | 0.7275636800328681",
                "$parse('{\"a\": 1}').a            | 1",
                "$parse('[1, null]')               | [1, null]",
                "$string($parse('[1.0, 2e2, -0.5]')) | '[1,200,-0.5]'",
                "$parse('9223372036854775807')     | 9223372036854775807",
                "$parse('9223372036854775808')     | 9.223372036854775808e18",
                "$parse(\"{'a': 1}\")              | {\"a\": 1}",
                "$base64decode('8J-YgA')           | '😀'",
                "$string(1.7976931348623157e308)   | '1.7976931348623157e+308'",
                "$string(999999999999999868928)    | '999999999999999900000'",
                "$string($parse('9007199254740993')) | '9007199254740993'",
                "$string([2/3, -2/3, 0.1 + 0.2])   | '[0.666666666666666,-0.666666666666667,0.3]'",
                "'' & 100.0000000000001            | '1e+2'",
                "'' & 1234567890123456.7           | '1.23456789012345e+15'",
                "'' & 0.00000015                   | '1.5e-7'",
                "$decodeUrlComponent('a+b%2Bc%20d%E6') | 'a b+c d\ufffd'",
                "$replace('\\u3000a b\\u00a0', /\\s/, '') | '\\u3000ab\\u00a0'",
                "$parse('12345678901234567890123')  | 1.2345678901234568e22",
                "$millis()                         | 1795176000123",
                "$now()                            | '2026-11-20T12:00:00.123Z'",
                "$now('[Y0001]-[M01]-[D01]')       | '2026-11-20'",
                "$map(['1', '2'], $parse)          | [1, 2]",
                "['1', '2'] ~> $map($parse) ~> $sum() | 3",
                "$uuid() = $uuid()                 | true",
            })
    void compute(String expression, String expected) {
        assertThat(evaluate(expression)).isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$formatNumber(12345.6, '#,###.00')          | '12,345.60'",
                "$formatNumber(123412345678.9, '9,9,99.99')  | '123412345,6,78.90'",
                "$formatNumber(1234.56789, '9,999.999,999')  | '1,234.567,890'",
                "$formatNumber(0.14, '01%')                  | '14%'",
                "$formatNumber(-6, '000')                    | '-006'",
                "$formatNumber(1234.5678, '00.000e0')        | '12.346e2'",
                "$formatNumber(0.234, '#.00e0')              | '0.23e0'",
                "$formatNumber(-34.555, '#0.00;(#0.00)')     | '(34.56)'",
                "$formatNumber(0, '#')                       | '0'",
                "$formatNumber(0, '.00')                     | '.00'",
                "$formatNumber(10, '0.00 USD')               | '10.00 USD'",
                "$formatNumber(0.14, '###pm', {'per-mille': 'pm'}) | '140pm'",
                "$parseInteger('MCMXCIX', 'I')               | 1999",
                "$parseInteger('abc', '0')                   | 'NaN'",
                "$toMillis('2017-10')                        | 1506816000000",
                "$toMillis('2017-10-30T16:25:32')            | 1509380732000",
                "$toMillis('2017-10-30T16:25:32+0100')       | 1509377132000",
                "$toMillis('04-09', '[M]-[D]')               | 1775692800000",
                "$toMillis('13:45', '[H01]:[m01]')           | 1795182300000",
                "$sort([{'a':1,'b':1},{'a':0},{'a':1,'b':2}], function($l, $r) { $l.a > $r.a }).b | [1, 2]",
                "$sort([3, 1.5, 2])                          | [1.5, 2, 3]",
                "$string(1e20)                               | '100000000000000000000'",
                "$string(1e21)                               | '1e+21'",
                "$number('0b11')                             | 3",
                "$substring('\ud83d\ude00x', 1)            | 'x'",
                "$substring('hello', -3, 2)                  | 'll'",
                "$match('ababbabbcc', /a(b+)/, 1)            | {'match': 'ab', 'index': 0, 'groups': ['b']}",
                "$replace('John Smith', /(\\w+)\\s(\\w+)/, '$2, $1') | 'Smith, John'",
                "$replace('265USD', /([0-9]+)USD/, '$$$1')   | '$265'",
                "$replace('abc', /b/, function($m) { $uppercase($m.match) }) | 'aBc'",
                "$split('a1b2c', /\\d/, 2)                   | ['a', 'b']",
                "$contains('abracadabra', /A/i)              | true",
                "('a/b' & '/b/') ~> $split(/\\/b/)           | ['a', '', '/']",
                "('xaay' ~> /a+/).[match, start, end]        | ['aa', 1, 3]",
                "('1a22' ~> /\\d+/).next().match             | '22'",
                "$exists('abc' ~> /x/)                       | false",
                "($p := /B/i; $match('abc', $p).index)       | 1",
                "$filter(['ab', 'cd'], /c/)                  | 'cd'",
                "$type(/a/)                                  | 'function'",
                "($f := $substring(?, 0, 2); $f('hello'))    | 'he'",
                "($p := $partition(?, 2); $p([1, 2, 3]))     | [[1, 2], [3]]",
                "1/0                                         | 'Infinity'",
                "-1/0                                        | '-Infinity'",
            })
    void followTheReferenceWhereTheEngineDoesNot(String expression, String expected) {
        assertThat(evaluate(expression)).isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$encodeUrl('http://x/a b?q=1&r=#top')       | 'http://x/a%20b?q=1&r=#top'",
                "$encodeUrl('\u00e9 +')                      | '%C3%A9%20+'",
                "$encodeUrlComponent('a b+c')                | 'a%20b%2Bc'",
                "$formatInteger(1e20, '0')                   | '100000000000000000000'",
                "$formatInteger(-1e20, '#,##0')              | '-100,000,000,000,000,000,000'",
                "$formatInteger(2e21, 'w')                   | 'two billion trillion'",
                "$parseInteger('three billion trillion', 'w') | 3e21",
                "$parseInteger('99999999999999999999', '0')  | 1e20",
                "$formatBase(1e19, 16)                       | '8ac7230489e80000'",
                "4294967296 * 4294967296                     | 18446744073709551616",
                "$round(12345678901234567890, -1)            | 12345678901234567890",
                "$states.input.a[-1.5]                       | 4",
                "$states.input.a[-0.1]                       | 5",
                "$states.input.a[1.9]                        | 2",
                "[7, 8, 9][-2.7]                             | 7",
                "$fromMillis(1330473600000, '[w] [xNn]')     | '1 March'",
                "$fromMillis(1325376000000, '[w] [xNn]')     | '5 December'",
                "$partition([7], 3)                          | [[7]]",
                "$partition([7, 8], 1)[0]                    | [7]",
                "$range(4, 4, 1)                             | 4",
                "[$range(4, 5, 9)]                           | [4]",
                "[$range(1, 0, 1)]                           | []",
                "[[1, 2][], 3]                               | [[1, 2], 3]",
                "[[[1, 2], 3][0], 4]                         | [[1, 2], 4]",
                "$spread([{'a': 1}])                         | [{'a': 1}]",
                "$spread({'a': 1})                           | {'a': 1}",
                "$count($split($pad('', 5000, '\u00e9'), /[^\u00e0-\u00ff]/)) | 1",
            })
    void areRightAtTheEdge(String expression, String expected) {
        assertThat(evaluate(expression).toString()).isEqualTo(evaluate(expected).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$length(null)                   | 1 | length",
                "$lowercase(null)                | 1 | lowercase",
                "$split(null, ',')               | 1 | split",
                "$split('a', null)               | 2 | split",
                "$split('a', ',', null)          | 3 | split",
                "$replace('a', 'a', null)        | 3 | replace",
                "$replace('a', 'a', 'b', null)   | 4 | replace",
                "$contains('a', null)            | 2 | contains",
                "$contains('a', $states.input.z) | 2 | contains",
                "$substring('a', null)           | 2 | substring",
                "$pad('a', null)                 | 2 | pad",
                "$join(['a'], null)              | 2 | join",
                "$toMillis(null)                 | 1 | toMillis",
                "$fromMillis(null)               | 1 | fromMillis",
                "$partition([1], null)           | 2 | partition",
                "$range(1, null, 1)              | 2 | range",
                "$hash('a', null)                | 2 | hash",
                "$parse(null)                    | 1 | parse",
            })
    void refuseNullInTheirOwnName(String expression, int argument, String function) {
        assertThat(causeOf(expression))
                .isEqualTo("threw an error during evaluation. T0410: Argument " + argument + " of function \""
                        + function + "\" does not match function signature");
    }

    /** A control character without a letter of its own stays as it is, which is no JSON: AWS does the same. */
    @Test
    void writeControlCharactersAsTheyAre() {
        assertThat(evaluate("$string(['\\u0001\\u007f\\n'])").textValue()).isEqualTo("[\"\u0001\u007f\\n\"]");
    }

    @Test
    void seeAnErrorInAPredicateOnNothing() {
        assertThat(causeOf("$states.input.nothing[-'a' = 1]")).contains("D1002");
    }

    @Test
    void drawTheSameWhereTheEnvironmentDoes() {
        assertThat(evaluate("$random()")).isEqualTo(evaluate("$random()"));
        assertThat(evaluate("$shuffle([1..20])")).isEqualTo(evaluate("$shuffle([1..20])"));
        assertThat(evaluate("$uuid()").textValue())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$eval('1+1')         | threw an error during evaluation. T1006: Attempted to invoke a non-function",
                "$nosuch(1)           | threw an error during evaluation. T1006: Attempted to invoke a non-function",
                "$abs('a')            | threw an error during evaluation. T0410: Argument 1 of function \"abs\" does"
                        + " not match function signature",
                "$sum(['a'])          | threw an error during evaluation. T0412: Argument 1 of function \"sum\" must"
                        + " be an array of \"numbers\"",
                "'a' + 1              | threw an error during evaluation. T2001: The left side of the \"+\" operator"
                        + " must evaluate to a number",
                "1 + 'a'              | threw an error during evaluation. T2002: The right side of the \"+\" operator"
                        + " must evaluate to a number",
                "1 > 'a'              | threw an error during evaluation. T2009: The values 1 and \"a\" either side of"
                        + " operator \">\" must be of the same data type",
                "-'a'                 | threw an error during evaluation. D1002: Cannot negate a non-numeric value:"
                        + " \"a\"",
                "$number('x')         | threw an error during evaluation. D3030: Unable to cast value to a number:"
                        + " \"x\"",
                "$number('+1')        | threw an error during evaluation. D3030: Unable to cast value to a number:"
                        + " \"+1\"",
                "$number(null)        | threw an error during evaluation. T0410: Argument 1 of function \"number\""
                        + " does not match function signature",
                "$sort([1, 'a'])      | threw an error during evaluation. D3070: The single argument form of the sort"
                        + " function can only be applied to an array of strings or an array of numbers.  Use the second"
                        + " argument to specify a comparison function",
                "$toMillis('foo')     | threw an error during evaluation. D3110: The argument of the toMillis function"
                        + " must be an ISO 8601 formatted timestamp. Given \"foo\"",
                "$fromMillis(0, '[Q]') | threw an error during evaluation. D3132: Unknown component specifier \"Q\" in"
                        + " date/time picture string",
                "$formatNumber(1, 'x') | threw an error during evaluation. D3086: The sub-picture must not contain a"
                        + " passive character that is preceded by an active character and that is followed by another"
                        + " active character",
                "$formatNumber(1, '0,') | threw an error during evaluation. D3088: The sub-picture must not contain a"
                        + " 'grouping-separator' at the end of the integer part",
                "$formatBase(1, 99)   | threw an error during evaluation. D3100: The radix of the formatBase function"
                        + " must be between 2 and 36.  It was given 99",
                "$replace('abc', /x*/, 'y') | threw an error during evaluation. D1004: Regular expression matches zero"
                        + " length string",
                "$replace('abc', /b/, function() { 1 }) | threw an error during evaluation. D3012: Attempted to"
                        + " replace a matched string with a non-string value",
                "$decodeUrl('%E0%A4%A') | threw an error during evaluation. D3140: Malformed URL passed to"
                        + " $decodeUrl(): \"%E0%A4%A\"",
                "$pad('x', 100000000) | threw an error during evaluation: Expression evaluation memory limit exceeded:"
                        + " Check for excessive memory usage",
                "$error('my reason')  | threw an error during evaluation. D3137: my reason",
                "$assert(false, 'no') | threw an error during evaluation. D3141: no",
                "[1..900000] ~> $count() | threw an error during evaluation: Expression evaluation memory limit"
                        + " exceeded: Check for excessive memory usage",
                "$range(1, 1e12, 1)   | threw an error during evaluation: Expression evaluation memory limit exceeded:"
                        + " Check for excessive memory usage",
                "$range(1, 0, 1)      | returned nothing (undefined).",
                "$range(1)            | threw an error during evaluation. T0410: Argument 2 of function \"range\" does"
                        + " not match function signature",
                "$partition('ab', 1)  | threw an error during evaluation. T0412: Argument 1 of function \"partition\""
                        + " must be an array of undefined",
                "$partition([], -1)   | threw an error during evaluation. D3137: Second argument must be zero or"
                        + " greater",
                "$hash('a', 'MD2')    | threw an error during evaluation. D3137: Hash algorithm 'MD2' must be one of"
                        + " SHA-1, SHA-384, SHA-256, SHA-512, MD5",
                "$hash('a', $states.input.no) | threw an error during evaluation. D3137: Hash algorithm 'null' must be"
                        + " one of SHA-1, SHA-384, SHA-256, SHA-512, MD5",
                "$parse('')           | threw an error during evaluation. D3137: Invalid JSON",
                "$parse(' ')          | threw an error during evaluation. D3137: Invalid JSON",
                "$parse('{} {}')      | threw an error during evaluation. D3137: Invalid JSON",
                "$parse('[NaN]')      | threw an error during evaluation. D3137: Invalid JSON",
                "$parse('[1e400]')    | threw an error during evaluation. D3137: Invalid JSON",
                "$parse('{\"a\": 1, \"a\": 1}') | threw an error during evaluation. D3137: Invalid JSON",
                "$base64decode('a b*') | threw an error during evaluation: The text is not Base64",
                "$parse($doesNotExist) | returned nothing (undefined).",
            })
    void failInAwsWords(String expression, String cause) {
        assertThat(causeOf(expression)).isEqualTo(cause);
    }

    @Test
    void failWhereTheyNestTooDeep() {
        assertThat(causeOf("($f := function($x) { 1 + $f($x) }; $f(1))"))
                .startsWith(
                        "threw an error during evaluation: Stack overflow error: Check for non-terminating recursive"
                                + " function. Consider rewriting as tail-recursive. Depth=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function($x) { $f($x + 1) }; $f(1))",
                "$match('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', /(.*a){15}b/)",
                "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ~> /(.*a){15}b/",
                "$map(['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'], /(.*a){15}b/)",
                "($p := /(.*a){15}b/; $p('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'))"
            })
    void failWhereTheyTakeTooLong(String endless) {
        QueryLimits tight = new QueryLimits(100_000, 500, 1_000_000);
        Expression loop = new JsonataQueries(tight).value(new Value.Jsonata(endless), "Output");

        assertThatThrownBy(() -> loop.evaluate(Given.input("{}")))
                .isInstanceOf(EvaluationException.class)
                .hasMessageEndingWith(
                        "threw an error during evaluation: Expression evaluation timeout: Check for infinite loop");
    }
}
