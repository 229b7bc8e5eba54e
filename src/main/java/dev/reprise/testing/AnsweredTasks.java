package dev.reprise.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.Resource;
import dev.reprise.asl.Resource.Pattern;
import dev.reprise.execution.ScopePath;
import dev.reprise.task.InProcessTasks;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskContext;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskSource;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Answers the tasks of one run as its test says, and notes each call. One thread at a time uses it. */
final class AnsweredTasks implements TaskSource {

    /**
     * What tasks are answered with.
     *
     * @param states by the names of states
     * @param resources by resources, as states name them
     * @param beans tasks that are methods
     */
    record Answers(Map<String, StateMock> states, Map<String, StateMock> resources, InProcessTasks beans) {

        /** What is said of a state counts before what is said of its resource. Null when nothing is said of either. */
        @Nullable
        StateMock mock(String state, String resource, @Nullable Integer item) {
            StateMock mock = states.get(state);
            if (mock == null || mock.of(item).isEmpty()) {
                StateMock ofResource = resources.get(resource);
                return ofResource != null ? ofResource.of(item) : mock == null ? null : mock.of(item);
            }
            return mock.of(item);
        }
    }

    private final VirtualFunction function;
    private final Answers answers;
    private final Map<String, Resource> resourcesOfStates;
    /** More than any test needs: a run that asks for more does not end. */
    private static final int MOST_CALLS = 100_000;

    private final List<MadeCall> calls = new ArrayList<>();

    /** Each call's number among those that the same mock answers, by the call's idempotency key. */
    private final Map<String, Integer> numbers = new HashMap<>();

    private final Map<StateMock, Integer> callsOf = new HashMap<>();

    AnsweredTasks(VirtualFunction function, Answers answers, Map<String, Resource> resourcesOfStates) {
        this.function = function;
        this.answers = answers;
        this.resourcesOfStates = resourcesOfStates;
    }

    List<MadeCall> calls() {
        return calls;
    }

    @Override
    public @Nullable TaskRunner find(Resource resource) {
        if (resource instanceof Resource.StartExecution && !isMocked(resource)) {
            return null;
        }
        return call -> Uni.createFrom().deferred(() -> answer(resource, call));
    }

    /** A nested execution really runs, unless the test says what it gives. */
    private boolean isMocked(Resource resource) {
        return answers.resources().containsKey(resource.uri())
                || resourcesOfStates.entrySet().stream()
                        .anyMatch(state -> state.getValue().equals(resource)
                                && answers.states().containsKey(state.getKey()));
    }

    @Override
    public List<String> known() {
        return List.of("what the test answers");
    }

    private Uni<JsonNode> answer(Resource resource, TaskCall call) {
        TaskContext context = call.context();
        MadeCall made = new MadeCall(
                context.state(),
                context.scope(),
                item(context.scope()),
                call.resource(),
                call.input(),
                context.attempt(),
                function.now(),
                context.taskToken());
        StateMock mock = answers.mock(context.state(), call.resource(), made.item());
        boolean waits = resource.pattern() == Pattern.WAIT_FOR_TASK_TOKEN;
        note(made, context.idempotencyKey());
        if (calls.size() > MOST_CALLS) {
            return function.giveUp(MOST_CALLS + " tasks were asked for, the last by state '" + made.state() + "'");
        }
        if (mock != null) {
            Answer answer;
            try {
                answer = mock.answer(number(mock, context.idempotencyKey()));
            } catch (AssertionError e) {
                return function.failTest(e);
            }
            return waits ? takenOn(call, answer) : give(call, answer);
        }
        TaskRunner bean = answers.beans().find(resource.withoutToken());
        if (bean != null) {
            return real(made.state(), bean, call);
        }
        return waits
                ? Uni.createFrom().item(JsonNodeFactory.instance::objectNode)
                : function.failTest(unanswered(made));
    }

    /** A call that comes again, because a process died, is the same call. */
    private void note(MadeCall made, String key) {
        if (numbers.putIfAbsent(key, -1) == null) {
            calls.add(made);
            if (made.taskToken() != null) {
                function.opened(made);
            }
        }
    }

