package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Effect;
import dev.reprise.execution.TimerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A Map whose items run in executions of their own. */
class DistributedMapTest {

    private static final String DISTRIBUTED = "'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'}";

    /** Its task is asked for what the child knows of its execution. */
    private static final String TELLS_ITS_EXECUTION = """
        'Type': 'Map', 'Label': 'Lines', 'ItemSelector': {'n.$': '$$.Map.Item.Value'},
        'ItemProcessor': {%s, 'StartAt': 'First', 'States': {
          'First': {'Type': 'Pass', 'Result': 'changed', 'Next': 'Tell'},
          'Tell': {'Type': 'Task', 'Resource': 'task:tell', 'End': true,
            'Parameters': {'Execution.$': '$$.Execution', 'StateMachine.$': '$$.StateMachine'}}}}\
        """.formatted(DISTRIBUTED);

    private static final String READER = """
        'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject', 'ReaderConfig': {'InputType': 'JSON'},
          'Parameters': {'Bucket': 'b', 'Key': 'k'}},\
        """;

    @Test
    void aChildSeesAnExecutionOfItsOwn() {
        Scripted run = Scripted.ofState(TELLS_ITS_EXECUTION).start("[7]");

        JsonNode told = onlyTask(run);

        String prefix = "arn:aws:states:us-east-1:111111111111:";
        JsonNode execution = told.path("Execution");
        assertThat(execution.path("Id").asText())
                .matches(prefix + "execution:test/Lines:[0-9a-f-]{36}")
                .endsWith(":" + execution.path("Name").asText());
        assertThat(execution.path("Input")).isEqualTo(Scripted.json("{'n': 7}"));
        assertThat(execution.path("StartTime").asText()).isEqualTo("1970-01-01T00:00:00.000Z");
        assertThat(execution.path("RoleArn").asText()).isEqualTo("arn:aws:iam::111111111111:role/test");
        assertThat(told.path("StateMachine"))
                .isEqualTo(Scripted.json("{'Id': '" + prefix + "stateMachine:test/Lines', 'Name': 'test/Lines'}"));
    }

    @Test
    void childrenHaveNamesOfTheirOwn() {
        Scripted run = Scripted.ofState(TELLS_ITS_EXECUTION).start("[7, 8]");

        assertThat(tasks(run))
                .extracting(task -> task.input().path("Execution").path("Name").asText())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void aChildSeesTheSameExecutionAfterASnapshot() {
        String waitsFirst = TELLS_ITS_EXECUTION.replace(
                "'Next': 'Tell'}", "'Next': 'Wait'}, 'Wait': {'Type': 'Wait', 'Seconds': 1, 'Next': 'Tell'}");
        Scripted run = Scripted.ofState(waitsFirst).start("[7]");
        Scripted restored = run.restored();

        JsonNode live = onlyTask(run.fired("/S[0]:1", TimerKind.WAIT));

        assertThat(onlyTask(restored.fired("/S[0]:1", TimerKind.WAIT))).isEqualTo(live);
        assertThat(live.path("Execution").path("Input")).isEqualTo(Scripted.json("{'n': 7}"));
    }

    @Test
    void noMoreThanTenThousandChildrenRunAtOnce() {
        String items =
                IntStream.range(0, 10_001).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));

