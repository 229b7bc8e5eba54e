package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Large results: what is stored of them, and what a resume makes of that. */
class LargeResultTest {

    /** Each item gives a text that compression makes little shorter. */
    private static final int LENGTH = 100_000;

    private static final String HALF_A_MEGABYTE =
            LongStream.range(0, 5).mapToObj(LargeResultTest::noise).collect(Collectors.joining());

    private static final String MAP_THEN_WAIT = """
        {'QueryLanguage': 'JSONata', 'StartAt': 'Each', 'States': {
        'Each': {'Type': 'Map', 'Reprise': %s, 'Next': 'Wait',
          'ItemProcessor': {'StartAt': 'Work', 'States': {'Work': {'Type': 'Task', 'Resource': 'task:work', 'End': true}}}},
        'Wait': {'Type': 'Wait', 'Seconds': 60, 'Next': 'Look'},
        'Look': {'Type': 'Pass', 'Output': '{%% %s %%}', 'End': true}}}\
        """;

    @Test
    void aMapsResultIsRebuiltFromItsItemsNoneOfWhichRunsAgain() {
        VirtualFunction function = function(MAP_THEN_WAIT.formatted("{'ToleratedFailureCount': 0}", "$states.input"));

        ExecutionDescription ended = function.run("[1, 2, 3, 4]");

        assertThat(function.invocations).hasSize(2);
        assertThat(function.calls()).hasSize(4);
        assertThat(ended.output()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(ended.output().path(i).textValue()).isEqualTo(noise(i + 1));
        }
    }

    @Test
    void aBatchIsRebuiltToo() {
        VirtualFunction function = function(MAP_THEN_WAIT.formatted(
                "{'Result': 'BATCH', 'MinSuccessful': 3}",
                "[$states.input.completionReason, $states.input.successCount, $length($states.input.all[2].result)]"));

        ExecutionDescription ended = function.run("[1, 2, 3, 4]");

        assertThat(function.invocations).hasSize(2);
        assertThat(ended.output()).isEqualTo(TestEngine.json("['MIN_SUCCESSFUL_REACHED', 3, 100000]"));
    }

    @Test
    void aMapsResultIsNotStoredBesideItsItems() {
        VirtualFunction function =
                function(MAP_THEN_WAIT.formatted("{'ToleratedFailureCount': 0}", "$count($states.input)"));

        function.run("[1, 2, 3, 4]");

        // A write unit is a kilobyte. Written twice, they would take 600 at least.
        assertThat(function.head().progress().consumed().write()).isLessThan(4 * LENGTH / 1_024.0);
    }

    @Test
    void aValueThatNoSegmentHoldsIsReadBackWhole() {
        VirtualFunction function = new VirtualFunction("""
            {'StartAt': 'Work', 'States': {
            'Work': {'Type': 'Task', 'Resource': 'task:work', 'Next': 'Wait'},
            'Wait': {'Type': 'Wait', 'Seconds': 60, 'End': true}}}\
            """, call -> TextNode.valueOf(HALF_A_MEGABYTE));

        ExecutionDescription ended = function.run("1");

        assertThat(function.invocations).hasSize(2);
        assertThat(function.calls()).hasSize(1);
        assertThat(ended.output()).isEqualTo(TextNode.valueOf(HALF_A_MEGABYTE));
    }

    private static VirtualFunction function(String definition) {
        return new VirtualFunction(
                definition, call -> TextNode.valueOf(noise(call.input().asInt())));
    }

    private static String noise(long seed) {
        return new Random(seed)
                .ints(LENGTH, ' ', '~')
                .map(c -> c == '"' || c == '\\' || c == '\'' ? '_' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