    /** A worker has taken on what an activity asks for. */
    void note(MadeCall made) {
        calls.add(made);
    }

    private int number(StateMock mock, String key) {
        Integer known = numbers.get(key);
        if (known != null && known >= 0) {
            return known;
        }
        int number = callsOf.merge(mock, 1, Integer::sum) - 1;
        numbers.put(key, number);
        return number;
    }

    /** What the test says of an activity; null when it says nothing. */
    @Nullable
    Answer ofActivity(MadeCall made, String key) {
        StateMock mock = answers.mock(made.state(), made.resource(), made.item());
        return mock == null ? null : mock.answer(number(mock, key));
    }

    boolean answersActivity(String state, String resource) {
        return answers.states().containsKey(state) || answers.resources().containsKey(resource);
    }

    static @Nullable Integer item(String scope) {
        ScopePath path = ScopePath.parse(scope);
        return path.parent() == null ? null : path.index();
    }

    private static AssertionError unanswered(MadeCall made) {
        return new AssertionError("State '" + made.state() + "' calls '" + made.resource() + "' with " + made.input()
                + ", and the test has no answer for it. Give it one: .state(\"" + made.state()
                + "\").returns(…), or the object whose method is the task: .tasks(…)");
    }

    // ---- answers

    private Uni<JsonNode> give(TaskCall call, Answer answer) {
        return switch (answer) {
            case Answer.Result result -> Uni.createFrom().item(result.output());
            case Answer.Failure failure -> Uni.createFrom().failure(() -> new TaskException(failure.error(), null));
            case Answer.Computed computed -> compute(call, computed);
            case Answer.None none -> Uni.createFrom().nothing();
            case Answer.Late late -> late(call, late);
        };
    }

    private Uni<JsonNode> compute(TaskCall call, Answer.Computed computed) {
        try {
            return give(call, computed.of(call));
        } catch (AssertionError e) {
            return function.failTest(e);
        }
    }

    private Uni<JsonNode> late(TaskCall call, Answer.Late late) {
        RunningInvocation running = Objects.requireNonNull(RunningInvocation.current());
        boolean[] over = {false};
        return Uni.createFrom().emitter(emitter -> {
            emitter.onTermination(() -> over[0] = true);
            function.at(
                    function.now().plus(late.delay()),
                    () -> !over[0] && !running.isFinished(),
                    () -> running.deliver(() -> {
                        var unused = give(call, late.answer()).subscribe().with(emitter::complete, emitter::fail);
                    }));
        });
    }

    /** The request is answered at once; whoever has the token ends the task. */
    private Uni<JsonNode> takenOn(TaskCall call, Answer answer) {
        String token = Objects.requireNonNull(call.context().taskToken());
        try {
            function.send(token, call, answer);
        } catch (AssertionError e) {
            return function.failTest(e);
        }
        return Uni.createFrom().item(JsonNodeFactory.instance::objectNode);
    }

    /** A method may go on elsewhere, in real time: until it has ended, virtual time stands still. */
    private Uni<JsonNode> real(String state, TaskRunner bean, TaskCall call) {
        RunningInvocation running = Objects.requireNonNull(RunningInvocation.current());
        String name = "state '" + state + "' in " + call.context().scope();
        return Uni.createFrom().emitter(emitter -> {
            AtomicBoolean answered = new AtomicBoolean();
            running.realWorkBegins(name);
            var subscription = bean.run(call)
                    .subscribe()
                    .with(
                            output -> {
                                answered.set(true);
                                emitter.complete(output);
                                running.realWorkEnds(name);
                            },
                            failure -> {
                                answered.set(true);
                                emitter.fail(failure);
                                running.realWorkEnds(name);
                            });
            emitter.onTermination(() -> {
                if (!answered.get()) {
                    running.realWorkEnds(name);
                    subscription.cancel();
                }
            });
        });
    }
}