        for (String concurrency : List.of("", "'MaxConcurrency': 0,", "'MaxConcurrency': 20000,")) {
            Scripted run = Scripted.ofState(doing(concurrency));
            assertThat(run.start(items).openEffects()).hasSize(10_000);
            assertThat(run.succeeded("/S[0]:1", "0").openEffects()).hasSize(10_000);
        }
    }

    @Test
    void aBatchIsWhatItsItemsMakeOfIt() {
        Scripted run = Scripted.ofState(
                doing("'ItemSelector': {'n.$': '$$.Map.Item.Value'}, 'ItemBatcher': {'MaxItemsPerBatch': 2,"
                        + " 'BatchInput': {'of': 'all'}},"));

        assertThat(run.start("[1, 2, 3]").effects())
                .containsExactly(
                        "run /S[0]:1 task:do {\"BatchInput\":{\"of\":\"all\"},\"Items\":[{\"n\":1},{\"n\":2}]}",
                        "run /S[1]:1 task:do {\"BatchInput\":{\"of\":\"all\"},\"Items\":[{\"n\":3}]}");
    }

    @Test
    void aSnapshotNamesTheDataSetAndDoesNotRepeatIt() {
        Scripted run = Scripted.reading("['aaa', 'bbb', 'ccc']", Scripted.state(doing("'MaxConcurrency': 1," + READER)))
                .start("{}")
                .read("/:1", 3);

        assertThat(run.interpreter().snapshot().toString())
                .doesNotContain("aaa")
                .doesNotContain("bbb");
        Scripted restored = run.restored();
        assertThat(restored.openEffects()).isEqualTo(run.openEffects());
        assertThat(restored.succeeded("/S[0]:1", "1").openEffects()).containsExactly("run /S[1]:1 task:do \"bbb\"");
    }

    @Test
    void aSnapshotTellsWhatIsToBeReadBeforeItIsRestored() {
        String inner = "'I': {" + doing(READER) + ", 'End': true}";
        Scripted run = Scripted.reading("['aaa', 'bbb']", Scripted.state("""
            'Type': 'Map', %s 'ItemProcessor': {%s, 'StartAt': 'I', 'States': {%s}}\
            """.formatted(READER, DISTRIBUTED, inner)))
                .start("{}")
                .read("/:1", 2)
                .read("/S[1]:1", 2);
        List<String> found = new ArrayList<>();

        Interpreter.readBy(
                run.program(),
                run.interpreter().snapshot(),
                (read, version) -> found.add(read.id() + " "
                        + read.request().parameters().path("Key").asText()));

        assertThat(found).containsExactly("/:1 k", "/S[1]:1 k");
    }

    @Test
    void aMapWhoseItemsAreNotToBeHadStandsStillForWhoeverLooks() {
        Scripted run = Scripted.of(Scripted.state("""
            'Type': 'Parallel', 'Branches': [
              {'StartAt': 'Each', 'States': {'Each': {%s, 'End': true}}},
              {'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': 'task:t', 'End': true}}}]\
            """.formatted(doing(READER))));

        run.start("{}").read("/S[0]:1", 2);

        assertThat(run.outcome()).isNull();
        assertThat(run.openEffects()).containsExactly("run /S[1]:1 task:t {}");
        assertThat(run.failed("/S[1]:1", "Oops").outcome()).startsWith("failed Oops");
    }

    @Test
    void aSnapshotTellsWhereBatchesEndAndDoesNotRepeatTheirItems() {
        Scripted run = Scripted.reading(
                        "['aaa', 'bbb', 'ccc']",
                        Scripted.state(doing("'MaxConcurrency': 1, 'ItemBatcher': {'MaxItemsPerBatch': 2}," + READER)))
                .start("{}")
                .read("/:1", 3);

        assertThat(run.interpreter().snapshot().toString())
                .doesNotContain("aaa")
                .doesNotContain("ccc");
        Scripted restored = run.restored();
        assertThat(restored.openEffects()).isEqualTo(run.openEffects());
        assertThat(restored.succeeded("/S[0]:1", "1").openEffects())
                .containsExactly("run /S[1]:1 task:do {\"Items\":[\"ccc\"]}");
    }

    @Test
    void aBatchOfRandomItemsIsAfterASnapshotWhatItWasBefore() {
        Scripted run = Scripted.ofState(doing("""
            'ItemSelector': {'id.$': 'States.UUID()'}, 'ItemBatcher': {'MaxItemsPerBatch': 2}, 'MaxConcurrency': 1,\
            """)).start("[1, 2," + " 3, 4]");

        Scripted restored = run.restored();

        assertThat(restored.openEffects()).isEqualTo(run.openEffects());
        assertThat(restored.succeeded("/S[0]:1", "1").openEffects())
                .isEqualTo(run.succeeded("/S[0]:1", "1").openEffects());
    }

    private static String doing(String fields) {
        return """
            'Type': 'Map', %s 'ItemProcessor': {%s, 'StartAt': 'Do', 'States': {
              'Do': {'Type': 'Task', 'Resource': 'task:do', 'End': true}}}\
            """.formatted(fields, DISTRIBUTED);
    }

    private static JsonNode onlyTask(Scripted run) {
        List<Effect.RunTask> tasks = tasks(run);
        assertThat(tasks).hasSize(1);
        return tasks.get(0).input();
    }

    private static List<Effect.RunTask> tasks(Scripted run) {
        return run.interpreter().openEffects().stream()
                .map(Effect.RunTask.class::cast)
                .toList();
    }
}
