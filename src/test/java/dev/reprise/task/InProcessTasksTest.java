package dev.reprise.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.reprise.asl.Resource;
import dev.reprise.execution.StatesError;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code task:NAME} runs the method annotated with the name. */
@QuarkusTest
class InProcessTasksTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TaskContext CONTEXT = new TaskContext(
            "arn:aws:states:us-east-1:111111111111:execution:orders:1",
            "/Each[3]",
            "Charge",
            2,
            "orders:1/Each[3]:1",
            Instant.parse("2026-11-20T12:00:00Z"));

    @Inject
    TaskRunners runners;

    @Inject
    TaskThreads threads;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        sample.charge       | {"id": "o-1", "quantity": 3}                   | {"order": "o-1", "cents": 750, "paid": true}
        sample.charge       | {"id": "o-1", "quantity": 3, "unknown": 1}     | {"order": "o-1", "cents": 750, "paid": true}
        sample.same         | {"any": [1, 2.5, null, "x"]}                   | {"any": [1, 2.5, null, "x"]}
        sample.count        | [{"quantity": 1}, {"quantity": 2}]             | 5
        sample.keys         | {"a": [{"quantity": 1}], "b": []}              | ["a1", "b0"]
        sample.double       | 21                                             | 42
        sample.nothing      | {}                                             | null
        sample.later        | {"id": "o-2", "quantity": 1}                   | {"order": "o-2", "cents": 250, "paid": true}
        sample.shared       | " text "                                       | "text"
        """)
    void runsAMethodOfAnyForm(String task, String input, String output) throws Exception {
        assertThat(run(task, input)).isEqualTo(JSON.readTree(output));
    }

    @Test
    void passesJsonWithoutCopyingIt() throws Exception {
        JsonNode input = JSON.readTree("{\"a\": 1}");

        assertThat(run("sample.same", input)).isSameAs(input);
    }

    @Test
    void givesTheContext() {
        assertThat(run("sample.context", NullNode.instance))
                .isEqualTo(JSON.createObjectNode()
                        .put("executionArn", CONTEXT.executionArn())
                        .put("scope", "/Each[3]")
                        .put("state", "Charge")
                        .put("attempt", 2)
                        .put("idempotencyKey", "orders:1/Each[3]:1")
                        .put("deadline", "2026-11-20T12:00:00Z")
                        .putNull("taskToken"));
    }

    @Test
    void whatMayBlockRunsOnAWorkerThread() {
        String here = Thread.currentThread().getName();

        assertThat(run("sample.thread", NullNode.instance).textValue()).isNotEqualTo(here);
        assertThat(run("sample.laterBlocking", NullNode.instance).textValue()).isNotEqualTo(here);
    }

    @Test
    void whatDoesNotBlockIsDoneWhenSubscribed() {
        AtomicReference<JsonNode> result = new AtomicReference<>();

        runners.find(Resource.parse("task:sample.threadOfOwner"))
                .run(new TaskCall("task:sample.threadOfOwner", NullNode.instance, CONTEXT, null))
                .subscribe()
                .with(result::set);

        assertThat(result.get().textValue()).isEqualTo(Thread.currentThread().getName());
    }

    @ParameterizedTest
    @CsvSource({
        "sample.declined, dev.reprise.task.SampleTasks$CardDeclined",
        "sample.declinedLater, dev.reprise.task.SampleTasks$CardDeclined",
        "sample.declinedByName, CardDeclined"
    })
    void anExceptionFailsTheTask(String task, String error) {
        assertThat(failure(task, "{\"id\": \"o-1\"}")).isEqualTo(new StatesError(error, "card ends in 4242"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        sample.charge     | {"id": "o-1", "quantity": "many"} | Reprise.InvalidTaskInput  | SampleTasks.charge cannot read its input as dev.reprise.task.SampleTasks$Order: Cannot deserialize value of type `int` from String "many": not a valid `int` value at /quantity
        sample.double     | null                              | Reprise.InvalidTaskInput  | SampleTasks.twice cannot read its input as int: Cannot map `null` into type `int`
        sample.unwritable | null                              | Reprise.InvalidTaskResult | SampleTasks.unwritable gave a result that cannot be written as JSON: No serializer found for class java.lang.Object
        sample.notANumber | null                              | Reprise.InvalidTaskResult | SampleTasks.notANumber gave a result that cannot be written as JSON: NaN is no number in JSON
        sample.endless    | null                              | Reprise.InvalidTaskResult | SampleTasks.endless gave a result that cannot be written as JSON: Infinity is no number in JSON
        """)
    void whatCannotBeReadOrWrittenIsTold(String task, String input, String error, String cause) {
        StatesError failure = failure(task, input);

        assertThat(failure.error()).isEqualTo(error);
        assertThat(failure.cause()).startsWith("dev.reprise.task." + cause.replace("``", "`"));
    }

    @Test
    void anUnknownTaskIsToldWithThoseThatExist() {
        assertThat(failure("sample.refund", "null").error()).isEqualTo("States.Runtime");
        assertThat(failure("sample.refund", "null").cause())
                .startsWith("Nothing runs the resource 'task:sample.refund'. Known here: ")
                .contains("task:sample.charge, task:sample.context, ")
                .endsWith("Annotate a method with @Task(\"sample.refund\").");
        assertThat(runners.problemWith(Resource.parse("task:sample.charge"))).isNull();
        assertThat(runners.problemWith(Resource.parse("task:sample.refund")))
                .isEqualTo(failure("sample.refund", "null").cause());
    }

    @Test
    void noTaskHoldsAThreadOnceAllAreDone() throws Exception {
        run("sample.thread", NullNode.instance);

        assertThat(threads.awaitIdle(Duration.ofSeconds(10))).isTrue();
    }

    private JsonNode run(String task, String input) throws Exception {
        return run(task, JSON.readTree(input));
    }

    private JsonNode run(String task, JsonNode input) {
        String resource = "task:" + task;
        return runners.find(Resource.parse(resource))
                .run(new TaskCall(resource, input, CONTEXT, null))
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private StatesError failure(String task, String input) {
        AtomicReference<StatesError> error = new AtomicReference<>();
        assertThatThrownBy(() -> run(task, input))
                .isInstanceOfSatisfying(TaskException.class, failure -> error.set(failure.error()));
        return error.get();
    }
}
