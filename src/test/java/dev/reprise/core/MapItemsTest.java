package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Map runs over, and what the context object tells of each item. */
class MapItemsTest {

    private static final String INLINE =
            "'ItemProcessor': {'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}";

    private static final String DISTRIBUTED = """
        'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
          'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}\
        """;

    private static final String TOLD = "'i.$': '$$.Map.Item.Index', 's.$': '$$.Map.Item.Source'";

    @ParameterizedTest
    @ValueSource(strings = {INLINE, DISTRIBUTED})
    void anItemOfTheStatesOwnDataSaysSo(String processor) {
        assertOutput(
                Scripted.ofState("'Type': 'Map', 'ItemSelector': {" + TOLD + "}, " + processor)
                        .start("['x', 'y']"),
                "[{'i': 0, 's': 'STATE_DATA'}, {'i': 1, 's': 'STATE_DATA'}]");
    }

    @Test
    void jsonataSeesTheSourceToo() {
        assertOutput(Scripted.ofState("""
            'Type': 'Map', 'QueryLanguage': 'JSONata', 'Items': '{% $states.input %}',
            'ItemSelector': '{% $states.context.Map.Item.Source %}',\
            """ + INLINE).start("[1]"), "['STATE_DATA']");
    }

    @Test
    void aDistributedMapRunsOverTheMembersOfAnObject() {
        Scripted selected = Scripted.ofState("""
            'Type': 'Map', 'ItemsPath': '$.o',
            'ItemSelector': {'k.$': '$$.Map.Item.Key', 'v.$': '$$.Map.Item.Value', 'i.$': '$$.Map.Item.Index'},\
            """ + DISTRIBUTED);

        assertOutput(
                selected.start("{'o': {'b': 1, 'a': {'x': 2}}}"),
                "[{'k': 'b', 'v': 1, 'i': 0}, {'k': 'a', 'v': {'x': 2}, 'i': 1}]");
    }

    @Test
    void withoutASelectorAChildGetsNameAndValueOfItsMember() {
        String pairs = "[{'Key': 'a', 'Value': 1}, {'Key': 'b', 'Value': 2}]";

        assertOutput(Scripted.ofState("'Type': 'Map', " + DISTRIBUTED).start("{'a': 1, 'b': 2}"), pairs);
        assertOutput(
                Scripted.ofState("'Type': 'Map', 'QueryLanguage': 'JSONata', 'Items': '{% $states.input.o %}', "
                                + DISTRIBUTED)
                        .start("{'o': {'a': 1, 'b': 2}}"),
                pairs);
        assertOutput(
                Scripted.ofState("'Type': 'Map', 'ItemBatcher': {'MaxItemsPerBatch': 2}, " + DISTRIBUTED)
                        .start("{'a': 1, 'b': 2}"),
                "[{'Items': " + pairs + "}]");
    }

    @Test
    void membersAreTheSameAfterASnapshot() {
        String waiting = """
            'Type': 'Map', 'MaxConcurrency': 1, 'ItemSelector': {'k.$': '$$.Map.Item.Key'},
            'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
              'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': 'task:t', 'End': true}}}\
            """;
        Scripted run = Scripted.ofState(waiting).start("{'a': 1, 'b': 2}");

        Scripted restored = run.restored().succeeded("/S[0]:1", "'first'");

        assertThat(restored.openEffects().getFirst().toString()).contains("{\"k\":\"b\"}");
        assertOutput(restored.succeeded("/S[1]:1", "'second'"), "['first', 'second']");
    }

    @Test
    void anInlineMapTakesNoObject() {
        assertThat(Scripted.ofState("'Type': 'Map', 'ItemsPath': '$.o', " + INLINE)
                        .start("{'o': {'a': 1}}")
                        .outcome())
                .endsWith("Reference path \"$.o\" must point to array.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "100000001"})
    void aWrongMaxItemsIsSaidWithoutTheState(String most) {
        Scripted run = Scripted.ofState("""
            'Type': 'Map', 'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject',
              'ReaderConfig': {'InputType': 'JSON', 'MaxItemsPath': '$.most'},
              'Parameters': {'Bucket': 'b', 'Key': 'k'}},\
            """ + DISTRIBUTED).start("{'most':" + " " + most + "}");

        assertThat(run.outcome()).startsWith("failed States.ItemReaderFailed: field MaxItems must be ");
    }

    private static void assertOutput(Scripted run, String output) {
        assertThat(run.outcome()).isEqualTo("succeeded " + Scripted.json(output));
    }
}
