package dev.reprise.testing.teststate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.State;
import dev.reprise.asl.StateMachine;
import dev.reprise.asl.parser.Definitions;
import dev.reprise.asl.parser.ParsedDefinition;
import dev.reprise.asl.parser.StepFunctionsDiagnostics;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.StateTrial;
import dev.reprise.core.StateTrial.Conditions;
import dev.reprise.core.StateTrial.Result;
import dev.reprise.core.StateTrial.Status;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.StatesError;
import dev.reprise.query.Queries;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.testing.teststate.TestStateRequest.InspectionLevel;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Step Functions' {@code TestState}: tries one state alone, or one state of a machine, and tells what became of it.
 * Thread-safe. A call takes as long as the task that it calls; a Wait is not waited for.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html">AWS, Testing state
 *     machines with TestState API</a>
 */
public final class StateTester {

    private static final String ACCOUNT = "arn:aws:states:us-east-1:000000000000:";
    private static final String NO_ROLE = "arn:aws:iam::000000000000:role/TestState";

    private final Function<QueryLanguage, Queries> languages;
    private final TaskCalls tasks;
    private final InstantSource clock;
    private final InterpreterLimits limits;

    /**
     * A tester.
     *
     * @param languages the compiler of each query language
     * @param tasks what calls the tasks of states that are tested without a mock
     * @param clock the time at which a state is entered
     * @param limits the interpreter's bounds
     */
    public StateTester(
            Function<QueryLanguage, Queries> languages,
            TaskCalls tasks,
            InstantSource clock,
            InterpreterLimits limits) {
        this.languages = languages;
        this.tasks = tasks;
        this.clock = clock;
        this.limits = limits;
    }

    /**
     * Tries a state.
     *
     * @throws TestStateException when the request is refused
     */
    public TestStateResponse test(TestStateRequest request) {
        TestedState tested = find(request);
        JsonNode mockedResult = MockRules.check(request, tested);
        Conditions conditions = conditions(request, tested);
        TestWorld world = new TestWorld(request, tested, mockedResult, tasks);
        Result result = trial(tested.state()).run(conditions, world);
        if (result.status() == Status.FAILED) {
            result = handledAround(tested, conditions, result);
        }
        return response(request, tested, conditions.input(), result, world);
    }

    // ---- the state

    private static TestedState find(TestStateRequest request) {
        String name = request.stateName();
        if (name == null) {
            StateMachine machine =
                    machine(Definitions.parseState("definition", request.definition(), new QueryExpressionChecker()));
            TestedState single = TestedState.find(machine.body(), Definitions.SINGLE_STATE);
            if (single == null || machine.body().states().size() > 1) {
                throw TestStateException.validation(
                        "stateName must be specified when the definition is a state machine.");
            }
            return single;
        }
        StateMachine machine =
                machine(Definitions.parse("definition", request.definition(), new QueryExpressionChecker()));
        TestedState found = TestedState.find(machine.body(), name);
        if (found == null) {
            throw TestStateException.validation("State '" + name + "' not found in the state machine definition.");
        }
        return found;
    }

    private static StateMachine machine(ParsedDefinition parsed) {
        StateMachine machine = parsed.machine();
        if (machine == null) {
            throw new TestStateException(
                    TestStateException.Type.InvalidDefinition,
                    StepFunctionsDiagnostics.invalidDefinition(parsed.diagnostics()));
        }
        return machine;
    }

    private StateTrial trial(State state) {
        return StateTrial.of(state, languages);
    }

    // ---- what it finds

    private Conditions conditions(TestStateRequest request, TestedState tested) {
        ObjectNode context = request.context() == null ? null : GivenContext.read(request.context(), tested.state());
        Map<String, JsonNode> variables = new HashMap<>();
        Json.object("variables", request.variables())
                .properties()
                .forEach(variable -> variables.put(variable.getKey(), variable.getValue()));
        return new Conditions(
                identity(request),
                clock.instant(),
                input(request),
                variables,
                context,
                tested.isInMap(),
                retries(request, context),
                Objects.requireNonNullElse(request.stateConfiguration().mapIterationFailureCount(), 0),
                limits);
    }

    private static JsonNode input(TestStateRequest request) {
        return Json.read(
                Objects.requireNonNullElse(request.input(), "{}"),
                problem -> new TestStateException(
                        TestStateException.Type.InvalidExecutionInput,
                        "Invalid State Machine Execution Input: '" + problem + "'"));
    }

    /** A context object that is given tells of retries too. */
    private static int retries(TestStateRequest request, @Nullable ObjectNode context) {
        Integer stated = request.stateConfiguration().retrierRetryCount();
        if (stated != null) {
            return stated;
        }
        return context == null
                ? 0
                : Math.max(0, context.path("State").path("RetryCount").asInt());
    }

    /** A tested state runs in an express execution of a machine that is made up. */
    private static ExecutionIdentity identity(TestStateRequest request) {
        String machine = UUID.randomUUID().toString();
        String execution = UUID.randomUUID().toString();
        return new ExecutionIdentity(
                ACCOUNT + "express:" + machine + ":" + execution + ":" + UUID.randomUUID(),
                execution,
                ACCOUNT + "stateMachine:" + machine,
                machine,
                Objects.requireNonNullElse(request.roleArn(), NO_ROLE),
                null);
    }

    // ---- what became of it

    /** What a state in a Map or Parallel does not handle itself, these may. When none does, it is the state's own. */
    private Result handledAround(TestedState tested, Conditions conditions, Result failed) {
        StatesError error = Objects.requireNonNull(failed.error());
        for (State.Guarded outer : tested.around()) {
            Result result = trial(outer).fail(conditions, error);
            if (result.status() != Status.FAILED) {
                return new Result(
                        result.status(),
                        result.output(),
                        result.error(),
                        result.nextState(),
                        failed.stages(),
                        failed.variables(),
                        result.handling());
            }
        }
        return failed;
    }

    private static TestStateResponse response(
            TestStateRequest request, TestedState tested, JsonNode input, Result result, TestWorld world) {
        StatesError error = result.error();
        return new TestStateResponse(
                result.status(),
                result.output(),
                error == null ? null : error.error(),
                error == null ? null : error.cause(),
                result.nextState(),
                request.inspectionLevel() == InspectionLevel.INFO
                        ? null
                        : InspectionData.of(
                                tested.state(),
                                input,
                                result,
                                request.inspectionLevel() == InspectionLevel.TRACE ? world.exchange() : null));
    }
}
