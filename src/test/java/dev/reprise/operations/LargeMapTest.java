package dev.reprise.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.task.TaskCall;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A hundred thousand items, each with a result of 200 bytes. */
class LargeMapTest {

    private static final int ITEMS = 100_000;

    private static final String MAP = """
        {'QueryLanguage': 'JSONata', 'StartAt': 'Each', 'States': {
        'Each': {'Type': 'Map', 'Reprise': {'ToleratedFailureCount': 0},
          'Output': '{% [$count($states.result), $states.result[-1]] %}', 'End': true,
          'ItemProcessor': {'StartAt': 'Work', 'States': {'Work': {'Type': 'Task', 'Resource': 'task:work', 'End': true}}}}}}\
        """;

    private static JsonNode result(TaskCall call) {
        return TextNode.valueOf("r%0197d".formatted(call.input().asInt()));
    }

    @Test
    void inOneInvocation() {
        VirtualFunction function = new VirtualFunction(MAP, LargeMapTest::result);

        ExecutionDescription ended = function.run(numbers());

        assertThat(ended.output()).as(ended.toString()).isEqualTo(expected());
        assertThat(function.invocations).hasSize(1);
        assertThat(function.calls()).hasSize(ITEMS);
    }

    @Test
    void acrossTwentyInvocationsWhoseTimeIsShort() {
        VirtualFunction function =
                new VirtualFunction(MAP, LargeMapTest::result, Duration.ofMillis(1), Duration.ofSeconds(7));

        ExecutionDescription ended = function.run(numbers());

        assertThat(ended.output()).as(ended.toString()).isEqualTo(expected());
        assertThat(function.invocations).hasSize(20).allMatch(time -> time.compareTo(Duration.ofSeconds(7)) < 0);
        assertThat(function.calls()).hasSize(ITEMS);
    }

    private static String numbers() {
        return IntStream.range(0, ITEMS).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
    }

    private static JsonNode expected() {
        return TestEngine.json("[100000, 'r%0197d']".formatted(ITEMS - 1));
    }
}
