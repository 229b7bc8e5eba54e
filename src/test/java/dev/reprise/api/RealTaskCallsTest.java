package dev.reprise.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.local.TaskFailureLog;
import dev.reprise.task.FailureListener;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskSource;
import dev.reprise.testing.teststate.Api;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TestState without a mock: the task itself is called. */
class RealTaskCallsTest {

    private static final String REQUEST = "{\"definition\": \"{\\\"Type\\\": \\\"Task\\\", \\\"Resource\\\":"
            + " \\\"task:charge\\\", \\\"End\\\": true}\", \"input\": {}, \"roleArn\": \"mine\"}";

    private record Source(TaskRunner runner) implements TaskSource {

        @Override
        public TaskRunner find(Resource resource) {
            return runner;
        }

        @Override
        public List<String> known() {
            return List.of();
        }
    }

    private static final TaskRunner DECLINING =
            call -> Uni.createFrom().failure(() -> new TaskException("CardDeclined", "card ends in 4242"));

    private static JsonNode test(TaskRunner runner, FailureListener failures) {
        return Api.answer(REQUEST, new RealTaskCalls(new TaskRunners(List.of(new Source(runner)), failures)));
    }

    @Test
    void aTaskThatFailsIsToldToADeveloperAsThatOfATest() {
        List<String> lines = new ArrayList<>();

        JsonNode answer = test(DECLINING, new TaskFailureLog(lines::add));

        assertThat(answer.path("error").asText()).isEqualTo("CardDeclined");
        assertThat(answer.path("cause").asText()).isEqualTo("card ends in 4242");
        assertThat(lines).singleElement().asString().startsWith("TestState/").contains("CardDeclined");
    }

    @Test
    void aListenerThatFailsChangesNothingOfWhatTheTaskDid() {
        JsonNode answer = test(DECLINING, (call, thrown) -> {
            throw new IllegalStateException("the listener's own fault");
        });

        assertThat(answer.path("error").asText()).isEqualTo("CardDeclined");
    }

    @Test
    void noTwoTestsHaveTheSameKey() {
        List<String> keys = new ArrayList<>();
        TaskRunner keeping = call -> {
            keys.add(call.context().idempotencyKey());
            return Uni.createFrom().item(call.input());
        };

        test(keeping, FailureListener.NONE);
        test(keeping, FailureListener.NONE);

        assertThat(keys).hasSize(2).doesNotHaveDuplicates();
    }
}
