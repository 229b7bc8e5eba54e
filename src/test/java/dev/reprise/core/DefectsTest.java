package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ItemList;
import dev.reprise.execution.Provisions;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What cannot happen comes out of the interpreter as it is: it is no error that a state machine sees, for the next
 * invocation need not meet it again. What is too deep for a stack is counted, and is refused before it meets one.
 */
class DefectsTest {

    private static final String SHOWS_TOKEN = """
        {'StartAt': 'S', 'States': {'S': {'Type': 'Task',
        'Resource': 'arn:aws:states:::lambda:invoke.waitForTaskToken', 'End': true,
        'Parameters': {'FunctionName': 'f', 'Payload': {'token.$': '$$.Task.Token'}},
        'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Caught'}]}, 'Caught': {'Type': 'Succeed'}}}\
        """;

    private static Interpreter withTokensFrom(java.util.function.Supplier<String> tokens) {
        Provisions provisions = new Provisions() {
            @Override
            public String taskToken(EffectId task) {
                return tokens.get();
            }

            @Override
            public ItemList items(Effect.ReadItems read, String version) {
                return NONE.items(read, version);
            }
        };
        Interpreter interpreter = new Interpreter(
                Scripted.compile(SHOWS_TOKEN), Scripted.IDENTITY, InterpreterLimits.DEFAULT, provisions, null);
        interpreter.apply(new Entry.Started(Instant.EPOCH, Scripted.json("{}")));
        return interpreter;
    }

    @Test
    void anErrorOfTheProcessIsNoErrorOfTheState() {
        Interpreter interpreter = withTokensFrom(() -> {
            throw new OutOfMemoryError("as a process would die of");
        });

        assertThatThrownBy(interpreter::advance).isInstanceOf(OutOfMemoryError.class);
        assertThat(interpreter.outcome()).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aValueThatGrowsLevelByLevelIsRefused(boolean inVariable) {
        String grow = inVariable
                ? "'Type': 'Pass', 'Assign': {'x': {'x.$': '$x'}}"
                : "'Type': 'Pass', 'Parameters': {'x.$': '$'}";
        Scripted run = Scripted.of("{'StartAt': 'Begin', 'States': {'Begin': {'Type': 'Pass', 'Assign': {'x': 0},"
                        + " 'Next': 'Grow'}, 'Grow': {" + grow + ", 'Next': 'Again'}, 'Again': {'Type': 'Choice',"
                        + " 'Choices': [{'Variable': '$.stop', 'IsPresent': true, 'Next': 'Done'}], 'Default': 'Grow'},"
                        + " 'Done': {'Type': 'Succeed'}}}")
                .start("{}");

        assertThat(run.outcome()).startsWith("failed States.DataLimitExceeded");
    }

    @Test
    void aValueOfAThousandLevelsPasses() {
        String levels = IntStream.range(0, 996).mapToObj(i -> "[").collect(Collectors.joining());
        String deep = levels + "]".repeat(996);

        Scripted run =
                Scripted.ofState("'Type': 'Pass', 'Parameters': {'x.$': '$'}").start(deep);

        assertThat(run.outcome()).isEqualTo("succeeded {\"x\":" + deep + "}");
    }

    /** A definition is JSON of at most 500 levels, and so has no more scopes within each other than this. */
    @Test
    void scopesAsDeepAsADefinitionCanNestThemRunOnASmallStack() throws InterruptedException {
        StringBuilder definition = new StringBuilder(
                "{'StartAt': 'T', 'States': {'T': {'Type': 'Task'," + " 'Resource': 'task:t', 'End': true}}}");
        int depth = 120;
        for (int i = 0; i < depth; i++) {
            definition.insert(
                    0,
                    "{'StartAt': 'S" + i + "', 'States': {'S" + i
                            + "': {'Type': 'Parallel', 'End': true, 'Branches': [");
            definition.append("]}}}");
        }
        Scripted[] run = new Scripted[1];
        Throwable[] thrown = new Throwable[1];
        Thread thread = new Thread(
                null,
                () -> {
                    run[0] = Scripted.of(definition.toString()).start("1");
                    run[0] = run[0].restored();
                    run[0].succeeded(run[0].openEffects().get(0).split(" ", 3)[1], "2");
                },
                "small",
                512 * 1024);
        thread.setUncaughtExceptionHandler((where, what) -> thrown[0] = what);
        thread.start();
        thread.join();

        assertThat(thrown[0]).isNull();
        assertThat(run[0].outcome()).isEqualTo("succeeded " + "[".repeat(depth) + "2" + "]".repeat(depth));
    }
}
