package dev.reprise.testing.teststate;

import static dev.reprise.testing.teststate.TestStateException.Type.InvalidDefinition;
import static dev.reprise.testing.teststate.TestStateException.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.asl.State;
import dev.reprise.testing.teststate.TestStateRequest.FieldValidationMode;
import dev.reprise.testing.teststate.TestStateRequest.Mock;
import dev.reprise.testing.teststate.TestStateRequest.StateConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Which states can be tested without a mock, which take one, and what it must be.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html">AWS, Testing state
 *     machines with TestState API</a>
 */
final class MockRules {

    private MockRules() {}

    /**
     * Checks the request against the state that it names.
     *
     * @return the mocked result; null when none is given
     * @throws TestStateException with AWS's words
     */
    static @Nullable JsonNode check(TestStateRequest request, TestedState tested) {
        Mock mock = request.mock();
        if (mock == null) {
            checkWithoutMock(request, tested);
            return null;
        }
        if (!(tested.state() instanceof State.Guarded)) {
            throw validation("State type '" + tested.type() + "' is not supported when a mock is specified");
        }
        if (request.revealSecrets()) {
            throw validation("TestState does not support RevealSecrets when a mock is specified.");
        }
        checkErrorOutput(mock);
        checkOrigin(request.stateConfiguration(), tested);
        if (mock.result() == null) {
            return null;
        }
        JsonNode result = Json.read(mock.result(), problem -> validation("Mocked result must be valid JSON"));
        switch (tested.state()) {
            case State.Map map -> checkMap(result, map);
            case State.Parallel parallel -> checkParallel(result, parallel);
            case State.Task task -> checkTask(result, task, mock.fieldValidationMode());
            default -> {}
        }
        return result;
    }

    private static void checkWithoutMock(TestStateRequest request, TestedState tested) {
        StateConfiguration configuration = request.stateConfiguration();
        onlyWithMock("MapIterationFailureCount", configuration.mapIterationFailureCount());
        onlyWithMock("RetrierRetryCount", configuration.retrierRetryCount());
        onlyWithMock("ErrorCausedByState", configuration.errorCausedByState());
        onlyWithMock("MapItemReaderData", configuration.mapItemReaderData());
        onlyWithMock("Context", request.context());
        if (tested.state() instanceof State.Map || tested.state() instanceof State.Parallel) {
            throw new TestStateException(
                    InvalidDefinition,
                    "TestState API does not support Map or Parallel states. Supported state types include: [Task,"
                            + " Wait, Pass, Succeed, Fail, Choice]");
        }
        if (tested.state() instanceof State.Task task) {
            if (task.resource() instanceof Resource.Activity) {
                throw new TestStateException(
                        InvalidDefinition, "TestState API does not support Activity tasks unless a mock is specified.");
            }
            if (task.resource().pattern() != Resource.Pattern.REQUEST_RESPONSE) {
                throw new TestStateException(
                        InvalidDefinition,
                        "TestState API does not support '.sync' or '.waitForTaskToken' integration patterns.");
            }
            if (request.roleArn() == null) {
                throw validation("RoleArn must be specified when testing a Task state");
            }
        }
    }

    private static void onlyWithMock(String field, @Nullable Object value) {
        if (value != null) {
            throw validation("TestState does not support " + field + " when a mock is not specified.");
        }
    }

    private static void checkErrorOutput(Mock mock) {
        if (mock.errorOutput() == null) {
            if (mock.result() == null) {
                throw validation("A test mock should have one of the following fields: [result, errorOutput].");
            }
            return;
        }
        if (mock.result() != null) {
            throw validation("A test mock should have only one of the following fields: [result, errorOutput].");
        }
        String error = mock.errorOutput().error();
        if (error == null || error.isEmpty()) {
            throw validation("An error was not specified in the mocked error output.");
        }
    }

    private static void checkOrigin(StateConfiguration configuration, TestedState tested) {
        String origin = configuration.errorCausedByState();
        if (origin != null && tested.findInside(origin) == null) {
            throw validation("ErrorCausedByState must name a state inside the tested Map or Parallel state, and '"
                    + origin + "' is none.");
        }
    }

    private static void checkMap(JsonNode result, State.Map map) {
        boolean written = map.resultWriter() != null && map.resultWriter().resource() != null;
        if (written && !result.isObject()) {
            throw validation("Mocked result must be a JSON object.");
        }
        if (!written && !result.isArray()) {
            throw validation("Mocked result must be an array.");
        }
    }

    private static void checkParallel(JsonNode result, State.Parallel parallel) {
        if (!result.isArray()) {
            throw validation("Mocked result must be an array.");
        }
        if (result.size() != parallel.branches().size()) {
            throw validation("Mocked result must contain the same number of items as number of Parallel branches.");
        }
    }

    private static void checkTask(JsonNode result, State.Task task, FieldValidationMode mode) {
        if (mode == FieldValidationMode.NONE) {
            return;
        }
        ServiceTable.Answer answer = ServiceTable.answerOf(task.resource());
        if (answer != null) {
            MockSchema.check(result, answer, mode == FieldValidationMode.STRICT);
        }
    }
}
