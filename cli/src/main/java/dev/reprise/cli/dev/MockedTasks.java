package dev.reprise.cli.dev;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.Resource;
import dev.reprise.asl.Resource.Pattern;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.RequestException;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.StatesError;
import dev.reprise.operations.TaskCallbacks;
import dev.reprise.task.Job;
import dev.reprise.task.RequestProblem;
import dev.reprise.task.RequestTemplate;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskSource;
import dev.reprise.testing.Answer;
import dev.reprise.testing.StateMock;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that mock files answer, in real time; the others are passed on. Answers that are given in turn are counted for
 * each execution, as long as this process lives. Thread-safe.
 */
final class MockedTasks implements TaskSource {

    private static final Logger LOG = Logger.getLogger("reprise");

    /** Executions whose calls are counted. */
    private static final int MOST_COUNTED = 10_000;

    private final Supplier<Mocks> mocks;
    private final List<TaskSource> others;
    private final TaskRunners otherRunners;
    private final Supplier<TaskCallbacks> callbacks;

    /** The numbers of calls, by execution. Guarded by this. */
    private final Map<String, Counted> counted = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Counted> eldest) {
            return size() > MOST_COUNTED;
        }
    };

    /** @param byKey each call's number, so that one that comes again is the same call */
    private record Counted(Map<StateMock, Integer> calls, Map<String, Integer> byKey) {}

    /**
     * Before others.
     *
     * @param mocks as they are whenever a task is called
     * @param others who run what is not mocked
     * @param callbacks by whom a task with a token is answered; asked for late
     */
    MockedTasks(Supplier<Mocks> mocks, List<TaskSource> others, Supplier<TaskCallbacks> callbacks) {
        this.mocks = mocks;
        this.others = List.copyOf(others);
        this.otherRunners = new TaskRunners(others);
        this.callbacks = callbacks;
    }

    @Override
    public @Nullable TaskRunner find(Resource resource) {
        if (mocks.get().resources().contains(resource.uri())) {
            return call -> Uni.createFrom().deferred(() -> run(resource, call));
        }
        return otherRunners.runs(resource) ? otherRunners.find(resource) : null;
    }

    @Override
    public @Nullable Job job(Resource resource) {
        return mocks.get().resources().contains(resource.uri()) ? null : otherRunners.job(resource);
    }

    @Override
    public boolean isFixed() {
        return false;
    }

    @Override
    public List<RequestProblem> problems(Resource resource, RequestTemplate request) {
        return mocks.get().resources().contains(resource.uri()) ? List.of() : otherRunners.problems(resource, request);
    }

    @Override
    public List<String> known() {
        return others.stream().flatMap(source -> source.known().stream()).toList();
    }

    private Uni<JsonNode> run(Resource resource, TaskCall call) {
        String execution = call.context().executionArn();
        StateMock mock = mocks.get()
                .mock(
                        ExecutionId.ofArn(execution).workflow(),
                        call.context().state(),
                        call.resource(),
                        item(call.context().scope()));
        if (mock == null) {
            return otherRunners.find(resource).run(call);
        }
        try {
            Answer answer = mock.answer(number(mock, execution, call.context().idempotencyKey()));
            return resource.pattern() == Pattern.WAIT_FOR_TASK_TOKEN ? takenOn(call, answer) : give(call, answer);
        } catch (AssertionError e) {
            return failed(e);
        }
    }

    private static @Nullable Integer item(String scope) {
        ScopePath path = ScopePath.parse(scope);
        return path.parent() == null ? null : path.index();
    }

    private synchronized int number(StateMock mock, String execution, String key) {
        Counted calls = counted.computeIfAbsent(execution, unseen -> new Counted(new HashMap<>(), new HashMap<>()));
        return calls.byKey().computeIfAbsent(key, unseen -> calls.calls().merge(mock, 1, Integer::sum) - 1);
    }

    private static Uni<JsonNode> failed(AssertionError e) {
        return Uni.createFrom()
                .failure(() -> new TaskException(new StatesError("States.Runtime", "Mock: " + e.getMessage()), null));
    }

    private static Uni<JsonNode> give(TaskCall call, Answer answer) {
        return switch (answer) {
            case Answer.Result result -> Uni.createFrom().item(result.output());
            case Answer.Failure failure -> Uni.createFrom().failure(() -> new TaskException(failure.error(), null));
            case Answer.Computed computed -> give(call, computed.of(call));
            case Answer.None none -> Uni.createFrom().nothing();
            case Answer.Late late -> after(late.delay()).chain(() -> give(call, late.answer()));
        };
    }

    private static Uni<Void> after(Duration delay) {
        return delay.isZero()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().voidItem().onItem().delayIt().by(delay);
    }

    /** The request is answered at once; what the mock gives is sent with the token, as its holder would. */
    private Uni<JsonNode> takenOn(TaskCall call, Answer answer) {
        String token = String.valueOf(call.context().taskToken());
        if (!(answer instanceof Answer.None)) {
            Thread.ofVirtual().name("mock-").start(() -> send(call, token, answer));
        }
        return Uni.createFrom().item(JsonNodeFactory.instance::objectNode);
    }

    private void send(TaskCall call, String token, Answer answer) {
        try {
            JsonNode output = give(call, answer).await().indefinitely();
            callbacks.get().sendTaskSuccess(token, output);
        } catch (TaskException e) {
            sendFailure(token, e.error());
        } catch (RequestException e) {
            LOG.debugf("A mock's answer came when nobody waited for it: %s", e.message());
        } catch (RuntimeException e) {
            LOG.errorf(e, "A mock's answer could not be sent");
        }
    }

    private void sendFailure(String token, StatesError error) {
        try {
            callbacks.get().sendTaskFailure(token, error.error(), error.cause());
        } catch (RequestException e) {
            LOG.debugf("A mock's answer came when nobody waited for it: %s", e.message());
        }
    }
}
