package dev.reprise.testing.teststate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.testing.teststate.TestStateRequest.FieldValidationMode;
import org.jspecify.annotations.Nullable;

/** Holds mocked results against what AWS services answer, as TestState does. */
public final class MockedResults {

    private MockedResults() {}

    /**
     * What is wrong with a mocked result.
     *
     * @param resource what the task asks
     * @return TestState's words; null when nothing is wrong, or nothing is known of what the resource answers
     */
    public static @Nullable String problemWith(Resource resource, JsonNode result, FieldValidationMode mode) {
        ServiceTable.Answer answer = mode == FieldValidationMode.NONE ? null : ServiceTable.answerOf(resource);
        if (answer == null) {
            return null;
        }
        try {
            MockSchema.check(result, answer, mode == FieldValidationMode.STRICT);
            return null;
        } catch (TestStateException e) {
            return e.getMessage();
        }
    }
}
