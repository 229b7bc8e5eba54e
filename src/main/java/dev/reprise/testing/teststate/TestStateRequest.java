package dev.reprise.testing.teststate;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What is to be tried. Members that hold JSON hold it as text, as the API does.
 *
 * @param definition one state, or a machine when {@code stateName} is given
 * @param roleArn needed to test a Task without a mock; null when absent
 * @param input the state's input, JSON; null for an empty object
 * @param inspectionLevel how much the answer tells
 * @param revealSecrets whether whoever calls a task may show its secrets
 * @param variables the variables that are set, a JSON object; null for none
 * @param stateName the state of the machine that is tested, in whatever body it stands; null when the definition is one
 *     state
 * @param mock what stands in for the state's work; null to do the work
 * @param context the whole context object, a JSON object; null for one that is made up
 * @param stateConfiguration what happened before
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html">AWS, TestState</a>
 */
public record TestStateRequest(
        String definition,
        @Nullable String roleArn,
        @Nullable String input,
        InspectionLevel inspectionLevel,
        boolean revealSecrets,
        @Nullable String variables,
        @Nullable String stateName,
        @Nullable Mock mock,
        @Nullable String context,
        StateConfiguration stateConfiguration) {

    /** How much an answer tells. */
    public enum InspectionLevel {
        /** How it ended. */
        INFO,
        /** Also the state's data at each stage. */
        DEBUG,
        /** Also the request and response of an HTTP task. */
        TRACE
    }

    /** How closely a mocked result is held against the API that it stands in for. */
    public enum FieldValidationMode {
        /**
         * Every field that the API always answers must be there, and each must be of its type and within its bounds.
         */
        STRICT,
        /** The fields that are there must be of their types and within their bounds. */
        PRESENT,
        /** Not at all. */
        NONE
    }

    /**
     * What stands in for the state's work: a result or an error.
     *
     * @param result what a task, all branches or all iterations give, JSON; null when absent
     * @param errorOutput how they fail; null when absent
     * @param fieldValidationMode how the result is checked
     */
    public record Mock(
            @Nullable String result, @Nullable ErrorOutput errorOutput, FieldValidationMode fieldValidationMode) {}

    /** An error by its name, and what caused it; each null when absent. */
    public record ErrorOutput(
            @Nullable String error, @Nullable String cause) {}

    /**
     * What happened before the state's work ended. Each is null when absent.
     *
     * @param retrierRetryCount how often the retrier that the error is for has tried again
     * @param errorCausedByState the state in a Map or Parallel that the mocked error comes from
     * @param mapIterationFailureCount how many of a Map's iterations failed
     * @param mapItemReaderData what a Map's {@code ItemReader} reads, as it stands where it is read from
     */
    public record StateConfiguration(
            @Nullable Integer retrierRetryCount,
            @Nullable String errorCausedByState,
            @Nullable Integer mapIterationFailureCount,
            @Nullable String mapItemReaderData) {

        /** Nothing happened before. */
        public static final StateConfiguration NONE = new StateConfiguration(null, null, null, null);
    }

    /**
     * Reads the body of a call.
     *
     * @throws TestStateException when it is not what the API takes
     */
    public static TestStateRequest parse(JsonNode body) {
        Members top = Members.of(body);
        String definition = top.text("definition", 1, Integer.MAX_VALUE);
        Members mock = top.object("mock");
        Members state = top.object("stateConfiguration");
        TestStateRequest request = new TestStateRequest(
                definition == null ? "" : definition,
                top.text("roleArn", 1, 256),
                top.text("input"),
                top.oneOf("inspectionLevel", InspectionLevel.class, InspectionLevel.INFO),
                top.flag("revealSecrets"),
                top.text("variables"),
                top.text("stateName", 1, 80),
                mock == null ? null : mock(mock),
                top.text("context"),
                state == null ? StateConfiguration.NONE : stateConfiguration(state));
        if (definition == null) {
            top.missing("definition");
        }
        top.check();
        return request;
    }

    private static Mock mock(Members mock) {
        Members error = mock.object("errorOutput");
        return new Mock(
                mock.text("result"),
                error == null ? null : new ErrorOutput(error.text("error"), error.text("cause")),
                mock.oneOf("fieldValidationMode", FieldValidationMode.class, FieldValidationMode.STRICT));
    }

    private static StateConfiguration stateConfiguration(Members state) {
        return new StateConfiguration(
                state.count("retrierRetryCount"),
                state.text("errorCausedByState", 1, 80),
                state.count("mapIterationFailureCount"),
                state.text("mapItemReaderData"));
    }
}
