package dev.reprise.testing.teststate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.ItemReader.ReaderConfig;
import dev.reprise.asl.Resource;
import dev.reprise.asl.State;
import dev.reprise.core.StateTrial.Answer;
import dev.reprise.core.StateTrial.World;
import dev.reprise.dataset.DataSetException;
import dev.reprise.dataset.DataSets;
import dev.reprise.execution.DataSetRequest;
import dev.reprise.execution.Effect;
import dev.reprise.execution.ItemList;
import dev.reprise.execution.StatesError;
import dev.reprise.query.EvaluationException;
import dev.reprise.testing.teststate.TestStateRequest.ErrorOutput;
import dev.reprise.testing.teststate.TestStateRequest.StateConfiguration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the state under test finds outside: its mock, or what is really there. For one trial. */
final class TestWorld implements World {

    private static final Resource OBJECT = Resource.parse("arn:aws:states:::s3:getObject");
    private static final ReaderConfig LIST = new ReaderConfig("JSON", null, null, null, null, null, null, null);

    private final TestStateRequest request;
    private final TestedState tested;
    /** What the mock gives; null when there is no mock. */
    private final @Nullable Answer mocked;

    private final TaskCalls tasks;

    private TaskCalls.@Nullable HttpExchange exchange;

    TestWorld(TestStateRequest request, TestedState tested, @Nullable JsonNode mockedResult, TaskCalls tasks) {
        this.request = request;
        this.tested = tested;
        this.mocked = answer(request.mock(), mockedResult);
        this.tasks = tasks;
    }

    private static @Nullable Answer answer(TestStateRequest.@Nullable Mock mock, @Nullable JsonNode result) {
        if (result != null) {
            return new Answer.Succeeded(result);
        }
        if (mock == null) {
            return null;
        }
        ErrorOutput error = Objects.requireNonNull(mock.errorOutput());
        return new Answer.Failed(new StatesError(error.error(), error.cause()));
    }

    /** What an HTTP task sent and got; null when none was called. */
    TaskCalls.@Nullable HttpExchange exchange() {
        return exchange;
    }

    @Override
    public Answer task(Effect.RunTask task) {
        if (mocked != null) {
            return mocked;
        }
        TaskCalls.Called called = tasks.call(task, request.revealSecrets());
        exchange = called.exchange();
        return called.answer();
    }

    /** @throws TestStateException when the mock does not fit the number of children */
    @Override
    public Answer children(int count) {
        Answer answer = Objects.requireNonNull(mocked);
        Integer failures = request.stateConfiguration().mapIterationFailureCount();
        if (tested.state() instanceof State.Map map) {
            if (failures != null && failures > count) {
                throw TestStateException.validation(
                        "Map iteration failure count must be less than or equal to the number of Map iterations");
            }
            if (answer instanceof Answer.Succeeded(JsonNode result)
                    && map.resultWriter() == null
                    && result.size() != count
                    && result.size() != count - Objects.requireNonNullElse(failures, 0)) {
                throw TestStateException.validation("Input array does not equal the mocked result array's size.");
            }
        }
        return answer;
    }

    private static DataSetRequest asOneObject(DataSetRequest reader) {
        if (!reader.resource().asks("s3", "listObjectsV2")) {
            return reader;
        }
        boolean content = "LOAD_AND_FLATTEN".equals(reader.config().transformation());
        return new DataSetRequest(
                OBJECT,
                JsonNodeFactory.instance.objectNode().put("Bucket", "given").put("Key", "given.json"),
                content ? reader.config() : LIST,
                reader.maxItems());
    }

    /**
     * The items of the given data. Where the reader lists objects, that is the list, or with a transformation the
     * objects' own content.
     */
    @Override
    public ItemList items(DataSetRequest reader) {
        StateConfiguration configuration = request.stateConfiguration();
        String data = configuration.mapItemReaderData();
        if (data == null) {
            throw TestStateException.validation(
                    "ItemReader data must be specified when testing a Map state with ItemReader specified.");
        }
        try {
            return new DataSets(new GivenObject(data))
                    .read(asOneObject(reader), null)
                    .items();
        } catch (DataSetException e) {
            throw new EvaluationException("States.ItemReaderFailed", String.valueOf(e.getMessage()));
        }
    }
}
