package dev.reprise.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.reprise.asl.Resource;
import io.smallrye.mutiny.Uni;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code workflows/tasks.json}: ARNs, as they are, and what stands for them. */
class MappingFileTest {

    private static final String RESERVE = "arn:aws:lambda:us-east-1:123456789012:function:reserve-line";
    private static final String MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:Billing";

    /** What is mapped to nothing goes on to whoever comes next. */
    private static final TaskSource ELSEWHERE = new TaskSource() {
        @Override
        public TaskRunner find(Resource resource) {
            return call -> Uni.createFrom().failure(new TaskException("CalledTheRealOne", resource.uri()));
        }

        @Override
        public List<String> known() {
            return List.of();
        }
    };

    @TempDir
    Path folder;

    @Test
    void anArnStandsThereAsItIs() throws Exception {
        write("""
            {"%s": "task:shop-reserve", "arn:aws:states:::sqs:sendMessage": "task:shop-reserve",
             "%s": "workflow:billing"}\
            """.formatted(RESERVE, MACHINE));

        TaskRunners tasks = tasks(Map.of());
        assertThat(run(tasks, RESERVE)).isEqualTo(IntNode.valueOf(7));
        assertThat(run(tasks, RESERVE + ":3")).isEqualTo(IntNode.valueOf(7));
        assertThat(run(tasks, "arn:aws:states:::sqs:sendMessage")).isEqualTo(IntNode.valueOf(7));
        assertThat(MappingFile.watched(folder).mapping().workflows()).isEqualTo(Map.of(MACHINE, "billing"));
    }

    @Test
    void anotherOfTheFileIsSeenAtOnce() throws Exception {
        TaskRunners tasks = tasks(Map.of());
        assertThatThrownBy(() -> run(tasks, RESERVE)).hasMessageContaining("CalledTheRealOne");

        write("{\"" + RESERVE + "\": \"task:shop-reserve\"}");
        assertThat(run(tasks, RESERVE)).isEqualTo(IntNode.valueOf(7));

        write("{\"" + RESERVE + "\": \"task:shop-cancel\"}");
        assertThat(run(tasks, RESERVE)).isEqualTo(IntNode.valueOf(-7));

        Files.delete(folder.resolve("tasks.json"));
        assertThatThrownBy(() -> run(tasks, RESERVE)).hasMessageContaining("CalledTheRealOne");
    }

    @Test
    void inTheCloudItIsReadOnce() throws Exception {
        write("{}");
        MappingFile file = MappingFile.readOnce(folder);
        assertThat(file.mapping().tasks()).isEmpty();

        write("{\"" + RESERVE + "\": \"task:shop-reserve\"}");

        assertThat(file.mapping().tasks()).isEmpty();
    }

    @Test
    void theConfigurationComesFirst() throws Exception {
        write("{\"" + RESERVE + "\": \"task:shop-reserve\"}");

        assertThat(run(tasks(Map.of(RESERVE, "task:shop-cancel")), RESERVE)).isEqualTo(IntNode.valueOf(-7));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"a": "task:b"       | is no JSON: Unexpected end-of-input
        {} {}                | is no JSON: Trailing token
        {"a": 1, "a": 2}     | is no JSON: Duplicate field 'a'
        []                   | must be a JSON object, such as {"arn:aws:lambda:us-east-1:123456789012:function:charge": "task:charge"}
        {"a": 1}             | "a" must stand for "task:NAME" or "workflow:NAME", not 1
        {"a": "charge"}      | "a" must stand for "task:NAME" or "workflow:NAME", not "charge"
        """)
    void nothingOfAFileThatIsNotSoundCountsAndNobodyElseIsCalledInstead(String text, String problem) throws Exception {
        write(text);
        TaskRunners tasks = tasks(Map.of());

        assertThatThrownBy(() -> run(tasks, RESERVE))
                .hasMessageContaining("States.Runtime")
                .hasMessageContaining(folder.resolve("tasks.json") + ": " + problem);
        assertThat(run(tasks, "task:shop-reserve")).isEqualTo(IntNode.valueOf(7));
    }

    @Test
    void aTaskThatIsNotThereIsNamedWithThoseThatAre() throws Exception {
        write("{\"" + RESERVE + "\": \"task:shop-resreve\"}");

        assertThatThrownBy(() -> run(tasks(Map.of()), RESERVE))
                .hasMessageEndingWith(folder.resolve("tasks.json") + ": \"" + RESERVE
                        + "\" stands for 'task:shop-resreve', which is no task here; known are task:shop-cancel,"
                        + " task:shop-reserve");
    }

    /** The line of an error text, taken at its word. */
    @Test
    void whatTheErrorOfAnUnknownResourceSaysWorks() throws Exception {
        InProcessTasks inProcess = inProcess();
        TaskRunners tasks =
                new TaskRunners(inProcess, new MappedTasks(Map.of(), MappingFile.watched(folder), inProcess));
        Resource sqs = Resource.parse("arn:aws:states:::sqs:sendMessage");
        String problem = tasks.problemWith(sqs);
        assertThat(problem).contains("tasks.json");

        String line = problem.substring(problem.indexOf('{'), problem.indexOf('}') + 1);
        write(line.replace("NAME", "shop-reserve"));

        assertThat(tasks.problemWith(sqs)).isNull();
    }

    /** As {@code reprise.tasks."arn:aws:…"=task:NAME} arrives, whose first ':' ended the key. */
    @Test
    void aPropertyWithoutEscapesIsToldHowToBeWritten() throws Exception {
        String problem = new MappedTasks(
                        Map.of("\"arn", RESERVE.substring("arn:".length()) + "\"=task:shop-reserve"),
                        MappingFile.watched(folder),
                        inProcess())
                .problems()
                .getFirst();

        assertThat(problem).startsWith("reprise.tasks.\"arn: in a .properties file a ':' ends a key");
        write(problem.substring(problem.indexOf('{'), problem.indexOf('}') + 1));
        assertThat(run(tasks(Map.of()), RESERVE)).isEqualTo(IntNode.valueOf(7));
    }

    private void write(String text) throws Exception {
        Path written = Files.writeString(folder.resolve("new"), text);
        Files.move(written, folder.resolve("tasks.json"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static InProcessTasks inProcess() {
        return new InProcessTasks(Map.of(
                "shop-reserve", call -> Uni.createFrom().item(IntNode.valueOf(7)),
                "shop-cancel", call -> Uni.createFrom().item(IntNode.valueOf(-7))));
    }

    private TaskRunners tasks(Map<String, String> configured) {
        InProcessTasks inProcess = inProcess();
        return new TaskRunners(
                inProcess, new MappedTasks(configured, MappingFile.watched(folder), inProcess), ELSEWHERE);
    }

    private static JsonNode run(TaskRunners tasks, String resource) {
        TaskContext context = new TaskContext("arn", "/", "Reserve", 0, "key", null);
        return tasks.find(Resource.parse(resource))
                .run(new TaskCall(resource, IntNode.valueOf(1), context, null))
                .await()
                .indefinitely();
    }
}
